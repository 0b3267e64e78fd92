using System.Text;
using HccPipeline.Contracts;
using HccPipeline.FeatureWorker.Planning;
using HccPipeline.FeatureWorker.Profiles;
using HccPipeline.Persistence.Models;
using HccPipeline.Persistence.Runs;
using Xunit;

namespace HccPipeline.FeatureWorker.Tests.Planning;

public sealed class ExtractionPlannerTests
{
    private static readonly SegmentContent Lesion = new(1, Region.Lesion), Muscle = new(2, Region.MuscleReference), Spleen = new(3, Region.SpleenReference);

    [Fact]
    public void Plan_T2AndAdcWithSegmentations_GivesABrickForEach()
    {
        PlanningResult plan = ExtractionPlanner.Plan(
            Study(Image("t2", Sequence.T2), Mask("m1", "t2", Lesion, Muscle, Spleen), Image("adc", Sequence.Adc), Mask("m2", "adc", Lesion)), Profile(""));

        Assert.Null(plan.WaitingFor);
        BrickWork[] bricks = Bricks(plan);
        Assert.Equal([Sequence.T2, Sequence.Adc], bricks.Select(b => b.Sequence));
        Assert.Equal([new("t2-1", null), new("t2-2", null)], bricks[0].Images);
        Assert.Equal("m1-1", bricks[0].SegmentationSha256);
        Assert.Equal([Lesion, Muscle], bricks[0].Segments);   // the spleen is not asked for
        Assert.Equal("m2-1", bricks[1].SegmentationSha256);
    }

    [Theory]
    [InlineData("map-or-fit", Sequence.Adc)]
    [InlineData("map", Sequence.Adc)]
    [InlineData("fit", Sequence.Dwi)]
    public void Plan_MapAndDiffusionThere_TheProfileChooses(string source, Sequence chosen) => Assert.Equal(
        chosen,
        Bricks(ExtractionPlanner.Plan(
            Study([.. T2(), Image("adc", Sequence.Adc), Mask("m2", "adc", Lesion), Image("dwi", Sequence.Dwi, 0, 800), Mask("m3", "dwi", Lesion)]),
            Profile($"adc: {{ source: {source} }}")))[1].Sequence);

    [Fact]
    public void Plan_OnlyDiffusionIsSegmented_IsFittedWithItsBValues()
    {
        PlanningResult plan = ExtractionPlanner.Plan(
            Study([.. T2(), Image("adc", Sequence.Adc), Image("dwi", Sequence.Dwi, 0, 800), Mask("m3", "dwi", Lesion)]), Profile(""));

        Assert.Equal([new("dwi-1", 0), new("dwi-2", 800)], Bricks(plan)[1].Images);
    }

    [Fact]
    public void Plan_SeveralSeriesOfASequence_TakesTheOneWithMostFilesThenTheFirstByUid()
    {
        SeriesContent longest = Image("t2c", Sequence.T2, 0, 0, 0);
        PlanningResult plan = ExtractionPlanner.Plan(
            Study([.. T2(), longest, Mask("m4", "t2c", Lesion, Muscle), Image("adcB", Sequence.Adc), Mask("m5", "adcB", Lesion), Image("adcA", Sequence.Adc), Mask("m6", "adcA", Lesion)]),
            Profile(""));

        Assert.Equal(["m4-1", "m6-1"], Bricks(plan).Select(b => b.SegmentationSha256));
    }

    [Fact]
    public void Plan_NoReferenceTissueOnT2_WaitsAndSaysForWhat() => Assert.Equal(
        "a T2 series with a segmentation of Lesion and MuscleReference on it",
        Waiting(Profile(""), Image("t2", Sequence.T2), Mask("m1", "t2", Lesion, Spleen)));

    [Fact]
    public void Plan_SegmentationOfAnotherSeries_IsNotTaken() => Assert.Equal(
        "a T2 series with a segmentation of Lesion and MuscleReference on it",
        Waiting(Profile(""), Image("t2", Sequence.T2), Image("t1", Sequence.T1Pre), Mask("m1", "t1", Lesion, Muscle)));

    [Theory]
    [InlineData("map-or-fit", "an ADC or diffusion series with a segmentation of Lesion on it")]
    [InlineData("map", "an ADC series with a segmentation of Lesion on it")]
    [InlineData("fit", "a diffusion series with a segmentation of Lesion on it")]
    public void Plan_NoDiffusion_WaitsAndSaysForWhat(string source, string missing) =>
        Assert.Equal(missing, Waiting(Profile($"adc: {{ source: {source} }}"), T2()));

    [Fact]
    public void Plan_SameStudyAndProfile_GivesTheSameBytesWhateverTheOrderOfSeries()
    {
        SeriesContent[] series = [.. T2(), Image("adc", Sequence.Adc), Mask("m2", "adc", Lesion)];

        RunPlan plan = ExtractionPlanner.Plan(Study(series), Profile("")).Run!, turned = ExtractionPlanner.Plan(Study([.. series.Reverse()]), Profile("")).Run!;

        Assert.Equal(plan.Bricks, turned.Bricks);
        Assert.Equal(plan.RunId, turned.RunId);
    }

    private static string? Waiting(HashedProfile profile, params SeriesContent[] series)
    {
        PlanningResult plan = ExtractionPlanner.Plan(Study(series), profile);
        Assert.Null(plan.Run);
        return plan.WaitingFor;
    }

    private static BrickWork[] Bricks(PlanningResult plan) => [.. plan.Run!.Bricks.Select(b => CanonicalJson.Read<BrickWork>(Encoding.UTF8.GetBytes(b.Work)))];

    private static HashedProfile Profile(string yaml) => ProfileReader.Read($"name: test\n{yaml}", "test");

    private static SeriesContent[] T2() => [Image("t2", Sequence.T2), Mask("m1", "t2", Lesion, Muscle)];

    private static StudyContent Study(params SeriesContent[] series) =>
        new() { StudyUid = "1.2", Pseudonym = "P", ContentSha256 = "content", Series = series };

    private static SeriesContent Image(string uid, Sequence sequence, params double[] bValues) => new()
    {
        SeriesUid = uid,
        Sequence = sequence,
        Instances = [.. Enumerable.Range(0, Math.Max(2, bValues.Length))
            .Select(i => new InstanceContent($"{uid}.{i}", $"{uid}-{i + 1}", sequence == Sequence.Dwi ? bValues[i] : null))],
        Segments = [],
    };

    private static SeriesContent Mask(string uid, string on, params SegmentContent[] segments) => new()
    {
        SeriesUid = uid, Sequence = Sequence.Segmentation, ReferencedSeriesUid = on, Instances = [new($"{uid}.1", $"{uid}-1", null)], Segments = segments,
    };
}
