using System.CommandLine.Parsing;

namespace HccPipeline.Cli.Commands;

/// <summary>Commands as a user types them.</summary>
internal static class CommandNames
{
    /// <summary>A command with those it stands under: "hcc stats lasso".</summary>
    public static string Of(CommandResult command) => command.Parent is CommandResult parent ? $"{Of(parent)} {command.Command.Name}" : "hcc";
}
