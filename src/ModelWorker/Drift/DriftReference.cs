using HccPipeline.Contracts.Drift;
using HccPipeline.Statistics.Drift;

namespace HccPipeline.ModelWorker.Drift;

/// <summary>The patients that a version is held against.</summary>
/// <param name="Source">Where they come from.</param>
/// <param name="Performance">Their scores and outcomes.</param>
/// <param name="Placement">The same, frozen for placing others.</param>
/// <param name="Windows">Windows that were used up for it; empty where the held-out scores serve.</param>
internal sealed record DriftReference(string Source, ScoredOutcomes Performance, PlacementReference Placement, IReadOnlySet<string> Windows)
{
    /// <summary>Scores of models that had not seen their patients if the version has them, else of the first mature windows after it.</summary>
    /// <returns>The reference, or null while the patients are too few or all alike.</returns>
    public static DriftReference? Of(DriftInput input, IReadOnlyList<string> matureWindows, DriftSettings settings)
    {
        ScoredOutcomes heldOut = ScoredOutcomes.Of(input.Learned);
        if (heldOut.HasOfEach(settings.MinimumPerClass))
            return Of("held-out", heldOut, new HashSet<string>(StringComparer.Ordinal));
        HashSet<string> used = new(StringComparer.Ordinal);
        foreach (string window in matureWindows)
        {
            used.Add(window);
            ScoredOutcomes first = ScoredOutcomes.Of(input.Patients.Where(p => used.Contains(p.Window)));
            if (first.HasOfEach(settings.ReferencePerClass))
                return Of("first-patients", first, used);
        }
        return null;
    }

    public ReferenceDocument ToDocument() => new(
        Source, Performance.Count, Performance.Cases, Performance.AucInterval!, Performance.InTheLargeInterval!, Performance.SlopeInterval, Performance.Brier!.Score);

    private static DriftReference? Of(string source, ScoredOutcomes performance, IReadOnlySet<string> windows)
    {
        try
        {
            return new(source, performance, PlacementReference.From(performance.Scores, performance.Y), windows);
        }
        catch (ArgumentException)
        {
            return null;   // perfectly separated: no drift could be told from chance
        }
    }
}
