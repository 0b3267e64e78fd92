using HccPipeline.Contracts;
using HccPipeline.FeatureWorker.Extraction;
using HccPipeline.FeatureWorker.Planning;
using HccPipeline.FeatureWorker.Profiles;
using HccPipeline.Imaging;
using HccPipeline.Persistence.Blobs;
using HccPipeline.Persistence.Runs;
using HccPipeline.Testing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace HccPipeline.FeatureWorker.Tests.Extraction;

public sealed class BrickExtractorTests : IAsyncLifetime
{
    private static readonly SegmentContent Lesion = new(1, Region.Lesion), Muscle = new(2, Region.MuscleReference);
    private static readonly ExtractionProfile Default = new();
    private TestDatabase _database = null!;
    private ServiceProvider _services = null!;
    private Phantom _phantom = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.SqliteAsync(TestContext.Current.CancellationToken);
        _services = _database.Services(TimeProvider.System).BuildServiceProvider();
        _phantom = new(_services.GetRequiredService<IBlobStore>());
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task ExtractAsync_T2LesionThreeTimesAsBrightAsMuscle_RatioIsThree()
    {
        PhantomSeries t2 = await _phantom.StoreAsync("2.25.1", Phantom.Image(lesion: (290, 310), muscle: 100));

        IReadOnlyDictionary<string, double> values = await ExtractAsync(await WorkAsync(Sequence.T2, [t2], Lesion, Muscle));

        Assert.Equal(3, values["T2_SIR"], 1e-12);
        Assert.Equal(300, values["T2_original_firstorder_Mean"], 1e-12);
        Assert.Equal(100, values["T2_original_firstorder_Variance"], 1e-9);   // ±10
        Assert.Equal(100, values["T2_MuscleReference_original_firstorder_Mean"], 1e-12);
        Assert.Equal(Phantom.LesionVoxels, values["T2_VoxelCount"]);
        Assert.Equal(Phantom.MuscleVoxels, values["T2_MuscleReference_VoxelCount"]);
        Assert.Equal(Phantom.LesionVoxels * 1.5 * 1.5 * 5, values["T2_original_shape_VoxelVolume"], 1e-9);
        Assert.DoesNotContain("T2_MuscleReference_original_shape_VoxelVolume", values.Keys);
    }

    [Fact]
    public async Task ExtractAsync_NoiselessDiffusion_GivesTheTrueAdcAndThatOfAMapInMicroUnits()
    {
        // Signals halve and fall to a third from b 0 to 800: ADC = ln 2 / 0.8 and ln 3 / 0.8, in 10⁻³ mm²/s.
        double half = Math.Log(2) / 0.8, third = Math.Log(3) / 0.8;
        PhantomSeries b0 = await _phantom.StoreAsync("2.25.1", Phantom.Image((60000, 60000), 60000), 0);
        PhantomSeries b800 = await _phantom.StoreAsync("2.25.2", Phantom.Image((30000, 20000), 30000), 800);
        PhantomSeries map = await _phantom.StoreAsync("2.25.3", Phantom.Image(((float)(1000 * half), (float)(1000 * third)), 866));

        IReadOnlyDictionary<string, double> fitted = await ExtractAsync(await WorkAsync(Sequence.Dwi, [b0, b800], Lesion));
        IReadOnlyDictionary<string, double> read = await ExtractAsync(await WorkAsync(Sequence.Adc, [map], Lesion));

        Assert.Equal((half + third) / 2, fitted["ADC_Mean"], 1e-6);
        Assert.Equal(0, fitted["ADC_NonFitVoxels"]);
        Assert.Equal(fitted["ADC_Mean"], read["ADC_Mean"], 5e-4);   // the map holds whole 10⁻⁶
        Assert.Equal(fitted["ADC_original_firstorder_Variance"], read["ADC_original_firstorder_Variance"], 1e-3);
        Assert.Equal(fitted["ADC_original_firstorder_Entropy"], read["ADC_original_firstorder_Entropy"], 1e-9);
        Assert.Equal(read["ADC_Mean"], read["ADC_original_firstorder_Mean"]);
    }

