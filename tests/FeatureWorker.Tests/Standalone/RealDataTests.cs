using System.Text.Json;
using HccPipeline.Contracts;
using HccPipeline.Dicom;
using HccPipeline.FeatureWorker.Extraction;
using HccPipeline.FeatureWorker.Planning;
using HccPipeline.FeatureWorker.Profiles;
using HccPipeline.FeatureWorker.Standalone;
using HccPipeline.Persistence.Blobs;
using Xunit;

namespace HccPipeline.FeatureWorker.Tests.Standalone;

/// <summary>Public MR studies that stay beside the checkout: HCC_CONFORMANCE_DATA, or shared/data beside the repository.</summary>
public sealed class RealDataTests
{
    [Theory]
    [InlineData("GTV_Mass", 256_115, 95_000)]
    [InlineData("GTV_Edema", 406_547, 150_000)]
    public void SoftTissueT2_ContoursOfAStructureSet_GiveAMassOfPlausibleSize(string region, int voxels, double leastMm3)
    {
        string folder = Require("soft-tissue-mr-rtstruct/MR_T2");

        ExtractionResult result = StandaloneExtraction.Run(
            new(Path.Combine(folder, "image"), Path.Combine(folder, "mask")) { Label = region }, ProfileReader.ReadShipped("pyradiomics-default"));

        Assert.Equal((voxels, 107), (result.Provenance.MaskVoxels, result.Features.Count));
        double volume = Value(result, "original_shape_VoxelVolume"), diameter = Value(result, "original_shape_Maximum3DDiameter");
        Assert.Equal(voxels * 0.5234375 * 0.5234375 * 5.2, volume, 1e-6 * volume);
        Assert.InRange(volume, leastMm3, Math.PI / 6 * Math.Pow(diameter, 3));   // no body is larger than the ball on its longest line
        Assert.All(result.Features, f => Assert.True(double.IsFinite(f.Value), f.Name));
    }

    [Fact]
    public async Task DynamicBreast_PhasesOfOneSeries_EnhanceInTheFractionalSegment()
    {
        string folder = Require("dce-mr-seg/UCSF-BR-06");
        ExtractionCase one = new(Path.Combine(folder, "image_dce_3dfgre_orig"), Path.Combine(folder, "mask"));
        HashedProfile profile = ProfileReader.ReadDefault();

        Assert.Contains("holds 3 stacks", Assert.Throws<ImageFileException>(() => StandaloneExtraction.Run(one, profile)).Message, StringComparison.Ordinal);
        double[] means = [.. Enumerable.Range(1, 3).Select(stack => Value(StandaloneExtraction.Run(one with { Stack = stack }, profile), "original_firstorder_Mean"))];

        Assert.True(means[1] > means[0] && means[2] > means[0], string.Join(", ", means));
        IReadOnlyDictionary<string, double> enhancement = await EnhancementAsync(one);
        Assert.Equal((means[1] - means[0]) / means[0], enhancement["DCE_ArterialEnhancement"], 1e-9);
        Assert.Equal((means[1] - means[2]) / means[1], enhancement["DCE_Washout"], 1e-9);
    }

    [Theory]
    [InlineData("visit-1", "t2", "Lesion")]
    [InlineData("visit-1", "t2", "Muscle reference")]
    [InlineData("visit-1", "adc", "Lesion")]
    [InlineData("visit-2", "t2", "Lesion")]
    [InlineData("visit-2", "adc", "Lesion")]
    public void LiverMr_Regions_HaveTheStatisticsThatComeWithTheData(string visit, string sequence, string region)
    {
        string folder = Require("liver-mr");
        using JsonDocument expected = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "expected_roi_values.json")));
        JsonElement e = expected.RootElement.GetProperty(visit).GetProperty($"{sequence}_{region}");

        ExtractionResult result = StandaloneExtraction.Run(
            new(Path.Combine(folder, visit, $"{sequence}_image"), Path.Combine(folder, visit, $"roi_{sequence}_seg.dcm")) { Label = region }, ProfileReader.ReadDefault());

        Assert.Equal(e.GetProperty("voxels").GetInt32(), result.Provenance.MaskVoxels);
        foreach ((string theirs, string ours) in new[] { ("mean", "Mean"), ("min", "Minimum"), ("max", "Maximum"), ("median", "Median"), ("p10", "10Percentile"), ("p90", "90Percentile") })
            Assert.Equal(e.GetProperty(theirs).GetDouble(), Value(result, $"original_firstorder_{ours}"), 1e-6);
    }

    /// <summary>What a brick gives of the stacks of a series, as if each were a series of its own.</summary>
    private static async Task<IReadOnlyDictionary<string, double>> EnhancementAsync(ExtractionCase one)
    {
        CancellationToken ct = TestContext.Current.CancellationToken;
        DirectoryInfo folder = Directory.CreateTempSubdirectory("hcc-dynamic-breast-");
        try
        {
            IBlobStore blobs = new FolderStores(folder.FullName).Blobs;
            List<ImageFile> images = [];
            IReadOnlyList<IReadOnlyList<DicomInstance>> stacks = SeriesSplitter.Split([.. Directory.GetFiles(one.Image).Select(DicomFile.Read)]);
            foreach ((IReadOnlyList<DicomInstance> stack, Sequence phase) in stacks.Zip([Sequence.T1Pre, Sequence.T1Arterial, Sequence.T1Delayed]))
            {
                foreach (DicomInstance image in stack)
                    images.Add(new(await blobs.PutAsync(DicomFile.ToBytes(image.Dataset), ct), null, phase));
            }
            byte[] segmentation = await File.ReadAllBytesAsync(Assert.Single(Directory.GetFiles(one.Mask)), ct);
            BrickWork work = new()
            {
                Sequence = Sequence.T1Arterial, Images = images, SegmentationSha256 = await blobs.PutAsync(segmentation, ct), Segments = [new(1, Region.Lesion)],
            };
            return await new BrickExtractor(new(blobs)).ExtractAsync(work, new(), ct);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static double Value(ExtractionResult result, string name) => result.Features.Single(f => f.Name == name).Value;

    private static string Require(string relative)
    {
        string? root = Environment.GetEnvironmentVariable("HCC_CONFORMANCE_DATA");
        DirectoryInfo? d = new(AppContext.BaseDirectory);
        while (d is not null && !File.Exists(Path.Combine(d.FullName, "HccPipeline.sln")))
            d = d.Parent;
        root ??= d is null ? null : Path.Combine(d.FullName, "..", "shared", "data");
        string? path = root is null ? null : Path.Combine(root, relative);
        Assert.SkipUnless(path is not null && Path.Exists(path), $"Data '{relative}' are not in HCC_CONFORMANCE_DATA or ../shared/data.");
        return path!;
    }
}
