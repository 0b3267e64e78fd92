namespace HccPipeline.Cli.Synth;

/// <summary>What the synthetic registry holds; equal options give equal bytes.</summary>
public sealed record SyntheticRegistryOptions
{
    /// <summary>Fewest patients: below, three predictors cannot be fitted.</summary>
    public const int FewestPatients = 4;

    /// <summary>Number of patients; 78 as in the study.</summary>
    public int Patients { get; init; } = 78;

    /// <summary>Number of centres, 1 to 99.</summary>
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

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range; the message says which and why.</exception>
    public void Validate()
    {
        Require(Patients, FewestPatients, 100_000, nameof(Patients));
        Require(Centers, 1, 99, nameof(Centers));
        Require(MatrixX, 32, 1024, nameof(MatrixX));
        Require(MatrixY, 32, 1024, nameof(MatrixY));
        Require(MatrixZ, 8, 256, nameof(MatrixZ));
    }

    private static void Require(int value, int from, int to, string name)
    {
        if (value < from || value > to)
            throw new ArgumentOutOfRangeException(name, value, $"{name} must be between {from} and {to}.");
    }
}