    [Fact]
    public async Task ExtractAsync_SignalThatRisesInOneVoxel_LeavesItOutAndCountsIt()
    {
        Volume<float> rising = Phantom.Image((30000, 30000), 30000);
        rising[3, 3, 1] = 65000;
        PhantomSeries b0 = await _phantom.StoreAsync("2.25.1", Phantom.Image((60000, 60000), 60000), 0);
        PhantomSeries b800 = await _phantom.StoreAsync("2.25.2", rising, 800);

        IReadOnlyDictionary<string, double> values = await ExtractAsync(await WorkAsync(Sequence.Dwi, [b0, b800], Lesion));

        Assert.Equal(1, values["ADC_NonFitVoxels"]);
        Assert.Equal(Phantom.LesionVoxels - 1, values["ADC_VoxelCount"]);
        Assert.Equal(Math.Log(2) / 0.8, values["ADC_Mean"], 1e-6);
    }

    [Fact]
    public async Task ExtractAsync_TwoLesionSegments_AreMeasuredTogether()
    {
        PhantomSeries t2 = await _phantom.StoreAsync("2.25.1", Phantom.Image((300, 300), 100));
        string segmentation = await _phantom.StoreSegmentationAsync("2.25.2", t2, Phantom.Lesion, Phantom.Muscle, Phantom.Box(Phantom.Grid, 5, 7, 2, 6));
        BrickWork work = new() { Sequence = Sequence.T2, Images = t2.Files, SegmentationSha256 = segmentation, Segments = [Lesion, Muscle, new(3, Region.Lesion)] };

        IReadOnlyDictionary<string, double> values = await ExtractAsync(work);

        Assert.Equal(Phantom.LesionVoxels + 8, values["T2_VoxelCount"]);   // one of the two columns lies in the first lesion already
        Assert.Equal((300.0 * Phantom.LesionVoxels + 0) / (Phantom.LesionVoxels + 8), values["T2_original_firstorder_Mean"], 1e-9);
    }

    [Fact]
    public async Task ExtractAsync_ProfileAsksForTexture_MapInMicroUnitsGivesThatOfOneInMilliUnits()
    {
        ExtractionProfile texture = ProfileReader.Read("features: { ADC: { classes: [firstorder, glcm, ngtdm], bin_width: 0.1 } }", "test").Profile;
        PhantomSeries map = await _phantom.StoreAsync("2.25.3", Phantom.Image((1150, 1350), 866));

        IReadOnlyDictionary<string, double> values = await ExtractAsync(await WorkAsync(Sequence.Adc, [map], Lesion), texture);
        IReadOnlyDictionary<string, double> plain = await ExtractAsync(await WorkAsync(Sequence.Adc, [map], Lesion));

        Assert.Equal(1.25, values["ADC_original_firstorder_Mean"], 1e-12);
        Assert.Equal(0.01, values["ADC_original_firstorder_Variance"], 1e-12);
        // Levels two apart: a pair differs by 4 in the 9 directions that change x and by 0 in the 4 that do not.
        Assert.Equal(4 * 9 / 13.0, values["ADC_original_glcm_Contrast"], 1e-12);
        Assert.All(plain, v => Assert.Equal(v.Key.EndsWith("Entropy", StringComparison.Ordinal) || v.Key.EndsWith("Uniformity", StringComparison.Ordinal) ? values[v.Key] : v.Value, values[v.Key]));
    }

    [Fact]
    public async Task ExtractAsync_IbsiProfile_KeepsTheRegistrysIndicators()
    {
        ExtractionProfile ibsi = ProfileReader.Read("convention: ibsi\nfeatures: { image: { classes: [stat, glcm], bin_count: 4 } }", "test").Profile;
        PhantomSeries t2 = await _phantom.StoreAsync("2.25.1", Phantom.Image(lesion: (290, 310), muscle: 100));
        PhantomSeries map = await _phantom.StoreAsync("2.25.3", Phantom.Image((1150, 1350), 866));

        IReadOnlyDictionary<string, double> onT2 = await ExtractAsync(await WorkAsync(Sequence.T2, [t2], Lesion, Muscle), ibsi);
        IReadOnlyDictionary<string, double> onMap = await ExtractAsync(await WorkAsync(Sequence.Adc, [map], Lesion), ibsi);

        Assert.Equal(3, onT2["T2_SIR"], 1e-12);
        Assert.Equal(300, onT2["T2_original_stat_Mean"], 1e-12);
        Assert.Contains("T2_original_glcm_JointEntropy_3D_avg", onT2.Keys);
        Assert.Equal(1.25, onMap["ADC_Mean"], 1e-12);
        Assert.Equal(onMap["ADC_Mean"], onMap["ADC_original_stat_Mean"]);
    }

