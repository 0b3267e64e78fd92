using System.Globalization;
using HccPipeline.Persistence.Registry;

namespace HccPipeline.Ingest.Studies;

/// <summary>Checks, from what is stored of the slices, that a series is one regular stack per b-value; pixels are not needed for that.</summary>
internal static class SliceCheck
{
    /// <summary>Code of the rejection of a series with several images of one place.</summary>
    public const string DuplicatePosition = "duplicate-position";

    private const double ToleranceMm = 0.02;   // far above the rounding of written positions, far below any real gap

    /// <summary>Null when the series can be made a volume (one per b-value), else why not.</summary>
    /// <param name="instances">Images of the series.</param>
    /// <param name="byBValue">Whether the series is diffusion-weighted, a stack for each b-value.</param>
    public static Rejection? Check(IReadOnlyList<StoredInstance> instances, bool byBValue)
    {
        if (byBValue && instances.Count(i => i.BValue is null) is > 0 and int unknown)
        {
            return new("missing-b-value",
                $"{unknown} of {instances.Count} diffusion images do not tell their b-value (0018,9087), nor does a vendor's attribute; export the series again with its private attributes.");
        }
        if (Different(instances) is { } difference)
            return new("mixed-geometry", $"The slices differ in {difference}; they are several stacks: export each as its own series.");
        (double? B, double[] Places)[] stacks = [.. instances
            .Where(i => i.PositionMm is not null)
            .GroupBy(i => byBValue ? i.BValue : null)
            .OrderBy(g => g.Key)
            .Select(g => (g.Key, g.Select(i => i.PositionMm!.Value).Order().ToArray()))];
        foreach ((double? b, double[] places) in stacks)
        {
            if (Regular(places, b) is { } rejection)
                return rejection;
        }
        return SameLength(stacks);
    }

    private static string? Different(IReadOnlyList<StoredInstance> instances)
    {
        // The texts are the same but for rounding: few have to be read.
        string[] distinct = [.. instances.Select(i => i.Grid).OfType<string>().Distinct(StringComparer.Ordinal)];
        if (distinct.Length < 2)
            return null;
        InPlaneGrid first = InPlaneGrid.Parse(distinct[0]);
        return distinct.Skip(1).Select(g => InPlaneGrid.Parse(g).DifferenceFrom(first)).FirstOrDefault(d => d is not null);
    }

    private static Rejection? Regular(double[] places, double? b)
    {
        if (places.Length < 2)
            return null;
        string at = b is { } value ? string.Create(CultureInfo.InvariantCulture, $" at b = {value:G6} s/mm²") : "";
        double[] gaps = [.. places.Skip(1).Zip(places, (next, place) => next - place)];
        int same = Array.FindIndex(gaps, g => g < ToleranceMm);
        if (same >= 0)
        {
            return new(DuplicatePosition, string.Create(CultureInfo.InvariantCulture,
                $"Several images lie at {places[same]:F2} mm along the slice normal{at} (phases, echoes, diffusion directions or copies); export what is needed as its own series."));
        }
        double usual = gaps.Order().ElementAt((gaps.Length - 1) / 2);
        for (int i = 0; i < gaps.Length; i++)
        {
            if (Math.Abs(gaps[i] - usual) <= ToleranceMm)
                continue;
            string where = string.Create(CultureInfo.InvariantCulture,
                $"{gaps[i]:F2} mm between the slices at {places[i]:F2} mm and {places[i + 1]:F2} mm along the slice normal{at}, where the usual distance is {usual:F2} mm");
            double steps = Math.Round(gaps[i] / usual);
            return steps >= 2 && Math.Abs(gaps[i] - steps * usual) <= steps * ToleranceMm
                ? new("missing-slice", $"{steps - 1:F0} slice(s) missing: {where}; send the series again, complete.")
                : new("irregular-spacing", $"The slices are not evenly spaced: {where}; use a series of even spacing.");
        }
        return null;
    }

    private static Rejection? SameLength((double? B, double[] Places)[] stacks)
    {
        if (stacks.Length < 2 || stacks.All(s => s.Places.Length == stacks[0].Places.Length))
            return null;
        string counts = string.Join(", ", stacks.Select(s => string.Create(CultureInfo.InvariantCulture, $"{s.Places.Length} at b = {s.B:G6}")));
        return new("missing-slice", $"The b-values have different numbers of slices ({counts}); send the series again, complete.");
    }
}
