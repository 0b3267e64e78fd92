using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace HccPipeline.Cli.Commands;

/// <summary>Help that lists commands by the first line of their description; the rest, with the examples, stands in a command's own help.</summary>
internal sealed class BriefListing(HelpAction help) : SynchronousCommandLineAction
{
    /// <summary>Puts it in place of the help of a root command.</summary>
    public static void Install(RootCommand root)
    {
        foreach (HelpOption option in root.Options.OfType<HelpOption>())
            option.Action = new BriefListing((HelpAction)option.Action!);
    }

    public override int Invoke(ParseResult parseResult)
    {
        foreach (Command command in parseResult.CommandResult.Command.Subcommands)
            command.Description = command.Description?.Split('\n', 2)[0].TrimEnd();
        return help.Invoke(parseResult);
    }
}
