using HccPipeline.Contracts;

namespace HccPipeline.Ingest.Classification;

/// <summary>A T1 series on its way to a phase.</summary>
/// <param name="SeriesUid">Series Instance UID.</param>
/// <param name="Kind">What its images say.</param>
/// <param name="AcquiredMs">Earliest acquisition, ms on any clock that the study shares; null when not known.</param>
public readonly record struct T1Series(string SeriesUid, ImageKind Kind, long? AcquiredMs);

/// <summary>Gives the T1 series of a study their phases: those that say it keep it, the others follow from the order of acquisition.</summary>
/// <remarks>Seconds are counted from the first series with contrast, whose arterial phase starts some 20 s after the injection: arterial
/// to about 50 s, portal venous to about 120 s, later delayed.</remarks>
public static class ContrastPhases
{
    private const long PortalFromMs = 30_000;
    private const long DelayedFromMs = 100_000;

    /// <summary>Phase of each series.</summary>
    public static IReadOnlyDictionary<string, Sequence> Assign(IReadOnlyList<T1Series> series)
    {
        long? contrastFrom = series.Where(s => s.Kind is ImageKind.T1Arterial or ImageKind.T1Enhanced && s.AcquiredMs is not null).Min(s => s.AcquiredMs);
        return series.ToDictionary(s => s.SeriesUid, s => PhaseOf(s, contrastFrom), StringComparer.Ordinal);
    }

    private static Sequence PhaseOf(T1Series series, long? contrastFrom) => series.Kind switch
    {
        ImageKind.T1Pre => Sequence.T1Pre,
        ImageKind.T1Arterial => Sequence.T1Arterial,
        ImageKind.T1Portal => Sequence.T1Portal,
        ImageKind.T1Delayed => Sequence.T1Delayed,
        ImageKind.T1 when contrastFrom is null || series.AcquiredMs is null || series.AcquiredMs < contrastFrom => Sequence.T1Pre,
        // With contrast and no time there is no telling; the latest phase claims least.
        _ => (series.AcquiredMs - contrastFrom) switch
        {
            null => Sequence.T1Delayed,
            < PortalFromMs => Sequence.T1Arterial,
            < DelayedFromMs => Sequence.T1Portal,
            _ => Sequence.T1Delayed,
        },
    };
}
