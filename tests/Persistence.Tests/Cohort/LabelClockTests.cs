using HccPipeline.Persistence.Cohort;
using Xunit;

namespace HccPipeline.Persistence.Tests.Cohort;

public sealed class LabelClockTests
{
    private static readonly CohortOptions Options = new();   // day 56 ± 14
    private static readonly DateOnly Due = new(2023, 9, 8);   // 70 days after 30 June 2023
    private static readonly OutcomeFacts Recorded = new() { EntryQuarter = "2023Q2", Response = "PD" };

    [Theory]
    [InlineData("2023Q1", "2023-03-31")]
    [InlineData("2023Q2", "2023-06-30")]
    [InlineData("2024Q1", "2024-03-31")]
    [InlineData("2023Q4", "2023-12-31")]
    public void LastDay_AQuarter_IsTheEndOfItsThirdMonth(string quarter, string day) =>
        Assert.Equal(DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture), EntryQuarter.LastDay(quarter));

    [Theory]
    [InlineData("2023")]
    [InlineData("2023Q5")]
    [InlineData("2023-2")]
    [InlineData("0000Q1")]
    [InlineData("")]
    public void LastDay_NotAQuarter_IsRefused(string text) => Assert.Throws<FormatException>(() => EntryQuarter.LastDay(text));

    [Fact]
    public void Read_ResponseBeforeTheWindowClosed_IsPendingUntilItIsOverForTheWholeQuarter()
    {
        Assert.Equal(new(LabelState.Pending, Due), LabelClock.Read(Recorded, Options, Due));
        Assert.Equal(new(LabelState.Mature, Due), LabelClock.Read(Recorded, Options, Due.AddDays(1)));
        Assert.Equal(LabelState.Mature, LabelClock.Read(Recorded, new() { RequireClosedWindow = false }, new DateOnly(2023, 4, 1)).State);
    }

    [Fact]
    public void Read_NoResponse_IsPendingHoweverLate() =>
        Assert.Equal(LabelState.Pending, LabelClock.Read(Recorded with { Response = null }, Options, Due.AddYears(5)).State);

    [Theory]
    [InlineData(1.37, false, LabelState.Censored)]   // 41.7 days: before day 42
    [InlineData(1.39, false, LabelState.Pending)]    // 42.3 days: it could have been assessed
    [InlineData(1.0, true, LabelState.Pending)]      // an event is no censoring; a person has to decide
    [InlineData(null, null, LabelState.Pending)]
    public void Read_NoResponseAndFollowUpThatEnded_IsCensoredOnlyBeforeTheWindow(double? months, bool? seen, LabelState expected) =>
        Assert.Equal(expected, LabelClock.Read(Recorded with { Response = null, PfsMonths = months, PfsEvent = seen }, Options, Due.AddDays(1)).State);

    [Fact]
    public void Read_Adjudicated_CountsAtOnce() =>
        Assert.Equal(LabelState.Adjudicated, LabelClock.Read(Recorded with { IsAdjudicated = true }, Options, new DateOnly(2023, 5, 1)).State);

    [Theory]
    [InlineData("SD", false, LabelState.Revised)]
    [InlineData("SD", true, LabelState.Revised)]
    [InlineData("PD", false, LabelState.Mature)]
    public void Read_OtherResponseThanInTheLastSnapshot_IsRevised(string inUse, bool adjudicated, LabelState expected)
    {
        OutcomeLabel label = LabelClock.Read(Recorded with { ResponseInUse = inUse, IsAdjudicated = adjudicated }, Options, Due.AddDays(1));
        Assert.Equal((expected, true), (label.State, label.IsUsable));
    }
}
