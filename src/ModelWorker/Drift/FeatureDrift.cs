using HccPipeline.Contracts.Drift;
using HccPipeline.Statistics.Agreement;
using HccPipeline.Statistics.Drift;

namespace HccPipeline.ModelWorker.Drift;

/// <summary>Compares the features of one window's patients with those that the version learned from: distribution and completeness.</summary>
internal static class FeatureDrift
{
    private const int EnoughReached = 20;   // a p-value that rests on twenty permutations is known to a fifth: near one it need not be known better

    /// <summary>Every feature, of all together and of each centre against the same centre.</summary>
    public static FeatureDriftDocument[] Of(
        IReadOnlyList<string> names, IReadOnlyList<DriftPatient> learned, IReadOnlyList<DriftPatient> window, DriftSettings settings, CancellationToken ct)
    {
        string?[] scopes = DriftScopes.Of(window);
        (string? Center, int Feature)[] cells = [.. scopes.SelectMany(center => names.Select((_, feature) => (center, feature)))];
        FeatureDriftDocument[] rows = new FeatureDriftDocument[cells.Length];
        Parallel.For(0, cells.Length, new ParallelOptions { CancellationToken = ct }, i =>
        {
            (string? center, int feature) = cells[i];
            ulong seed = unchecked((ulong)settings.Seed + ((ulong)i << 32));
            rows[i] = Compare(center, names[feature], Values(learned, center, feature), Values(window, center, feature), settings, seed, ct);
        });
        double?[] p = Adjust([.. rows.Select(r => r.P)]), missing = Adjust([.. rows.Select(r => r.MissingP)]);
        return [.. rows.Select((r, i) => r with { AdjustedP = p[i], AdjustedMissingP = missing[i] })];
    }

    private static double[] Values(IReadOnlyList<DriftPatient> patients, string? center, int feature) =>
        [.. patients.Where(p => center is null || p.Center == center).Select(p => p.Features[feature])];

    private static FeatureDriftDocument Compare(
        string? center, string name, double[] before, double[] now, DriftSettings settings, ulong seed, CancellationToken ct)
    {
        double[] a = [.. before.Where(v => !double.IsNaN(v))], b = [.. now.Where(v => !double.IsNaN(v))];
        int lackedBefore = before.Length - a.Length, lacks = now.Length - b.Length;
        FeatureDriftDocument row = new(
            center, name, a.Length, b.Length, null, null, null, null, lackedBefore, lacks,
            before.Length == 0 ? null : FisherExact.Test(lacks, b.Length, lackedBefore, a.Length).P, null);
        if (Math.Min(a.Length, b.Length) < settings.MinimumPerFeature)
            return row;
        PermutationResult test = PermutationTest.SequentialWasserstein(a, b, EnoughReached, settings.Permutations, seed, ct);
        return row with { Distance = test.Statistic, P = test.P, Effect = StandardizedDifference.Continuous(b, a) };
    }

    /// <summary>Adjusts what was tested; what was not stays without.</summary>
    private static double?[] Adjust(double?[] p)
    {
        int[] tested = [.. Enumerable.Range(0, p.Length).Where(i => p[i] is not null)];
        double[] adjusted = AdjustedP.BenjaminiHochberg([.. tested.Select(i => p[i]!.Value)]);
        double?[] all = new double?[p.Length];
        for (int k = 0; k < tested.Length; k++) all[tested[k]] = adjusted[k];
        return all;
    }
}

/// <summary>The groups of patients that are looked at.</summary>
internal static class DriftScopes
{
    /// <summary>All together (null), then each centre in ordinal order; a registry of one centre is that centre alone.</summary>
    public static string?[] Of(IEnumerable<DriftPatient> patients)
    {
        string[] centers = [.. patients.Select(p => p.Center).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        return centers.Length > 1 ? [null, .. centers] : [null];
    }
}
