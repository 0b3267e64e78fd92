using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace HccPipeline.Cli.Commands;

/// <summary>Help that lists commands by the first sentence of their description; the rest, with the examples, stands in a command's own help.</summary>
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
            command.Description = FirstSentence(command.Description ?? "");
        return help.Invoke(parseResult);
    }

    // It may go on over several lines; a paragraph ends it in any case.
    private static string FirstSentence(string description)
    {
        string paragraph = description.Split("\n\n", 2)[0].ReplaceLineEndings(" ");
        int end = paragraph.IndexOf(". ", StringComparison.Ordinal);
        return (end < 0 ? paragraph : paragraph[..(end + 1)]).TrimEnd();
    }
}
