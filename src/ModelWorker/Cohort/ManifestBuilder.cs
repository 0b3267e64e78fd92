using HccPipeline.Contracts.Models;
using HccPipeline.Persistence.Cohort;

namespace HccPipeline.ModelWorker.Cohort;

/// <summary>Writes the manifest of a snapshot. Pure.</summary>
internal static class ManifestBuilder
{
    /// <summary>The manifest of a cohort's table.</summary>
    /// <param name="cohort">Table and standing of everyone, read together, of the patients who are ready.</param>
    /// <param name="snapshotSha256">Hash of the table's Parquet file.</param>
    /// <param name="profileSha256">Hash of the extraction profile.</param>
    /// <param name="rules">The rules.</param>
    public static SnapshotManifest Build(CohortReading cohort, string snapshotSha256, string profileSha256, CohortOptions rules)
    {
        int first = rules.ResponseDay - rules.ResponseToleranceDays, last = rules.ResponseDay + rules.ResponseToleranceDays;
        IncludedPatient[] included = [.. cohort.Patients.Where(p => p.Reasons.Count == 0).Select(p => Include(p, first, last))];
        return new()
        {
            Schema = SnapshotManifest.CurrentSchema,
            SnapshotSha256 = snapshotSha256,
            ProfileSha256 = profileSha256,
            Rules = new()
            {
                PreMriMaximumDays = rules.PreMriMaximumDays,
                PostMriDay = rules.PostMriDay,
                PostMriToleranceDays = rules.PostMriToleranceDays,
                RequiredValues = rules.RequiredValueNames(),
                ResponseDay = rules.ResponseDay,
                ResponseToleranceDays = rules.ResponseToleranceDays,
                RequireClosedWindow = rules.RequireClosedWindow,
            },
            Incorporation = new()
            {
                WindowFirstDay = first,
                WindowLastDay = last,
                PatientCount = included.Length,
                Count = included.Count(p => p.PostScanDefinesResponse),
            },
            Patients = included,
            LeftOut = [.. cohort.Patients.Where(p => p.Reasons.Count > 0).Select(LeaveOut)],
            Withdrawn = cohort.Withdrawn,
        };
    }

    /// <summary>Name of a label's state in documents.</summary>
    public static string NameOf(LabelState state) => state.ToString().ToLowerInvariant();

    private static IncludedPatient Include(PatientReadiness p, int first, int last) => new()
    {
        Pseudonym = p.Pseudonym,
        CenterCode = p.CenterCode,
        EntryQuarter = p.EntryQuarter!,
        PreRunId = p.Pre!.RunId,
        PreDay = p.Pre.Day!.Value,
        PostRunId = p.Post!.RunId,
        PostDay = p.Post.Day!.Value,
        OutcomeRevision = p.OutcomeRevision,
        Label = NameOf(p.Label.State),
        PostScanDefinesResponse = p.Post.Day >= first && p.Post.Day <= last,
    };

    private static LeftOutPatient LeaveOut(PatientReadiness p) =>
        new(p.Pseudonym, p.CenterCode, NameOf(p.Label.State), [.. p.Reasons.Select(r => new LeftOutReason(r.Code, r.Need, r.Detail))]);
}
