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

    /// <summary>Who makes a change, for the history of changes.</summary>
    public static readonly Option<string> By = new("--by")
    {
        Description = "Who does it, kept in the history of changes (default: HCC_ACTOR, else the name of the user).",
        HelpName = "NAME",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("HCC_ACTOR") is { Length: > 0 } name ? name : Environment.UserName,
    };

    /// <summary>Why a change is made, kept in the history of changes.</summary>
    public static readonly Option<string> RequiredReason = new("--reason") { Description = "Why, kept in the history of changes.", HelpName = "TEXT", Required = true };

    /// <summary>How many threads a command takes; one per processor where it is left out.</summary>
    public static Option<int> Threads(string description)
    {
        Option<int> threads = new("--threads") { Description = description, HelpName = "N", DefaultValueFactory = _ => Environment.ProcessorCount };
        threads.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 1)
                result.AddError("--threads is 1 or more.");
        });
        return threads;
    }

    public static DataDirectory OpenData(ParseResult parse) => new(parse.GetRequiredValue(Data));
}
