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
        IncludedPatient[] included = [.. cohort.Patients.Where(p => p.IsReady).Select(p => Include(p, rules))];
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
                WindowFirstDay = rules.ResponseDay - rules.ResponseToleranceDays,
                WindowLastDay = rules.ResponseDay + rules.ResponseToleranceDays,
                PatientCount = included.Length,
                Count = included.Count(p => p.PostScanDefinesResponse),
            },
            Patients = included,
            LeftOut = [.. cohort.Patients.Where(p => !p.IsReady).Select(LeaveOut)],
            Withdrawn = cohort.Withdrawn,
        };
    }

    private static IncludedPatient Include(PatientReadiness p, CohortOptions rules) => new()
    {
        Pseudonym = p.Pseudonym,
        CenterCode = p.CenterCode,
        EntryQuarter = p.EntryQuarter!,
        PreRunId = p.Pre!.RunId,
        PreDay = p.Pre.Day!.Value,
        PostRunId = p.Post!.RunId,
        PostDay = p.Post.Day!.Value,
        OutcomeRevision = p.OutcomeRevision,
        Label = p.Label.State.Name(),
        PostScanDefinesResponse = rules.IsInResponseWindow(p.Post.Day),
    };

    private static LeftOutPatient LeaveOut(PatientReadiness p) =>
        new(p.Pseudonym, p.CenterCode, p.Label.State.Name(), [.. p.Reasons.Select(r => new LeftOutReason(r.Code, r.Need, r.Detail))]);
}
