using HccPipeline.Contracts;
using HccPipeline.FeatureWorker.Extraction;
using HccPipeline.FeatureWorker.Planning;
using HccPipeline.FeatureWorker.Profiles;
using HccPipeline.Imaging;
using HccPipeline.Persistence.Blobs;
using HccPipeline.Persistence.Runs;
using Xunit;

namespace HccPipeline.FeatureWorker.Tests.Extraction;

/// <summary>Enhancement of a lesion of mean 100 before contrast, 250 in the arterial and 200 in the late phase, beside a liver of 125.</summary>
public sealed class EnhancementTests : IDisposable
{
    private static readonly SegmentContent Lesion = new(1, Region.Lesion), Liver = new(2, Region.LiverReference);
    private readonly string _folder = Directory.CreateTempSubdirectory("hcc-enhancement-").FullName;
    private readonly IBlobStore _blobs;
    private readonly Phantom _phantom;

    public EnhancementTests()
    {
        _blobs = new FolderStores(_folder).Blobs;
        _phantom = new(_blobs);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(Sequence.T1Delayed)]
    [InlineData(Sequence.T1Portal)]
    public async Task ExtractAsync_ThreePhases_GivesTheRatiosOfTheMeans(Sequence late)
    {
        BrickWork work = await WorkAsync([await PreAsync(), await ArterialAsync(), (late, await _phantom.StoreAsync("2.25.13", Phantom.Image((190, 210), 150)))], Lesion, Liver);

        IReadOnlyDictionary<string, double> values = await ExtractAsync(work);

        Assert.Equal(3, values.Count);
        Assert.Equal(1.5, values["DCE_ArterialEnhancement"], 1e-12);
        Assert.Equal(2.0, values["DCE_LesionToLiver"], 1e-12);
        Assert.Equal(0.2, values["DCE_Washout"], 1e-12);
    }

    [Fact]
    public async Task ExtractAsync_NeitherLatePhaseNorLiver_GivesTheArterialEnhancementAlone()
    {
        KeyValuePair<string, double> value = Assert.Single(await ExtractAsync(await WorkAsync([await PreAsync(), await ArterialAsync()], Lesion)));

        Assert.Equal("DCE_ArterialEnhancement", value.Key);
        Assert.Equal(1.5, value.Value, 1e-12);
    }

    [Fact]
    public async Task ExtractAsync_PhasesStoredWithOtherSlopes_AreComparedAsTheyAreMeant()
    {
        PhantomSeries halved = await _phantom.StoreAsync("2.25.12", Phantom.Image((100, 150), 62.5f), rescaleSlope: 2);

        Assert.Equal(1.5, (await ExtractAsync(await WorkAsync([await PreAsync(), (Sequence.T1Arterial, halved)], Lesion)))["DCE_ArterialEnhancement"], 1e-12);
    }

    [Fact]
    public async Task ExtractAsync_PhaseInAnotherFrameOfReference_IsRejectedByName() => await AssertRejectedAsync(
        "T1Pre series 2.25.11 lies in frame of reference 2.25.901, T1Arterial series 2.25.12 in 2.25.900",
        await WorkAsync([(Sequence.T1Pre, await _phantom.StoreAsync("2.25.11", Phantom.Image((80, 120), 100), frameOfReferenceUid: "2.25.901")), await ArterialAsync()], Lesion));

    public static TheoryData<string, Geometry> OtherGrids => new()
    {
        { "12×10×3 voxels, not 12×10×4", Phantom.Grid with { SizeZ = 3 } },
        { "voxels of (2, 2, 5) mm, not (1.5, 1.5, 5)", Phantom.Grid with { SpacingMm = new(2, 2, 5) } },
        { "first voxel at (-10, 20, 31) mm, not (-10, 20, 30)", Phantom.Grid with { Origin = new(-10, 20, 31) } },
        { "other directions", Phantom.Grid with { XAxis = new(0, 1, 0), YAxis = new(-1, 0, 0) } },
    };

