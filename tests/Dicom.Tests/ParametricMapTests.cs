using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using HccPipeline.Imaging;
using HccPipeline.Testing;

namespace HccPipeline.Dicom.Tests;

public sealed class ParametricMapTests
{
    /// <summary>Prints what another reader (pydicom) finds in a map.</summary>
    private const string Script = """
        import json, sys, struct, pydicom
        ds = pydicom.dcmread(sys.argv[1])
        raw, code = (ds.FloatPixelData, "f") if "FloatPixelData" in ds else (ds.DoubleFloatPixelData, "d")
        count = ds.NumberOfFrames * ds.Rows * ds.Columns
        shared = ds.SharedFunctionalGroupsSequence[0]
        mapping = shared.RealWorldValueMappingSequence[0]
        json.dump({
            "values": [format(v, ".17g") for v in struct.unpack("<%d%s" % (count, code), raw)],
            "shape": [ds.NumberOfFrames, ds.Rows, ds.Columns],
            "positions": [[float(v) for v in f.PlanePositionSequence[0].ImagePositionPatient] for f in ds.PerFrameFunctionalGroupsSequence],
            "sources": [[i.ReferencedSOPInstanceUID for i in f.DerivationImageSequence[0].SourceImageSequence] if "DerivationImageSequence" in f else [] for f in ds.PerFrameFunctionalGroupsSequence],
            "sharedSources": len(shared.DerivationImageSequence[0].SourceImageSequence) if "DerivationImageSequence" in shared else 0,
            "unit": mapping.MeasurementUnitsCodeSequence[0].CodeValue,
            "quantity": mapping.QuantityDefinitionSequence[0].ConceptCodeSequence[0].CodeMeaning,
            "class": ds.SOPClassUID.name, "patient": str(ds.PatientName), "series": ds.SeriesInstanceUID,
        }, sys.stdout)
        """;

    private static readonly Geometry Grid = Samples.ObliqueGrid();
    private static readonly IReadOnlyList<DicomInstance> Images = MrImageWriter.Create(Samples.Study(), Samples.Series(), Samples.Ramp(Grid));

    [Fact]
    public void Create_FloatMapOfTheSourceGrid_IsWhatPydicomReads()
    {
        Volume<float> map = new(Grid);
        for (int i = 0; i < map.Voxels.Length; i++)
            map.Voxels[i] = i % 5 == 0 ? float.NaN : (float)Math.Exp(Math.Sin(i) * 20);
        DicomInstance instance = ParametricMapWriter.Create(StudyDescription.Of(Images[0].Dataset), Description() with { PaddingValue = double.NaN }, Source(), map);

        JsonElement read = ReadByPydicom(instance);

        Assert.Equal(map.Voxels.ToArray().Select(v => (double)v), Values(read));
        Assert.Equal([Grid.SizeZ, Grid.SizeY, Grid.SizeX], read.GetProperty("shape").EnumerateArray().Select(v => v.GetInt32()));
        Assert.Equal(Images.Select(i => i.SopInstanceUid), read.GetProperty("sources").EnumerateArray().Select(v => Assert.Single(v.EnumerateArray()).GetString()));
        Assert.Equal(0, read.GetProperty("sharedSources").GetInt32());
        Assert.Equal("Parametric Map Storage", read.GetProperty("class").GetString());
        Assert.Equal(("um2/s", "Apparent Diffusion Coefficient"), (read.GetProperty("unit").GetString(), read.GetProperty("quantity").GetString()));
        Assert.Equal(("Müller^Jörg", Samples.Uid("map series")), (read.GetProperty("patient").GetString(), read.GetProperty("series").GetString()));
        AssertPositions(Grid, read);
    }

