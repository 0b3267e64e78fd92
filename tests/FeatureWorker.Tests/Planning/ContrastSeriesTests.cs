using System.Text;
using HccPipeline.Contracts;
using HccPipeline.FeatureWorker.Maps;
using HccPipeline.FeatureWorker.Planning;
using HccPipeline.FeatureWorker.Profiles;
using HccPipeline.Persistence.Models;
using HccPipeline.Persistence.Runs;
using Xunit;

namespace HccPipeline.FeatureWorker.Tests.Planning;

public sealed class ContrastSeriesTests
{
    private const string Wanted = "enhancement: { late_phase: delayed }", WithMaps = Wanted + "\nvoxel: { DCE: [ArterialEnhancement, Washout] }";
    private static readonly SegmentContent Lesion = new(1, Region.Lesion), Muscle = new(2, Region.MuscleReference), Liver = new(3, Region.LiverReference);
    private static readonly SeriesContent Pre = Image("pre", Sequence.T1Pre), Arterial = Image("art", Sequence.T1Arterial), Late = Image("late", Sequence.T1Delayed);

    [Fact]
    public void Plan_PhasesWithASegmentation_GivesABrickForThem()
    {
        BrickWork dce = Dce(Wanted, Pre, Arterial, Late, Mask("m", "art", Muscle, Lesion, Liver))!;

        Assert.Equal(Sequence.T1Arterial, dce.Sequence);
        Assert.Equal(
            [
                new("pre-1", null, Sequence.T1Pre), new("pre-2", null, Sequence.T1Pre), new("art-1", null, Sequence.T1Arterial), new("art-2", null, Sequence.T1Arterial),
                new("late-1", null, Sequence.T1Delayed), new("late-2", null, Sequence.T1Delayed),
            ],
            dce.Images);
        Assert.Equal("m-1", dce.SegmentationSha256);
        Assert.Equal([Lesion, Liver], dce.Segments);
    }

    [Fact]
    public void Plan_ProfileDoesNotAsk_GivesTheBricksOfAStudyWithoutPhases() => Assert.Equal(
        Plan("", []).Bricks, Plan("", [Pre, Arterial, Late, Mask("m", "art", Lesion)]).Bricks);

    [Fact]
    public void Plan_PreArterialOrSegmentationMissing_ExtractsTheRest()
    {
        SeriesContent mask = Mask("m", "art", Lesion);
        Assert.Null(Dce(Wanted, Arterial, Late, mask));
        Assert.Null(Dce(Wanted, Pre, Late, Mask("m", "pre", Lesion)));
        Assert.Null(Dce(Wanted, Pre, Arterial, Late));
        Assert.Null(Dce(Wanted, Pre, Arterial, Mask("m", "art", Liver)));
        Assert.Equal([BrickKinds.Region, BrickKinds.Region], Plan(WithMaps, [Pre, Late, mask]).Bricks.Select(b => b.Kind));
    }

    [Theory]
    [InlineData("pre")]
    [InlineData("late")]
    [InlineData("portal")]   // not a phase that is measured, but on the grid of those
    public void Plan_LesionDrawnOnAnotherPhase_IsTaken(string on)
    {
        BrickWork dce = Dce(Wanted, Pre, Arterial, Late, Image("portal", Sequence.T1Portal), Mask("m", on, Lesion))!;

        Assert.Equal("m-1", dce.SegmentationSha256);
        Assert.DoesNotContain(dce.Images, i => i.Phase == Sequence.T1Portal);
    }

    [Fact]
    public void Plan_LesionDrawnOnSeveralPhases_TakesTheArterial() =>
        Assert.Equal("z-1", Dce(Wanted, Pre, Arterial, Late, Mask("a", "pre", Lesion), Mask("z", "art", Lesion))!.SegmentationSha256);

    [Fact]
    public void Plan_SeveralSeriesOfAPhase_TakesTheSegmentedThenTheOneWithAsManyFiles()
    {
        SeriesContent[] study =
        [
            Image("artA", Sequence.T1Arterial), Image("artB", Sequence.T1Arterial, files: 3), Mask("m", "artB", Lesion),
            Image("preA", Sequence.T1Pre), Image("preB", Sequence.T1Pre, files: 5), Image("preC", Sequence.T1Pre, files: 3), Image("preD", Sequence.T1Pre, files: 3),
        ];

        Assert.Equal(["preC-1", "preC-2", "preC-3", "artB-1", "artB-2", "artB-3"], Dce(Wanted, study)!.Images.Select(i => i.BlobSha256));
        Assert.Equal(Plan(Wanted, study).Bricks, Plan(Wanted, [.. study.Reverse()]).Bricks);
    }