    [Theory]
    [MemberData(nameof(OtherGrids))]
    public async Task ExtractAsync_PhaseOnAnotherGrid_IsRejectedWithWhatDiffers(string difference, Geometry grid) => await AssertRejectedAsync(
        $"T1Delayed series 2.25.13 lies on another grid than T1Arterial series 2.25.12: {difference}",
        await WorkAsync([await PreAsync(), await ArterialAsync(), (Sequence.T1Delayed, await _phantom.StoreAsync("2.25.13", new Volume<float>(grid)))], Lesion));

    [Fact]
    public async Task ExtractAsync_PhaseThatLacksASlice_IsRejectedByName()
    {
        PhantomSeries late = await _phantom.StoreAsync("2.25.13", Phantom.Image((200, 200), 150));

        await AssertRejectedAsync("T1Delayed series 2.25.13: ", await WorkAsync(
            [await PreAsync(), await ArterialAsync(), (Sequence.T1Delayed, late with { Files = [late.Files[0], late.Files[2], late.Files[3]] })], Lesion));
    }

    [Fact]
    public async Task ExtractAsync_MeanThatIsNotPositive_IsRejectedByName()
    {
        PhantomSeries dark = await _phantom.StoreAsync("2.25.11", Phantom.Image((0, 0), 100)), noLiver = await _phantom.StoreAsync("2.25.12", Phantom.Image((200, 300), 0));

        await AssertRejectedAsync("lesion before contrast is 0", await WorkAsync([(Sequence.T1Pre, dark), await ArterialAsync()], Lesion));
        await AssertRejectedAsync("liver in the arterial phase is 0", await WorkAsync([await PreAsync(), (Sequence.T1Arterial, noLiver)], Lesion, Liver));
    }

    [Fact]
    public async Task ExtractAsync_SegmentationElsewhere_IsRejected()
    {
        PhantomSeries moved = await _phantom.StoreAsync("2.25.15", Phantom.Image((0, 0), 0), frameOfReferenceUid: "2.25.901");
        BrickWork work = await WorkAsync([await PreAsync(), await ArterialAsync()], Lesion);

        await AssertRejectedAsync("frame of reference", work with { SegmentationSha256 = await _phantom.StoreSegmentationAsync("2.25.78", moved, Phantom.Lesion) });
    }

    private async Task<(Sequence, PhantomSeries)> PreAsync() => (Sequence.T1Pre, await _phantom.StoreAsync("2.25.11", Phantom.Image((80, 120), 100)));

    private async Task<(Sequence, PhantomSeries)> ArterialAsync() => (Sequence.T1Arterial, await _phantom.StoreAsync("2.25.12", Phantom.Image((200, 300), 125)));

    /// <summary>The phases, the segmentation drawn on the arterial.</summary>
    private async Task<BrickWork> WorkAsync((Sequence Phase, PhantomSeries Series)[] phases, params SegmentContent[] segments) => new()
    {
        Sequence = Sequence.T1Arterial,
        Images = [.. phases.SelectMany(p => p.Series.Files.Select(f => f with { Phase = p.Phase }))],
        SegmentationSha256 = await _phantom.StoreSegmentationAsync("2.25.77", phases[1].Series, Phantom.Lesion, Phantom.Muscle),
        Segments = segments,
    };

    private Task<IReadOnlyDictionary<string, double>> ExtractAsync(BrickWork work) =>
        new BrickExtractor(new(_blobs)).ExtractAsync(work, new ExtractionProfile { Enhancement = new() }, TestContext.Current.CancellationToken);

    private async Task AssertRejectedAsync(string reason, BrickWork work) =>
        Assert.Contains(reason, (await Assert.ThrowsAsync<BrickRejectedException>(() => ExtractAsync(work))).Message, StringComparison.Ordinal);
}
