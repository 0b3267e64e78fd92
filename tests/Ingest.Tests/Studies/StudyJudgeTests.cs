using HccPipeline.Contracts;
using HccPipeline.Ingest.Studies;
using HccPipeline.Persistence.Registry;
using Xunit;

namespace HccPipeline.Ingest.Tests.Studies;

public sealed class StudyJudgeTests
{
    private const string Grid = "12 10 1.5 1.5 1 0 0 0 1 0";
    private static readonly DateOnly Start = new(2023, 6, 1);

    private static StoredInstance Image(string uid, string? shows = "T2", double position = 0, double? b = null, string grid = Grid) =>
        new() { SopInstanceUid = uid, BlobSha256 = "b" + uid, Shows = shows, PositionMm = position, BValue = b, Grid = grid, FrameCount = 1 };

    private static StoredSeries Series(string uid, params StoredInstance[] instances) =>
        new() { SeriesUid = uid, Modality = "MR", FrameOfReferenceUid = "F", Instances = instances, Segments = [] };

    private static StoredSeries T2(params double[] positions) => Series("t2", [.. positions.Select((p, i) => Image($"{i}", position: p))]);

    private static StoredSeries Mask(string? on = "t2", string? frame = "F", int instances = 1, Region? region = Region.Lesion) => new()
    {
        SeriesUid = "seg",
        Modality = "SEG",
        FrameOfReferenceUid = frame,
        ReferencedSeriesUid = on,
        Instances = [.. Enumerable.Range(0, instances).Select(i => new StoredInstance { SopInstanceUid = $"s{i}", BlobSha256 = "s", FrameCount = 3 })],
        Segments = [new(1, "Lesion", region)],
    };

    private static StudyDecision Judge(params StoredSeries[] series) => Assert.Single(StudyJudge.Judge(
        new()
        {
            Pseudonym = "P",
            TreatmentStart = Start,
            Studies = [new() { StudyUid = "1", CenterCode = "C", StudyDate = Start, State = StudyState.Receiving, Series = series }],
        },
        new IngestOptions()));

    private static string? CodeOf(StudyDecision decision, string series) => decision.Series.Single(s => s.SeriesUid == series).Rejection?.Code;

    [Fact]
    public void Judge_CompleteStudy_IsReady()
    {
        StudyDecision decision = Judge(T2(0, 5, 10), Mask());
        Assert.Equal((Visit.PreTreatment, null), (decision.Visit, decision.WaitingFor));
        Assert.Equal([Sequence.T2, Sequence.Segmentation], decision.Series.Select(s => s.Sequence!.Value));
    }