    [Theory]
    [InlineData("delayed", true, true, Sequence.T1Delayed)]
    [InlineData("delayed", false, true, null)]
    [InlineData("portal", true, true, Sequence.T1Portal)]
    [InlineData("portal", true, false, null)]
    [InlineData("delayed-or-portal", true, true, Sequence.T1Delayed)]
    [InlineData("delayed-or-portal", false, true, Sequence.T1Portal)]
    public void Plan_LatePhases_TheProfileChooses(string wanted, bool delayed, bool portal, Sequence? chosen)
    {
        SeriesContent[] late = [.. delayed ? [Late] : Array.Empty<SeriesContent>(), .. portal ? [Image("portal", Sequence.T1Portal)] : Array.Empty<SeriesContent>()];

        BrickWork dce = Dce($"enhancement: {{ late_phase: {wanted} }}", [Pre, Arterial, Mask("m", "art", Lesion), .. late])!;

        Assert.Equal(chosen, dce.Images.Select(i => i.Phase).Distinct().Skip(2).SingleOrDefault());
    }

    [Theory]
    [InlineData("[ArterialEnhancement, Washout]", true, true)]
    [InlineData("[ArterialEnhancement]", false, true)]
    [InlineData("[Washout]", true, true)]
    [InlineData("[Washout]", false, false)]
    public void Plan_Maps_ArePreparedWhereThereIsOne(string maps, bool late, bool prepared)
    {
        SeriesContent[] phases = [Pre, Arterial, Mask("m", "art", Lesion), .. late ? [Late] : Array.Empty<SeriesContent>()];

        BrickPlan[] bricks = [.. Plan($"{Wanted}\nvoxel: {{ DCE: {maps} }}", phases).Bricks];

        Assert.Equal([BrickKinds.Region, BrickKinds.Region, BrickKinds.Region, .. prepared ? [BrickKinds.Prepare] : Array.Empty<string>()], bricks.Select(b => b.Kind));
        if (prepared)
            Assert.Equal(bricks[2].Work, Encoding.UTF8.GetString(CanonicalJson.Write(Read<PrepareWork>(bricks[3]).Source)));
    }

    /// <summary>The brick of the phases, behind those of T2 and ADC.</summary>
    private static BrickWork? Dce(string profile, params SeriesContent[] phases) => Plan(profile, phases).Bricks is [_, _, { } dce] ? Read<BrickWork>(dce) : null;

    private static RunPlan Plan(string profile, SeriesContent[] phases)
    {
        SeriesContent[] rest = [Image("t2", Sequence.T2), Mask("m1", "t2", Lesion, Muscle), Image("adc", Sequence.Adc), Mask("m2", "adc", Lesion)];
        PlanningResult plan = ExtractionPlanner.Plan(
            new() { StudyUid = "1.2", Pseudonym = "P", ContentSha256 = "content", Series = [.. rest, .. phases] }, ProfileReader.Read($"name: test\n{profile}", "test"));
        Assert.Null(plan.WaitingFor);
        return plan.Run!;
    }

    private static T Read<T>(BrickPlan brick) => CanonicalJson.Read<T>(Encoding.UTF8.GetBytes(brick.Work));

    private static SeriesContent Image(string uid, Sequence sequence, int files = 2) => new()
    {
        SeriesUid = uid, Sequence = sequence, Segments = [],
        Instances = [.. Enumerable.Range(0, files).Select(i => new InstanceContent($"{uid}.{i}", $"{uid}-{i + 1}", null))],
    };

    private static SeriesContent Mask(string uid, string on, params SegmentContent[] segments) => new()
    {
        SeriesUid = uid, Sequence = Sequence.Segmentation, ReferencedSeriesUid = on, Instances = [new($"{uid}.1", $"{uid}-1", null)], Segments = segments,
    };
}
