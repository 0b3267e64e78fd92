using System.CommandLine;
using HccPipeline.Cli.Hosting;

namespace HccPipeline.Cli.Commands;

/// <summary>Options that several commands share.</summary>
internal static class GlobalOptions
{
    public static readonly Option<string> Data = new("--data")
    {
        Description = "Folder of the registry: database, blobs, reports.",
        HelpName = "DIR",
        DefaultValueFactory = _ => "hcc-data",
        Recursive = true,
    };

    public static readonly Option<bool> AsJson = new("--json") { Description = "Print one JSON document instead of text." };

    public static DataDirectory OpenData(ParseResult parse) => new(parse.GetRequiredValue(Data));
}
