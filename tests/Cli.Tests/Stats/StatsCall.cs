using System.CommandLine;
using System.Text.Json;
using HccPipeline.Cli.Commands;
using HccPipeline.Cli.Stats;

namespace HccPipeline.Cli.Tests.Stats;

/// <summary>Runs <c>hcc stats</c> in this process.</summary>
internal static class StatsCall
{
    /// <summary>What the command writes.</summary>
    public static JsonElement Run(params string[] args)
    {
        string output = Path.GetTempFileName();
        try
        {
            RootCommand root = new() { GlobalOptions.Data, StatsCommand.Create() };
            ParseResult parse = root.Parse(["stats", .. args, "--out", output]);
            Assert.True(parse.Errors.Count == 0, string.Join("; ", parse.Errors.Select(e => e.Message)));
            Assert.Equal(0, parse.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false }));
            return JsonElement.Parse(File.ReadAllBytes(output));
        }
        finally
        {
            File.Delete(output);
        }
    }

    /// <summary>What is not understood of a command line.</summary>
    public static string[] Errors(params string[] args)
    {
        RootCommand root = new() { GlobalOptions.Data, StatsCommand.Create() };
        return [.. root.Parse(["stats", .. args]).Errors.Select(e => e.Message)];
    }

    /// <summary>Runs on a table written for the occasion.</summary>
    public static JsonElement RunOn(string csv, string kind, params string[] args)
    {
        string file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.csv");
        File.WriteAllText(file, csv);
        try
        {
            return Run([kind, "--data", file, .. args]);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
