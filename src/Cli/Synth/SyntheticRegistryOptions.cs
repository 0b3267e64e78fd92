namespace HccPipeline.Cli.Synth;

/// <summary>What the synthetic registry holds; equal options give equal bytes.</summary>
public sealed record SyntheticRegistryOptions
{
    /// <summary>Fewest patients: below, three predictors cannot be fitted.</summary>
    public const int FewestPatients = 8;

    /// <summary>Number of patients; 78 as in the study.</summary>
    public int Patients { get; init; } = 78;

    /// <summary>Number of centres, 1 to 99, not more than patients.</summary>
    public int Centers { get; init; } = 4;

    /// <summary>Seed of everything that is drawn.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Nominal columns of a T2 slice; a centre's own matrix varies around it.</summary>
    public int MatrixX { get; init; } = 128;

    /// <summary>Nominal rows of a T2 slice.</summary>
    public int MatrixY { get; init; } = 128;

    /// <summary>Nominal number of T2 slices.</summary>
    public int MatrixZ { get; init; } = 24;

    /// <summary>From this date on, the scanner of the second centre (the only one, where there is one) has changed; null for never.</summary>
    public DateOnly? DriftAfter { get; init; }

    /// <summary>The first value that lies outside its range, in a sentence with the name of its option; null when all lie within.</summary>
    public string? Problem => Ranges.Where(r => r.Value < r.From || r.Value > r.To).Select(r => $"{r.Option}: {r.Value} lies outside {r.From} to {r.To}.").FirstOrDefault();

    private IEnumerable<(string Option, int Value, int From, int To)> Ranges =>
    [
        ("--patients", Patients, FewestPatients, 100_000),
        ("--centers", Centers, 1, Math.Min(99, Patients)),
        // Coarser, the smallest lesion or the muscle reference could fall between the voxels of the diffusion grid.
        ("--matrix, columns", MatrixX, 64, 1024),
        // Pixels are square: with fewer rows the back muscle lies outside the image.
        ("--matrix, rows", MatrixY, Math.Max(64, (int)Math.Ceiling(0.7 * MatrixX)), 1024),
        ("--matrix, slices", MatrixZ, 16, 256),
    ];

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="InvalidOperationException">A value is outside its range; the message says which.</exception>
    public void Validate()
    {
        if (Problem is { } problem)
            throw new InvalidOperationException(problem);
    }
}
