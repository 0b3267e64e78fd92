using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using HccPipeline.Cli.Output;
using HccPipeline.Statistics.Logistic;

namespace HccPipeline.Cli.Stats;

/// <summary>Runs one statistic: data that can't be used become a message, the result becomes a file.</summary>
internal static class StatsRun
{
    private static readonly JsonSerializerOptions Format = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Makes <paramref name="compute"/> the action of a command and writes what it returns to <paramref name="output"/>.</summary>
    public static void Does(this Command command, Option<string?> output, Func<ParseResult, CancellationToken, JsonObject> compute) =>
        command.SetAction(async (parse, ct) =>
        {
            string json = Compute(parse, compute, ct).ToJsonString(Format);
            if (parse.GetValue(output) is { } path)
                await File.WriteAllTextAsync(path, json + "\n", ct);
            else
                await Console.Out.WriteLineAsync(json.AsMemory(), ct);
            return ExitCodes.Done;
        });

    private static JsonObject Compute(ParseResult parse, Func<ParseResult, CancellationToken, JsonObject> compute, CancellationToken ct)
    {
        try
        {
            return compute(parse, ct);
        }
        catch (Exception e) when (Said(e) is not null)
        {
            throw new CliException(Said(e)!);
        }
    }

    // What an exception about data says, without the name of the parameter, which is ours and tells the user nothing.
    private static string? Said(Exception e) => e switch
    {
        SeparatedDataException => e.Message,
        ArgumentException { ParamName: not null } => e.Message.Split(" (Parameter '", 2)[0],
        ArgumentException => e.Message,
        // From one of several replicates that ran at once.
        AggregateException { InnerExceptions: [{ } first, ..] } => Said(first) is { } inner ? $"In one of the replicates: {inner}" : null,
        _ => null,
    };
}