    [Fact]
    public void Create_DoubleMapOfAnotherGrid_IsWhatPydicomReads()
    {
        Geometry finer = Grid with { SizeX = 11, SizeY = 7, SizeZ = 9, SpacingMm = new(1, 1, 1), Origin = Grid.ToPatient(2.5, 3, 0.5) };
        Volume<double> map = new(finer);
        for (int i = 0; i < map.Voxels.Length; i++)
            map.Voxels[i] = 1.0 / (i + 3) - 0.1;
        DicomInstance instance = ParametricMapWriter.Create(Samples.Study(), Description(), Source(), map);

        JsonElement read = ReadByPydicom(instance);

        Assert.Equal(map.Voxels.ToArray(), Values(read));
        Assert.Equal([9, 7, 11], read.GetProperty("shape").EnumerateArray().Select(v => v.GetInt32()));
        Assert.Equal(Images.Count, read.GetProperty("sharedSources").GetInt32());
        AssertPositions(finer, read);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Create_Map_PassesDciodvfyAndDcmdump(bool otherGrid)
    {
        Geometry grid = otherGrid ? Grid with { SizeZ = 3, SpacingMm = new(2, 2, 2) } : Grid;
        DicomInstance map = ParametricMapWriter.Create(Samples.Study(), Description() with { PaddingValue = -1 }, Source(), Samples.Ramp(grid));

        WriterConformanceTests.AssertConforms(map);
    }

    [Fact]
    public void Create_ReadBack_IsTheSameDataset()
    {
        DicomInstance map = ParametricMapWriter.Create(Samples.Study(), Description(), Source(), Samples.Ramp(Grid));

        byte[] file = DicomFile.ToBytes(map.Dataset);

        DatasetAssert.Equal(map.Dataset, DicomFile.Read(file).Dataset);
        Assert.Equal(
            MemoryMarshal.AsBytes(Samples.Ramp(Grid).Voxels).ToArray(), DicomFile.Read(file).Dataset.Find(DicomTags.FloatPixelData)!.Value.ToArray());
    }

    [Fact]
    public void Create_NothingButNaN_SaysARangeOfZero()
    {
        Volume<float> map = new(Grid);
        map.Voxels.Fill(float.NaN);

        DicomDataset mapping = ParametricMapWriter.Create(Samples.Study(), Description(), Source(), map).Dataset
            .GetItem(DicomTags.SharedFunctionalGroupsSequence).GetItem(DicomTags.RealWorldValueMappingSequence);

        Assert.Equal(0, mapping.GetDouble(DicomTags.DoubleFloatRealWorldValueFirstValueMapped));
        Assert.Equal(0, mapping.GetDouble(DicomTags.DoubleFloatRealWorldValueLastValueMapped));
    }

    private static ParametricMapSource Source() => ParametricMapSource.Of(Images[0], SeriesVolume.Read(Images));

    private static ParametricMapDescription Description() => new()
    {
        SeriesInstanceUid = Samples.Uid("map series"),
        SopInstanceUid = Samples.Uid("map"),
        DimensionOrganizationUid = Samples.Uid("map dimensions"),
        SeriesNumber = 200,
        Description = "ADC",
        Equipment = new("HccPipeline", "maps"),
        Quantity = new("113041", "DCM", "Apparent Diffusion Coefficient"),
        Unit = new("um2/s", "UCUM", "um2/s"),
        Label = "Apparent diffusion coefficient",
        Derivation = CodedConcept.DiffusionImageAnalysis,
    };

    private static JsonElement ReadByPydicom(DicomInstance instance)
    {
        using Scratch scratch = new();
        string path = scratch.File("map.dcm");
        DicomFile.Write(instance.Dataset, path);
        (int exitCode, string output) = OtherTools.Run("/usr/bin/python3", "-c", Script, path);
        Assert.True(exitCode == 0, output);
        using JsonDocument document = JsonDocument.Parse(output);
        return document.RootElement.Clone();
    }

    private static IEnumerable<double> Values(JsonElement read) =>
        read.GetProperty("values").EnumerateArray().Select(v => v.GetString() == "nan" ? double.NaN : double.Parse(v.GetString()!, CultureInfo.InvariantCulture));

    private static void AssertPositions(Geometry grid, JsonElement read)
    {
        double[][] positions = [.. read.GetProperty("positions").EnumerateArray().Select(p => p.EnumerateArray().Select(v => v.GetDouble()).ToArray())];
        Assert.Equal(grid.SizeZ, positions.Length);
        for (int z = 0; z < positions.Length; z++)
            Assert.InRange((grid.ToPatient(0, 0, z) - new Vector3D(positions[z][0], positions[z][1], positions[z][2])).Length, 0, 1e-6);
    }
}
