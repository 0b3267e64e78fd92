using HccPipeline.Contracts.Drift;

namespace HccPipeline.ModelWorker.Drift;

/// <summary>Finds the scanners of each centre's windows, and which of them are new there.</summary>
internal static class ScannerChanges
{
    public static ScannerDocument[] Of(IReadOnlyList<DriftPatient> learned, IReadOnlyList<DriftPatient> patients)
    {
        HashSet<(string Center, string Name)> known = [.. learned.Where(p => p.Scanner is not null).Select(p => (p.Center, p.Scanner!))];
        // A centre that the version learned nothing from, or nothing of its scanners, has no scanner that would be new.
        HashSet<string> centers = known.Select(k => k.Center).ToHashSet(StringComparer.Ordinal);
        List<ScannerDocument> rows = [];
        foreach (var window in patients.Where(p => p.Scanner is not null)
            .GroupBy(p => (p.Window, p.Center, Name: p.Scanner!)).OrderBy(g => g.Key.Window, StringComparer.Ordinal)
            .ThenBy(g => g.Key.Center, StringComparer.Ordinal).ThenBy(g => g.Key.Name, StringComparer.Ordinal))
        {
            (string name, string center, string scanner) = window.Key;
            bool isNew = known.Add((center, scanner)) && centers.Contains(center);
            rows.Add(new(center, name, scanner, window.Count(), isNew));
        }
        return [.. rows];
    }
}
