using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using HccPipeline.Cli.Output;
using HccPipeline.Cli.Synth;

namespace HccPipeline.Cli.Commands;

/// <summary>What a synthetic registry looks like; shared by <c>synth</c> and <c>demo</c>.</summary>
internal sealed class SynthArguments
{
    private readonly Option<int> _patients = new("--patients") { Description = "Patients.", HelpName = "N", DefaultValueFactory = _ => 78 };
    private readonly Option<int> _centers = new("--centers") { Description = "Centres, each with its own scanner.", HelpName = "N", DefaultValueFactory = _ => 4 };
    private readonly Option<int> _seed = new("--seed") { Description = "Seed: the same seed gives the same files.", HelpName = "N", DefaultValueFactory = _ => 1 };

    private readonly Option<(int X, int Y, int Z)> _matrix = new("--matrix")
    {
        Description = "Nominal T2 matrix, columns x rows x slices.",
        HelpName = "128x128x24",
        CustomParser = ParseMatrix,
        DefaultValueFactory = _ => (128, 128, 24),
    };

    private readonly Option<DateOnly?> _driftAfter = new("--drift-after")
    {
        Description = "From this date on the scanner of one centre is shifted.",
        HelpName = "yyyy-MM-dd",
        CustomParser = ParseDate,
    };

    public void AddTo(Command command)
    {
        command.Add(_patients);
        command.Add(_centers);
        command.Add(_seed);
        command.Add(_matrix);
        command.Add(_driftAfter);
    }

    public SyntheticRegistryOptions Read(ParseResult parse)
    {
        (int x, int y, int z) = parse.GetValue(_matrix);
        SyntheticRegistryOptions options = new()
        {
            Patients = parse.GetValue(_patients),
            Centers = parse.GetValue(_centers),
            Seed = parse.GetValue(_seed),
            MatrixX = x,
            MatrixY = y,
            MatrixZ = z,
            DriftAfter = parse.GetValue(_driftAfter),
        };
        return options.Problem is { } problem ? throw new CliException(problem, ExitCodes.Usage) : options;
    }

    private static (int X, int Y, int Z) ParseMatrix(ArgumentResult result)
    {
        string[] parts = result.Tokens[0].Value.Split('x');
        int[] sizes = [.. parts.Select(p => int.TryParse(p, NumberStyles.None, CultureInfo.InvariantCulture, out int n) ? n : 0)];
        if (sizes is [> 0, > 0, > 0])
            return (sizes[0], sizes[1], sizes[2]);
        result.AddError($"--matrix {result.Tokens[0].Value}: three sizes are needed, as 128x128x24.");
        return default;
    }

    private static DateOnly? ParseDate(ArgumentResult result)
    {
        if (DateOnly.TryParseExact(result.Tokens[0].Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date))
            return date;
        result.AddError($"--drift-after {result.Tokens[0].Value}: a date is needed, as 2023-06-30.");
        return null;
    }
}
