using System.CommandLine;
using HccPipeline.Cli.Hosting;

namespace HccPipeline.Cli.Commands;

/// <summary>Options that several commands share.</summary>
internal static class GlobalOptions
{
    public static readonly Option<string> Data = new("--data")
    {
        Description = "Folder of the registry: database, blobs, reports (default: HCC_DATA, else hcc-data).",
        HelpName = "DIR",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("HCC_DATA") is { Length: > 0 } folder ? folder : "hcc-data",
        Recursive = true,
    };

    public static readonly Option<bool> AsJson = new("--json") { Description = "Print one JSON document instead of text." };

    public static DataDirectory OpenData(ParseResult parse) => new(parse.GetRequiredValue(Data));
}
