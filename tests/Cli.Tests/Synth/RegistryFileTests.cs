using HccPipeline.Cli.Synth;
using HccPipeline.Dicom;
using HccPipeline.Imaging;
using HccPipeline.Testing;

namespace HccPipeline.Cli.Tests.Synth;

/// <summary>The files of a registry, read by other people's tools and by our own room.</summary>
public sealed class RegistryFileTests(RegistryFileTests.Registry registry) : IClassFixture<RegistryFileTests.Registry>
{
    [Fact]
    public void Files_OneOfEverySeriesOfEveryCentre_PassDciodvfyAndDcmdump()
    {
        string[] files = [.. Studies().GroupBy(s => s.Center).SelectMany(c => Directory.EnumerateDirectories(c.First().Folder)).Select(FirstFile)];
        Assert.Equal(4 * 8, files.Length);
        foreach (string file in files)
        {
            (int exit, string output) = OtherTools.Run("dcmdump", "-q", file);
            Assert.True(exit == 0, $"{file}: {output}");
            (_, output) = OtherTools.Run("dciodvfy", file);
            Assert.DoesNotContain("Error", output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Files_ReadBack_GiveThePlannedRatioAndAdc()
    {
        Dictionary<string, PatientPlan> patients = CohortPlan.Create(registry.Options).Patients.ToDictionary(p => p.PatientId);
        foreach ((string _, string folder) in Studies().Where((_, i) => i % 3 == 0))
        {
            PatientPlan patient = patients[Path.GetFileName(Path.GetDirectoryName(folder))!];
            VisitPlan visit = Path.GetFileName(folder) == $"{patient.Pre.Date:yyyyMMdd}" ? patient.Pre : patient.Post;
            (SeriesVolume t2, Segmentation onT2) = Load(folder, "002_*", "101_*");
            Assert.Equal(visit.T2Sir, Measured.In(t2.Volume, Mask(onT2, "Lesion")).Average() / Measured.In(t2.Volume, Mask(onT2, "MuscleReference")).Average(), visit.T2Sir * 1e-4);
            (SeriesVolume adc, Segmentation onAdc) = Load(folder, "007_*", "102_*");
            Assert.Equal(visit.AdcMean, Measured.In(adc.Volume, Mask(onAdc, "Lesion")).Average() / 1000, 1e-4);
        }
    }

    [Fact]
    public void Files_OfAStudy_CarryWhatTellsTheSequenceAndNoRealName()
    {
        string folder = Studies().First().Folder;
        DicomInstance[] first = [.. Directory.EnumerateDirectories(folder).Order().Select(s => DicomFile.ReadHeader(FirstFile(s)))];
        Assert.All(first, i => Assert.StartsWith("SYNTHETIC^", i.Dataset.GetString(DicomTags.PatientName), StringComparison.Ordinal));
        Assert.Single(first.Select(i => i.Dataset.GetString(DicomTags.StudyInstanceUID)).Distinct());
        Assert.Single(first.Select(i => i.Dataset.GetString(DicomTags.FrameOfReferenceUID)).Distinct());
        Assert.Equal(first.Length, first.Select(i => i.SeriesInstanceUid).Distinct().Count());
        Assert.Equal(["0", "50", "400", "800"], first.Skip(1).Take(4).Select(i => $"{i.Dataset.GetDouble(DicomTags.DiffusionBValue)}"));
        Assert.Equal(["DERIVED", "PRIMARY", "DIFFUSION", "ADC"], first[5].Dataset.GetStrings(DicomTags.ImageType));
        Assert.True(first[0].Dataset.GetDouble(DicomTags.EchoTime) > 60, "T2 weighting");
    }

    private IEnumerable<(string Center, string Folder)> Studies() =>
        from center in Directory.EnumerateDirectories(registry.Folder).Order()
        from patient in Directory.EnumerateDirectories(center).Order()
        from study in Directory.EnumerateDirectories(patient).Order()
        select (Path.GetFileName(center), study);

    private static string FirstFile(string series) => Directory.EnumerateFiles(series).Order().First();

    private static (SeriesVolume Series, Segmentation Segments) Load(string study, string series, string segmentation)
    {
        SeriesVolume volume = SeriesVolume.Read([.. Directory.EnumerateFiles(Directory.EnumerateDirectories(study, series).Single()).Select(DicomFile.Read)]);
        string file = FirstFile(Directory.EnumerateDirectories(study, segmentation).Single());
        return (volume, Segmentation.Read(DicomFile.Read(file), volume.Volume.Geometry, volume.FrameOfReferenceUid));
    }

    private static Volume<byte> Mask(Segmentation segments, string label) => segments.Segments.Single(s => s.Label == label).Mask;

    /// <summary>A registry that is written once for all tests here.</summary>
    public sealed class Registry : IAsyncLifetime
    {
        private readonly DirectoryInfo _scratch = Directory.CreateTempSubdirectory("hcc-synth-");

        public SyntheticRegistryOptions Options { get; } = new() { Patients = 8, Centers = 4, Seed = 1, MatrixX = 64, MatrixY = 64, MatrixZ = 16 };

        public string Folder => _scratch.FullName;

        public async ValueTask InitializeAsync() => await SyntheticRegistry.WriteAsync(Options, Folder);

        public ValueTask DisposeAsync()
        {
            _scratch.Delete(recursive: true);
            return ValueTask.CompletedTask;
        }
    }
}
