using HccPipeline.Contracts.Messages;
using HccPipeline.Dicom;
using HccPipeline.FeatureWorker.Maps;
using HccPipeline.FeatureWorker.Tests.Extraction;
using HccPipeline.Imaging;
using HccPipeline.Persistence.Cohort;
using HccPipeline.Persistence.Runs;
using Xunit;

namespace HccPipeline.FeatureWorker.Tests.Consumers;

/// <summary>A study with phases of a contrast agent under a profile that asks for enhancement and its maps.</summary>
public sealed class EnhancementRunTests : IAsyncLifetime
{
    private static readonly string[] Names = ["DCE_ArterialEnhancement", "DCE_Washout"];
    private readonly string _folder = Directory.CreateTempSubdirectory("hcc-enhancement-run-").FullName;
    private Rig _rig = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        string profile = Path.Combine(_folder, "dce.yaml");
        await File.WriteAllTextAsync(profile, "name: dce\nenhancement: { late_phase: delayed }\nvoxel: { DCE: [ArterialEnhancement, Washout] }\n", Ct);
        _rig = await Rig.StartAsync(settings: ("Profile", profile));
    }

    public async ValueTask DisposeAsync()
    {
        await _rig.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Study_WithPhases_GetsItsIndicatorsAndThoseOfItsMaps()
    {
        await ExtractAsync(beforeContrast: 100);

        IReadOnlyDictionary<string, double> values = await ValuesAsync();
        Assert.Equal(3, values["T2_SIR"], 1e-12);
        Assert.Equal(1.5, values["DCE_ArterialEnhancement"], 1e-12);
        Assert.Equal(2, values["DCE_LesionToLiver"], 1e-12);
        Assert.Equal(0.2, values["DCE_Washout"], 1e-12);
        Assert.Equal(1.5, values["DCE_ArterialEnhancement_map_Mean"], 1e-6);
        Assert.Equal(0.2, values["DCE_Washout_map_Median"], 1e-6);
        Assert.Equal(0, values["DCE_Washout_map_StandardDeviation"], 1e-12);
        Assert.Equal(3 + (2 * 6), values.Keys.Count(k => k.StartsWith("DCE_", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Study_WithoutPhases_GetsTheRest()
    {
        await ExtractAsync(beforeContrast: null);

        IReadOnlyDictionary<string, double> values = await ValuesAsync();
        Assert.Equal((3, 1.2), (values["T2_SIR"], Math.Round(values["ADC_Mean"], 12)));
        Assert.DoesNotContain(values.Keys, k => k.StartsWith("DCE_", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Study_DarkBeforeContrast_GetsTheRestAndTheReason()
    {
        await ExtractAsync(beforeContrast: 0);

        Assert.DoesNotContain((await ValuesAsync()).Keys, k => k.StartsWith("DCE_", StringComparison.Ordinal));
        Assert.Contains("lesion before contrast is 0", await _rig.ScalarAsync<string>("SELECT detail FROM brick WHERE kind = 'region' AND state = 'rejected'"), StringComparison.Ordinal);
        MapRun run = Assert.Single(await _rig.Get<MapRunReader>().ListAsync(null, Ct));
        SeriesMaps maps = Assert.Single(await _rig.Get<StoredMaps>().FindAsync(run.RunId, Ct));
        Assert.Equal(("DCE", true), (maps.Sequence, maps.IsRejected));
        Assert.Contains("no map ArterialEnhancement", maps.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Export_MapsOfEnhancement_AreNumbersOnTheGridOfTheArterialSeries()
    {
        await ExtractAsync(beforeContrast: 100);
        MapRun run = Assert.Single(await _rig.Get<MapRunReader>().ListAsync(null, Ct));
        SeriesMaps maps = Assert.Single(await _rig.Get<StoredMaps>().FindAsync(run.RunId, Ct));

        foreach (MapFormat format in Enum.GetValues<MapFormat>())
            Assert.Equal(Names, (await _rig.Get<MapExport>().WriteAsync(run, maps, format, _folder, 1, () => { }, Ct)).Select(f => f.Name));

        foreach ((string name, float value) in Names.Zip([1.5f, 0.2f]))
        {
            Volume<float> nifti = Nifti.Read(Path.Combine(_folder, $"{name}.nii.gz"));
            Assert.True(nifti.Geometry.Coincides(Phantom.Grid));
            Assert.All(Mask.Gather(nifti, Phantom.Lesion), v => Assert.Equal(value, v));
            Assert.Equal(Phantom.LesionVoxels, Mask.Count(Mask.OfLabel(nifti)));
            AssertDescribed(DicomFile.Read(await File.ReadAllBytesAsync(Path.Combine(_folder, $"{name}.dcm"), Ct)).Dataset, name);
        }
    }

    private static void AssertDescribed(DicomDataset map, string name)
    {
        DicomDataset mapping = map.GetSequence(DicomTags.SharedFunctionalGroupsSequence)[0].GetSequence(DicomTags.RealWorldValueMappingSequence)[0];
        Assert.Equal(CodedConcept.NoUnits, CodedConcept.FromItem(mapping.FirstItem(DicomTags.MeasurementUnitsCodeSequence)));
        CodedConcept quantity = CodedConcept.FromItem(mapping.GetSequence(DicomTags.QuantityDefinitionSequence)[0].FirstItem(DicomTags.ConceptCodeSequence))!;
        Assert.Equal((name[4..], "99HCC"), (quantity.Value, quantity.Scheme));
        string[] sources =
        [
            .. map.GetSequence(DicomTags.PerFrameFunctionalGroupsSequence).SelectMany(f => f.GetSequence(DicomTags.DerivationImageSequence))
                .SelectMany(d => d.GetSequence(DicomTags.SourceImageSequence)).Select(i => i.GetString(DicomTags.ReferencedSOPInstanceUID)),
        ];
        VoxelBox lesion = Mask.BoundingBox(Phantom.Lesion);
        Assert.Equal(Enumerable.Range(lesion.Z + 1, lesion.SizeZ).Select(slice => $"2.25.12.{slice}"), sources);   // the arterial series, slice by slice
    }

    private async Task ExtractAsync(float? beforeContrast)
    {
        await _rig.AddStudyAsync(beforeContrast: beforeContrast);
        await _rig.Harness.Bus.Publish(new FeatureExtractionRequested { StudyInstanceUid = Rig.StudyUid, ProfileSha256 = _rig.Profile.Sha256 }, Ct);
        Assert.True(await _rig.Harness.Published.Any<FeaturesExtracted>(Ct));
    }

    private async Task<IReadOnlyDictionary<string, double>> ValuesAsync() => Assert.Single(await _rig.Get<StudyFeatureReader>().ReadAsync(_rig.Profile.Sha256, Ct)).Values;
}