    [Theory]
    [InlineData("0 5 15 20", "missing-slice", "1 slice(s) missing: 10.00 mm between the slices at 5.00 mm and 15.00 mm")]
    [InlineData("0 5 10 25 30", "missing-slice", "2 slice(s) missing: 15.00 mm")]
    [InlineData("0 5 11.5 16.5", "irregular-spacing", "6.50 mm between the slices at 5.00 mm and 11.50 mm")]
    [InlineData("0 5 5 10", "duplicate-position", "Several images lie at 5.00 mm")]
    [InlineData("-10 -5 0 5", null, null)]
    [InlineData("0 5.004 9.998 15", null, null)]   // rounding of written positions
    [InlineData("0", null, null)]
    public void Judge_SlicePositions_AreARegularStackOrNamed(string positions, string? code, string? expected)
    {
        double[] places = [.. positions.Split(' ').Select(p => double.Parse(p, System.Globalization.CultureInfo.InvariantCulture))];
        Rejection? rejection = Judge(T2([.. places.Reverse()]), Mask()).Series[0].Rejection;
        Assert.Equal(code, rejection?.Code);
        if (expected is not null)
            Assert.Contains(expected, rejection!.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Judge_Diffusion_IsAStackPerBValue()
    {
        StoredInstance[] two = [.. ((double[])[50, 800]).SelectMany(b => ((double[])[0, 5, 10]).Select(p => Image($"{b} {p}", "Dwi", p, b)))];
        Assert.Null(Judge(Series("dwi", two)).Series[0].Rejection);
        Assert.Equal("missing-slice", CodeOf(Judge(Series("dwi", two[..5])), "dwi"));
        Assert.Contains("3 at b = 50, 2 at b = 800", Judge(Series("dwi", two[..5])).Series[0].Rejection!.Detail, StringComparison.Ordinal);
        Assert.Equal("missing-b-value", CodeOf(Judge(Series("dwi", [.. two, Image("x", "Dwi", 15)])), "dwi"));
        Assert.Equal("duplicate-position", CodeOf(Judge(Series("dwi", [.. two, Image("x", "Dwi", 5, 800)])), "dwi"));
    }

    [Theory]
    [InlineData("12 11 1.5 1.5 1 0 0 0 1 0", "matrix size")]
    [InlineData("12 10 1.5 1.6 1 0 0 0 1 0", "pixel spacing")]
    [InlineData("12 10 1.5 1.5 1 0 0 0 0 -1", "orientation")]
    [InlineData("12 10 1.5 1.5 0.9999999 0 0 0 1 0", null)]
    public void Judge_SlicesOfAnotherGrid_AreNamed(string grid, string? expected)
    {
        Rejection? rejection = Judge(Series("t2", Image("1"), Image("2", position: 5, grid: grid))).Series[0].Rejection;
        Assert.Equal(expected is null ? null : "mixed-geometry", rejection?.Code);
        if (expected is not null)
            Assert.Contains(expected, rejection!.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Judge_SeriesOfSeveralKinds_IsRejectedWithCounts() =>
        Assert.Contains("1 T2, 1 Adc", Judge(Series("x", Image("1"), Image("2", "Adc", 5))).Series[0].Rejection!.Detail, StringComparison.Ordinal);

    [Fact]
    public void Judge_UnknownSeries_IsNeitherUsedNorRejected() => Assert.Equal(new("x", null, null), Judge(Series("x", Image("1", null))).Series[0]);

    [Fact]
    public void Judge_DynamicPhasesInOneSeries_AreNotUsedAndNotRejected() =>
        Assert.Equal(new("x", null, null), Judge(Series("x", Image("1", "T1"), Image("2", "T1"))).Series[0]);

    [Fact]
    public void Judge_T1Series_GetTheirPhases()
    {
        StudyDecision decision = Judge(Series("a", Image("1", "T1")) with { AcquiredMs = 0 }, Series("b", Image("2", "T1Enhanced")) with { AcquiredMs = 60_000 });
        Assert.Equal([Sequence.T1Pre, Sequence.T1Arterial], decision.Series.Select(s => s.Sequence!.Value));
    }

    [Fact]
    public void Judge_Segmentation_IsRejectedForEachReasonOfItsOwn()
    {
        Assert.Equal("frame-of-reference-mismatch", CodeOf(Judge(T2(0, 5), Mask(frame: "other")), "seg"));
        Assert.Equal("frame-of-reference-mismatch", CodeOf(Judge(T2(0, 5), Mask(frame: null)), "seg"));
        Assert.Equal("referenced-series-missing", CodeOf(Judge(T2(0, 5), Mask(on: "elsewhere")), "seg"));
        Assert.Equal("no-referenced-series", CodeOf(Judge(T2(0, 5), Mask(on: null)), "seg"));
        Assert.Equal("several-segmentations", CodeOf(Judge(T2(0, 5), Mask(instances: 2)), "seg"));
        Assert.Equal("unknown-segments", CodeOf(Judge(T2(0, 5), Mask(region: null)), "seg"));
    }

    [Fact]
    public void Judge_SegmentationThatNamesAnImageAlone_BelongsToTheSeriesOfThatImage()
    {
        StudyDecision decision = Judge(T2(0, 5), Mask(on: null) with { SourceImageUid = "1" });
        Assert.Null(decision.WaitingFor);
        Assert.Equal("t2", decision.Series[1].ReferencedSeriesUid);
        Assert.Equal("referenced-series-missing", CodeOf(Judge(T2(0, 5), Mask(on: null) with { SourceImageUid = "elsewhere" }), "seg"));
    }

    [Fact]
    public void Judge_WhatIsMissing_IsSaidInWords()
    {
        Assert.Contains("segmentation of the lesion", Judge(T2(0, 5)).WaitingFor, StringComparison.Ordinal);
        Assert.Contains("segmentation of the lesion", Judge(T2(0, 5), Mask(region: Region.MuscleReference)).WaitingFor, StringComparison.Ordinal);
        Assert.Contains("T2, diffusion or ADC series", Judge(T2(0, 5, 15), Mask()).WaitingFor, StringComparison.Ordinal);
    }

    [Fact]
    public void Judge_ContentHash_SeesWhatAnExtractionSees()
    {
        string hash = Judge(T2(0, 5, 10), Mask()).ContentSha256;
        Assert.Equal(hash, Judge(T2(0, 5, 10), Mask()).ContentSha256);
        Assert.NotEqual(hash, Judge(T2(0, 5, 10, 15), Mask()).ContentSha256);
        Assert.NotEqual(hash, Judge(T2(0, 5, 10), Mask(region: Region.MuscleReference)).ContentSha256);
        Assert.NotEqual(hash, Judge(T2(0, 5, 10)).ContentSha256);
    }
}
