using HccPipeline.Persistence.Cohort;
using HccPipeline.Persistence.Status;
using Xunit;

namespace HccPipeline.Persistence.Tests.Cohort;

public sealed class CohortOverviewTests
{
    [Fact]
    public void Of_ReadyAndWaitingPatients_CountsEachReasonAndEachCentreWithItsLabels()
    {
        PatientReadiness[] patients =
        [
            Patient("P-1", "B", LabelState.Mature, "PD", postDay: 56),
            Patient("P-2", "B", LabelState.Adjudicated, "SD", postDay: 71),
            Patient("P-3", "A", LabelState.Pending, null, postDay: 56, "response", "clinical values: NLR"),
            Patient("P-4", "B", LabelState.Censored, null, postDay: null, "clinical values: NLR"),
        ];

        CohortOverview overview = CohortOverview.Of(patients, new() { PostMriToleranceDays = 30 }, withdrawn: 2);

        Assert.Equal((4, 2, 1, 1, 2), (overview.Patients, overview.Ready, overview.ReadyWithProgression, overview.ReadyWithScanInResponseWindow, overview.Withdrawn));
        Assert.Equal([new CountOf("clinical values: NLR", 2), new CountOf("response", 1)], overview.WaitingFor);
        Assert.Equal([("A", 1, 0), ("B", 3, 2)], overview.Centers.Select(c => (c.CenterCode, c.Patients, c.Ready)));
        Assert.Equal(
            [new CountOf("pending", 0), new CountOf("mature", 1), new CountOf("censored", 1), new CountOf("adjudicated", 1), new CountOf("revised", 0)],
            overview.Centers[1].Labels);
    }

    [Theory]
    [InlineData(41, false)]
    [InlineData(42, true)]
    [InlineData(70, true)]
    [InlineData(71, false)]
    [InlineData(null, false)]
    public void IsInResponseWindow_EdgeDays_CountTheWindowFromDay42To70(int? day, bool inside) => Assert.Equal(inside, new CohortOptions().IsInResponseWindow(day));

    private static PatientReadiness Patient(string pseudonym, string center, LabelState state, string? response, int? postDay, params string[] needs) => new()
    {
        Pseudonym = pseudonym, CenterCode = center, Response = response, Label = new(state, null), Post = postDay is null ? null : new("run", postDay),
        Reasons = [.. needs.Select(need => new WaitingReason("code", need))],
    };
}
