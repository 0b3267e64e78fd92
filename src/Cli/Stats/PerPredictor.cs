using System.CommandLine;
using System.Globalization;
using HccPipeline.Cli.Output;

namespace HccPipeline.Cli.Stats;

/// <summary>An option with one number per predictor.</summary>
internal static class PerPredictor
{
    public static Option<string[]> Option(string name, string description) => new(name)
    {
        Description = description, HelpName = "V", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [],
    };

    /// <summary>Numbers in the order of the predictors; null where the option is not given.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="option">One number per predictor, a single number for all, or PREDICTOR=NUMBER for those that differ from the rest.</param>
    /// <param name="predictors">Names of the predictors.</param>
    /// <param name="rest">What predictors have that are not named.</param>
    /// <exception cref="CliException">It is something else; the part is named.</exception>
    public static double[]? Read(ParseResult parse, Option<string[]> option, string[] predictors, double rest)
    {
        string[] parts = StatsOptions.Names(parse, option);
        if (parts.Length == 0)
            return null;
        double[] values = [.. predictors.Select(_ => rest)];
        if (!parts.Any(p => p.Contains('=', StringComparison.Ordinal)))
        {
            if (parts.Length != 1 && parts.Length != predictors.Length)
                throw new CliException($"{option.Name}: {parts.Length} numbers for {predictors.Length} predictors.", ExitCodes.Usage);
            for (int j = 0; j < values.Length; j++)
                values[j] = Number(option, parts[parts.Length == 1 ? 0 : j]);
            return values;
        }
        foreach (string part in parts)
        {
            string[] pair = part.Split('=', 2);
            int j = Array.IndexOf(predictors, pair[0]);
            if (pair.Length != 2 || j < 0)
                throw new CliException($"{option.Name}: '{part}' is not PREDICTOR=NUMBER.", ExitCodes.Usage);
            values[j] = Number(option, pair[1]);
        }
        return values;
    }

    private static double Number(Option<string[]> option, string text) => text switch
    {
        "Inf" => double.PositiveInfinity,
        "-Inf" => double.NegativeInfinity,
        _ when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) => value,
        _ => throw new CliException($"{option.Name}: '{text}' is not a number.", ExitCodes.Usage),
    };
}
