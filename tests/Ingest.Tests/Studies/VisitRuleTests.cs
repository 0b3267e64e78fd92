using HccPipeline.Contracts;
using HccPipeline.Ingest.Studies;
using Xunit;

namespace HccPipeline.Ingest.Tests.Studies;

public sealed class VisitRuleTests
{
    private static readonly IngestOptions Limits = new();
    private static readonly DateOnly Start = new(2023, 6, 1);

    [Theory]
    [InlineData(-29, null, "29 days before the start, at most 28")]
    [InlineData(-28, Visit.PreTreatment, null)]
    [InlineData(0, Visit.PreTreatment, null)]
    [InlineData(1, null, "1 days after the treatment start, 14 are needed")]
    [InlineData(13, null, "14 are needed")]
    [InlineData(14, Visit.PostTreatment, null)]
    [InlineData(183, Visit.PostTreatment, null)]
    [InlineData(184, null, "at most 183 are accepted")]
    public void Assign_DaysFromStart_GiveTheVisitOrTheReason(int days, Visit? expected, string? reason)
    {
        VisitAssignment assignment = VisitRule.Assign(Start.AddDays(days), Start, Limits);
        Assert.Equal(expected, assignment.Visit);
        if (reason is null)
            Assert.Null(assignment.WaitingFor);
        else
            Assert.Contains(reason, assignment.WaitingFor, StringComparison.Ordinal);
    }

    [Fact]
    public void Assign_NoRecordOrNoDate_SaysWhichIsMissing()
    {
        Assert.Contains("clinical record", VisitRule.Assign(Start, null, Limits).WaitingFor, StringComparison.Ordinal);
        Assert.Contains("study date", VisitRule.Assign(null, Start, Limits).WaitingFor, StringComparison.Ordinal);
    }
}
