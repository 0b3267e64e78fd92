using HccPipeline.Contracts.Models;
using HccPipeline.ModelWorker.Cohort;
using HccPipeline.Persistence.Cohort;
using Xunit;

namespace HccPipeline.ModelWorker.Tests;

public sealed class ManifestBuilderTests
{
    private static readonly OutcomeLabel Mature = new(LabelState.Mature, new DateOnly(2023, 9, 8));

    [Fact]
    public void Build_CohortWithScansInAndOutsideTheResponseWindow_MarksThoseThatDefinedTheResponse()
    {
        CohortOptions rules = new() { PostMriToleranceDays = 30, ResponseToleranceDays = 14 };
        SnapshotManifest manifest = ManifestBuilder.Build(
            Reading([Ready("P-1", 41), Ready("P-2", 42), Ready("P-3", 70), Ready("P-4", 71)]), new string('a', 64), new string('b', 64), rules);

        Assert.Equal([false, true, true, false], manifest.Patients.Select(p => p.PostScanDefinesResponse));
        Assert.Equal((42, 70, 4, 2), (manifest.Incorporation.WindowFirstDay, manifest.Incorporation.WindowLastDay, manifest.Incorporation.PatientCount, manifest.Incorporation.Count));
        Assert.Equal(["NLR"], manifest.Rules.RequiredValues);
    }

    [Fact]
    public void Build_PatientsWhoWait_AreLeftOutWithEveryReason()
    {
        PatientReadiness waiting = Ready("P-2", 56) with { Reasons = [new("response", "response", "due by 2023-09-08"), new("pre-mri-features", "features of the pre-treatment MRI")] };
        SnapshotManifest manifest = ManifestBuilder.Build(Reading([Ready("P-1", 56), waiting], withdrawn: 3), "s", "p", new());

        Assert.Equal(("P-1", "run pre", -3, "run post", 56, 2, "mature"), Of(Assert.Single(manifest.Patients)));
        LeftOutPatient left = Assert.Single(manifest.LeftOut);
        Assert.Equal(("P-2", "mature"), (left.Pseudonym, left.Label));
        Assert.Equal([new("response", "response", "due by 2023-09-08"), new("pre-mri-features", "features of the pre-treatment MRI", null)], left.Reasons);
        Assert.Equal(3, manifest.Withdrawn);

        static (string, string, int, string, int, int, string) Of(IncludedPatient p) =>
            (p.Pseudonym, p.PreRunId, p.PreDay, p.PostRunId, p.PostDay, p.OutcomeRevision, p.Label);
    }

    private static CohortReading Reading(PatientReadiness[] patients, int withdrawn = 0) => new(new CohortSnapshot([], new Dictionary<string, double[]>()), patients, withdrawn);

    private static PatientReadiness Ready(string pseudonym, int postDay) => new()
    {
        Pseudonym = pseudonym, CenterCode = "C01", EntryQuarter = "2023Q2", Response = "PD", Label = Mature, OutcomeRevision = 2,
        Pre = new("run pre", -3), Post = new("run post", postDay), Reasons = [],
    };
}
