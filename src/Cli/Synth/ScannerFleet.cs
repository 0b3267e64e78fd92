namespace HccPipeline.Cli.Synth;

/// <summary>The scanners of the registry's centres.</summary>
public static class ScannerFleet
{
    // What a change of scanner does: large enough to be found in a dozen patients, small enough to pass unnoticed in one.
    private const double DriftSirFactor = 1.22, DriftAdcShift = -0.16;

    private static readonly ScannerProfile[] Models =
    [
        new()
        {
            Manufacturer = "Synthetic Imaging", Model = "Synthetic Scanner A", Software = "A 1.0", FieldStrengthTesla = 1.5,
            MuscleIntensity = 160, Noise = 0.045, T2Matrix = (1, 1), T2Slices = 0, DiffusionMatrix = (1, 1), DiffusionSlices = 0,
            FieldOfViewMm = 380, CoverageMm = 150, TiltDegrees = 0, T2TimesMs = (84, 3800), DiffusionTimesMs = (62, 6200),
            T2Description = "t2_tse_fs_tra", DiffusionDescription = "ep2d_diff_tra",
        },
        new()
        {
            Manufacturer = "Synthetic Imaging", Model = "Synthetic Scanner B", Software = "B 3.2", FieldStrengthTesla = 3,
            MuscleIntensity = 420, Noise = 0.030, T2Matrix = (1, 1), T2Slices = 0, DiffusionMatrix = (1, 1), DiffusionSlices = 0,
            FieldOfViewMm = 400, CoverageMm = 154, TiltDegrees = 0, T2TimesMs = (76, 4200), DiffusionTimesMs = (54, 5400),
            T2Description = "T2W TSE SPAIR ax", DiffusionDescription = "DWI SE-EPI ax",
        },
        new()
        {
            Manufacturer = "Phantom Devices", Model = "Synthetic Scanner C", Software = "C 11", FieldStrengthTesla = 1.5,
            MuscleIntensity = 900, Noise = 0.060, T2Matrix = (1, 1), T2Slices = 0, DiffusionMatrix = (1, 1), DiffusionSlices = 0,
            FieldOfViewMm = 370, CoverageMm = 148, TiltDegrees = 4, T2TimesMs = (92, 5000), DiffusionTimesMs = (68, 7000),
            T2Description = "Ax T2 FRFSE FatSat", DiffusionDescription = "Ax DWI",
        },
        new()
        {
            Manufacturer = "Phantom Devices", Model = "Synthetic Scanner D", Software = "D 5.1", FieldStrengthTesla = 3,
            MuscleIntensity = 260, Noise = 0.038, T2Matrix = (1, 1), T2Slices = 0, DiffusionMatrix = (1, 1), DiffusionSlices = 0,
            FieldOfViewMm = 390, CoverageMm = 156, TiltDegrees = -2, T2TimesMs = (80, 3500), DiffusionTimesMs = (58, 5800),
            T2Description = "ax T2 FSE fs", DiffusionDescription = "ax DWI EPI",
        },
    ];

    // Matrix relative to the nominal one, by model.
    private static readonly (double InPlane, int Slices)[] MatrixFactors = [(1, 0), (1, 2), (0.875, -2), (1.125, 0)];

    /// <summary>The scanner of a centre on a day.</summary>
    public static ScannerProfile Of(SyntheticRegistryOptions options, int center, DateOnly day)
    {
        ScannerProfile model = Models[center % Models.Length];
        (double inPlane, int moreSlices) = MatrixFactors[center % Models.Length];
        int slices = Math.Max(8, options.MatrixZ + moreSlices);
        RandomSource random = new((ulong)options.Seed, RandomPurpose.Scanner, center);
        double gain = center < Models.Length ? 1 : random.NextBetween(0.7, 1.4);
        bool drifted = options.DriftAfter is { } from && day >= from && center == DriftingCenter(options);
        return model with
        {
            MuscleIntensity = model.MuscleIntensity * gain,
            T2Matrix = (Even(options.MatrixX * inPlane), Even(options.MatrixY * inPlane)),
            T2Slices = slices,
            DiffusionMatrix = (Even(options.MatrixX * inPlane * 0.75), Even(options.MatrixY * inPlane * 0.75)),
            DiffusionSlices = Math.Max(8, (int)Math.Round(slices * 0.75)),
            Software = drifted ? model.Software + " upgraded" : model.Software,
            T2SirFactor = drifted ? DriftSirFactor : 1,
            AdcShift = drifted ? DriftAdcShift : 0,
        };
    }

    /// <summary>The centre whose scanner changes: the second, or the only one.</summary>
    public static int DriftingCenter(SyntheticRegistryOptions options) => Math.Min(1, options.Centers - 1);

    private static int Even(double size) => 2 * (int)Math.Round(size / 2);
}