    [Fact]
    public async Task ExtractAsync_SameBrickTwice_GivesTheSameBits()
    {
        PhantomSeries t2 = await _phantom.StoreAsync("2.25.1", Phantom.Image((291, 307), 101));
        BrickWork work = await WorkAsync(Sequence.T2, [t2], Lesion, Muscle);

        Assert.Equal(await ExtractAsync(work), await ExtractAsync(work));
    }

    [Fact]
    public async Task ExtractAsync_SegmentThatIsNotThere_IsRejected()
    {
        PhantomSeries t2 = await _phantom.StoreAsync("2.25.1", Phantom.Image((300, 300), 100));
        BrickWork work = await WorkAsync(Sequence.T2, [t2], Lesion, Muscle);

        await AssertRejectedAsync("no segment 7 (SpleenReference)", work with { Segments = [Lesion, Muscle, new(7, Region.SpleenReference)] });
        await AssertRejectedAsync("no region MuscleReference", work with { Segments = [Lesion] });
    }

    [Fact]
    public async Task ExtractAsync_SegmentationOfAnotherFrameOfReference_IsRejected()
    {
        PhantomSeries t2 = await _phantom.StoreAsync("2.25.1", Phantom.Image((300, 300), 100));
        PhantomSeries moved = await _phantom.StoreAsync("2.25.2", Phantom.Image((300, 300), 100), frameOfReferenceUid: "2.25.901");
        BrickWork work = await WorkAsync(Sequence.T2, [moved], Lesion, Muscle);

        await AssertRejectedAsync("frame of reference", work with { Images = t2.Files });
    }

    [Fact]
    public async Task ExtractAsync_DiffusionThatCanNotBeFitted_IsRejected()
    {
        PhantomSeries b0 = await _phantom.StoreAsync("2.25.1", Phantom.Image((600, 600), 600), 0);
        PhantomSeries b800 = await _phantom.StoreAsync("2.25.2", Phantom.Image((300, 300), 300), 800);
        PhantomSeries elsewhere = await _phantom.StoreAsync("2.25.3", Phantom.Image((300, 300), 300, Phantom.Grid with { Origin = new(0, 0, 0) }), 400);

        await AssertRejectedAsync("two different b-values", await WorkAsync(Sequence.Dwi, [b0], Lesion));
        await AssertRejectedAsync("at or above 100", await WorkAsync(Sequence.Dwi, [b0, b800], Lesion), Default with { Adc = new() { LowestBValue = 100 } });
        await AssertRejectedAsync("b-value 400 lie on another grid", await WorkAsync(Sequence.Dwi, [b0, b800, elsewhere], Lesion));
        await AssertRejectedAsync("no voxel with a value", await WorkAsync(Sequence.Dwi, [b0, b800], Lesion), Default with { Adc = new() { NoiseFloor = 1000 } });
    }

    [Fact]
    public async Task ExtractAsync_MapInNoUnitOfTissue_IsRejected()
    {
        PhantomSeries map = await _phantom.StoreAsync("2.25.1", Phantom.Image((30, 30), 30));

        await AssertRejectedAsync("no tissue", await WorkAsync(Sequence.Adc, [map], Lesion));
    }

    [Fact]
    public async Task ExtractAsync_DarkReference_IsRejected()
    {
        PhantomSeries t2 = await _phantom.StoreAsync("2.25.1", Phantom.Image((300, 300), 0));

        await AssertRejectedAsync("MuscleReference", await WorkAsync(Sequence.T2, [t2], Lesion, Muscle));
    }

    private async Task<BrickWork> WorkAsync(Sequence sequence, PhantomSeries[] images, params SegmentContent[] segments) => new()
    {
        Sequence = sequence,
        Images = [.. images.SelectMany(i => i.Files)],
        SegmentationSha256 = await _phantom.StoreSegmentationAsync("2.25.77", images[0], Phantom.Lesion, Phantom.Muscle),
        Segments = segments,
    };

    private Task<IReadOnlyDictionary<string, double>> ExtractAsync(BrickWork work, ExtractionProfile? profile = null) =>
        new BrickExtractor(new(_services.GetRequiredService<IBlobStore>())).ExtractAsync(work, profile ?? Default, TestContext.Current.CancellationToken);

    private async Task AssertRejectedAsync(string reason, BrickWork work, ExtractionProfile? profile = null) => Assert.Contains(
        reason, (await Assert.ThrowsAsync<BrickRejectedException>(() => ExtractAsync(work, profile))).Message, StringComparison.OrdinalIgnoreCase);
}
