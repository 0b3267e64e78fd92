using HccPipeline.Contracts.Drift;
using HccPipeline.Statistics.Agreement;
using HccPipeline.Statistics.Drift;

namespace HccPipeline.ModelWorker.Drift;

/// <summary>Compares the features of the patients who came after a version with those that it learned from: distribution and completeness, of every closed
/// window once.</summary>
internal static class FeatureDrift
{
    private const int EnoughReached = 20;   // a p-value that rests on twenty permutations is known to a fifth: near one it need not be known better

    /// <summary>Every look, of all together and of each centre against the same centre; false discoveries are controlled over all that ends with one window,
    /// so that a later window changes nothing in what was said of it.</summary>
    /// <param name="names">Features.</param>
    /// <param name="learned">Patients that the version learned from.</param>
    /// <param name="closed">Patients of closed windows.</param>
    /// <param name="settings">Settings.</param>
    /// <param name="ct">Cancels.</param>
    public static FeatureLook[] Of(
        IReadOnlyList<string> names, IReadOnlyList<DriftPatient> learned, IReadOnlyList<DriftPatient> closed, DriftSettings settings, CancellationToken ct) =>
    [
        .. Cut(closed, settings).GroupBy(l => l.Window, StringComparer.Ordinal).OrderBy(w => w.Key, StringComparer.Ordinal)
            .SelectMany((window, number) => Compare(names, learned, [.. window], settings, unchecked((ulong)settings.Seed + ((ulong)number << 16)), ct)),
    ];

    /// <summary>What is stored of them: the last look of each scope, and of those before it what counts.</summary>
    public static IEnumerable<FeatureDriftDocument> Kept(IReadOnlyList<FeatureLook> looks, DriftSettings settings)
    {
        HashSet<FeatureLook> last = [.. looks.Where(l => l.Rows.Count > 0).GroupBy(l => l.Center).Select(g => g.Last())];
        return looks.SelectMany(l => last.Contains(l) ? l.Rows : l.Rows.Where(r => r.AdjustedP < settings.FalseDiscoveryRate || r.AdjustedMissingP < settings.FalseDiscoveryRate));
    }

    /// <summary>The windows of each scope in stretches of enough patients. A window of too few waits for those after it; what is left at the end waits on.</summary>
    private static IEnumerable<FeatureLook> Cut(IReadOnlyList<DriftPatient> closed, DriftSettings settings)
    {
        foreach (string? center in DriftScopes.Of(closed))
        {
            List<DriftPatient> stretch = [];
            foreach (IGrouping<string, DriftPatient> window in closed.Where(p => center is null || p.Center == center).GroupBy(p => p.Window, StringComparer.Ordinal).OrderBy(w => w.Key, StringComparer.Ordinal))
            {
                stretch.AddRange(window);
                if (stretch.Count < settings.MinimumPerFeature)
                    continue;
                yield return new(center, stretch[0].Window, window.Key, stretch, Waits: false, []);
                stretch = [];
            }
            if (stretch.Count > 0)
                yield return new(center, stretch[0].Window, stretch[^1].Window, stretch, Waits: true, []);
        }
    }

    private static IEnumerable<FeatureLook> Compare(
        IReadOnlyList<string> names, IReadOnlyList<DriftPatient> learned, FeatureLook[] looks, DriftSettings settings, ulong seed, CancellationToken ct)
    {
        (FeatureLook Look, int Feature)[] cells = [.. looks.Where(l => !l.Waits).SelectMany(look => names.Select((_, feature) => (look, feature)))];
        Dictionary<FeatureLook, DriftPatient[]> reference = looks.ToDictionary(l => l, l => learned.Where(p => l.Center is null || p.Center == l.Center).ToArray());
        FeatureDriftDocument[] rows = new FeatureDriftDocument[cells.Length];
        Parallel.For(0, cells.Length, new ParallelOptions { CancellationToken = ct }, i =>
        {
            (FeatureLook look, int feature) = cells[i];
            double[] before = [.. reference[look].Select(p => p.Features[feature])], now = [.. look.Patients.Select(p => p.Features[feature])];
            rows[i] = Compare(look, names[feature], before, now, settings, unchecked(seed + ((ulong)i << 32)), ct);
        });
        double?[] p = Adjust([.. rows.Select(r => r.P)]), missing = Adjust([.. rows.Select(r => r.MissingP)]);
        ILookup<FeatureLook, FeatureDriftDocument> adjusted = Enumerable.Range(0, rows.Length)
            .ToLookup(i => cells[i].Look, i => rows[i] with { AdjustedP = p[i], AdjustedMissingP = missing[i] });
        return looks.Select(l => l with { Rows = [.. adjusted[l]] });
    }

    private static FeatureDriftDocument Compare(FeatureLook look, string name, double[] before, double[] now, DriftSettings settings, ulong seed, CancellationToken ct)
    {
        double[] a = [.. before.Where(v => !double.IsNaN(v))], b = [.. now.Where(v => !double.IsNaN(v))];
        int lackedBefore = before.Length - a.Length, lacks = now.Length - b.Length;
        FeatureDriftDocument row = new(
            look.Center, name, a.Length, b.Length, null, null, null, null, lackedBefore, lacks,
            before.Length == 0 ? null : FisherExact.Test(lacks, b.Length, lackedBefore, a.Length).P, null, look.FirstWindow, look.Window);
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

/// <summary>Closed windows of one scope whose patients are looked at together, once.</summary>
/// <param name="Center">Centre; null for all together.</param>
/// <param name="FirstWindow">First of the windows.</param>
/// <param name="Window">Last of them: with it there are enough patients.</param>
/// <param name="Patients">Patients.</param>
/// <param name="Waits">They are too few, and wait for the next window.</param>
/// <param name="Rows">What came of it, by feature; empty while they wait.</param>
internal sealed record FeatureLook(
    string? Center, string FirstWindow, string Window, IReadOnlyList<DriftPatient> Patients, bool Waits, IReadOnlyList<FeatureDriftDocument> Rows)
{
    public FeatureLookDocument ToDocument(DriftSettings settings) => new(
        Center, FirstWindow, Window, Patients.Count, Rows.Count(r => r.P is not null),
        Rows.Count(r => r.AdjustedP < settings.FalseDiscoveryRate), Rows.Count(r => r.AdjustedMissingP < settings.FalseDiscoveryRate));
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
