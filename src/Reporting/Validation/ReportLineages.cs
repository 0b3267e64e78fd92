using System.Security.Cryptography;
using System.Text;
using HccPipeline.Contracts.Models;

namespace HccPipeline.Reporting.Validation;

/// <summary>The part of the report on where its numbers come from.</summary>
internal static class ReportLineages
{
    /// <returns>Null for a snapshot that was taken before snapshots had manifests.</returns>
    public static ReportLineage? Of(SnapshotManifest? manifest, string? manifestSha256)
    {
        if (manifest is null || manifestSha256 is null) return null;
        IReadOnlyList<IncludedPatient> patients = manifest.Patients;
        return new ReportLineage
        {
            ManifestSha256 = manifestSha256,
            Patients = patients.Count,
            PreRuns = patients.Select(p => p.PreRunId).Distinct(StringComparer.Ordinal).Count(),
            PostRuns = patients.Select(p => p.PostRunId).Distinct(StringComparer.Ordinal).Count(),
            RunsSha256 = Hash(patients.SelectMany(p => (string[])[p.PreRunId, p.PostRunId])),
            Labels = Count(patients.Select(p => p.Label)).OrderBy(c => c.Name, StringComparer.Ordinal).ToArray(),
            ChangedOutcomes = patients.Count(p => p.OutcomeRevision > 1),
            Rules = manifest.Rules,
            Incorporation = manifest.Incorporation,
            LeftOut = manifest.LeftOut.Count,
            Reasons = [.. Count(manifest.LeftOut.SelectMany(p => p.Reasons.Select(r => r.Need))).OrderByDescending(c => c.Patients).ThenBy(c => c.Name, StringComparer.Ordinal)],
            Withdrawn = manifest.Withdrawn,
        };
    }

    private static IEnumerable<CategoryCount> Count(IEnumerable<string> names) =>
        names.GroupBy(n => n, StringComparer.Ordinal).Select(g => new CategoryCount(g.Key, g.Count()));

    private static string Hash(IEnumerable<string> runs) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(runs.Select(r => r + "\n")))));
}
