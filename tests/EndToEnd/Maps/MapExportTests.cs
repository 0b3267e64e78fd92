using System.Text.Json;
using HccPipeline.Imaging;
using HccPipeline.Testing;
using Xunit;

namespace HccPipeline.EndToEnd.Maps;

/// <summary><c>hcc maps</c> on a study of the registry, against what the command without a registry gives and what other readers find.</summary>
public sealed class MapExportTests(StudyMaps maps) : IClassFixture<StudyMaps>
{
    /// <summary>Prints what another reader (pydicom) finds in maps, and where the images of a series lie.</summary>
    private const string Script = """
        import glob, json, struct, sys, pydicom
        def code(item):
            return [item.CodeValue if "CodeValue" in item else item.LongCodeValue, item.CodingSchemeDesignator]
        found = {"maps": {}, "images": {}}
        for series in ("T2", "ADC"):
            images = [pydicom.dcmread(f, stop_before_pixels=True) for f in glob.glob(sys.argv[2] + "/0*" + series.lower().replace("adc", "ADC") + "*/*.dcm")]
            images.sort(key=lambda i: i.ImagePositionPatient[2])
            found["images"][series] = [[float(v) for v in i.ImagePositionPatient] + [float(v) for v in i.ImageOrientationPatient] + [float(v) for v in i.PixelSpacing] for i in images]
        for name in sys.argv[3:]:
            ds = pydicom.dcmread(sys.argv[1] + "/" + name + ".dcm")
            shared = ds.SharedFunctionalGroupsSequence[0]
            mapping = shared.RealWorldValueMappingSequence[0]
            common = [float(v) for v in shared.PlaneOrientationSequence[0].ImageOrientationPatient] + [float(v) for v in shared.PixelMeasuresSequence[0].PixelSpacing]
            count = ds.NumberOfFrames * ds.Rows * ds.Columns
            found["maps"][name] = {
                "values": [None if v != v else format(v, ".9g") for v in struct.unpack("<%df" % count, ds.FloatPixelData)],
                "shape": [ds.Columns, ds.Rows, ds.NumberOfFrames],
                "frames": [[float(v) for v in f.PlanePositionSequence[0].ImagePositionPatient] + common for f in ds.PerFrameFunctionalGroupsSequence],
                "unit": code(mapping.MeasurementUnitsCodeSequence[0]),
                "quantity": code(mapping.QuantityDefinitionSequence[0].ConceptCodeSequence[0]),
                "study": ds.StudyInstanceUID, "series": ds.SeriesInstanceUID, "class": ds.SOPClassUID.name,
                "sources": sum(len(f.DerivationImageSequence[0].SourceImageSequence) for f in ds.PerFrameFunctionalGroupsSequence),
            }
        json.dump(found, sys.stdout)
        """;

    private static readonly Dictionary<string, (string Unit, string Quantity, string Scheme)> Coded = new(StringComparer.Ordinal)
    {
        ["T2_SIR"] = ("1", "SIR", "99HCC"),
        ["T2_original_firstorder_Mean"] = ("[arb'U]", "Q4LE", "IBSI"),
        ["T2_original_firstorder_TotalEnergy"] = ("[arb'U]", "firstorder_TotalEnergy", "99HCC"),
        ["T2_original_glcm_JointEntropy"] = ("1", "TU9B", "IBSI"),
        ["ADC_ADC"] = ("10*-3.mm2/s", "113041", "DCM"),
        ["ADC_original_firstorder_Variance"] = ("10*-6.mm4/s2", "ECT3", "IBSI"),
        ["ADC_original_firstorder_Entropy"] = ("bit", "TLU2", "IBSI"),
    };

    [Fact]
    public async Task Export_NiftiOfT2_IsWhatExtractGivesOfTheSameFiles()
    {
        string expected = maps.NewFolder("extract");
        await StudyMaps.RunAsync(
            "extract", "--voxel", "--image", SeriesFolder("_t2_"), "--mask", Path.Combine(SeriesFolder("SEG_T2"), "IM0001.dcm"), "--label", "Lesion",
            "--features", "firstorder,glcm", "--maps", expected);

        string[] files = [.. Directory.GetFiles(expected, "*.nii.gz")];
        Assert.Equal(42, files.Length);
        Assert.All(files, file => Assert.Equal(File.ReadAllBytes(file), File.ReadAllBytes(Path.Combine(maps.Nifti, "T2_" + Path.GetFileName(file)))));
    }

    [Fact]
    public void Export_Dicom_IsWhatPydicomReads()
    {
        (int code, string output) = OtherTools.Run("/usr/bin/python3", ["-c", Script, maps.Dicom, maps.Visit, .. Coded.Keys]);
        Assert.True(code == 0, output);
        JsonElement found = JsonDocument.Parse(output).RootElement;
        foreach ((string name, (string unit, string quantity, string scheme)) in Coded)
        {
            JsonElement map = found.GetProperty("maps").GetProperty(name);
            Assert.Equal("Parametric Map Storage", map.GetProperty("class").GetString());
            Assert.Equal(maps.Run.GetProperty("studyUid").GetString(), map.GetProperty("study").GetString());
            Assert.Equal([unit, "UCUM"], Texts(map.GetProperty("unit")));
            Assert.Equal([quantity, scheme], Texts(map.GetProperty("quantity")));
            string series = name.Split('_')[0];
            (int first, int count) = SlicesOf(Nifti.Read(Path.Combine(maps.Nifti, series == "T2" ? "T2_SIR.nii.gz" : "ADC_ADC.nii.gz")));
            Volume<float> nifti = Nifti.Read(Path.Combine(maps.Nifti, $"{name}.nii.gz"));
            AssertGrid(found.GetProperty("images").GetProperty(series), Cropping.GridOf(nifti.Geometry, new(0, 0, first, nifti.Geometry.SizeX, nifti.Geometry.SizeY, count)), map);
            AssertValues(Cropping.To(nifti, new(0, 0, first, nifti.Geometry.SizeX, nifti.Geometry.SizeY, count)), map);
        }
        Assert.Equal(2, found.GetProperty("maps").EnumerateObject().Select(m => m.Value.GetProperty("series").GetString()).Distinct().Count());
    }

    [Fact]
    public void Export_EveryDicomMap_PassesDciodvfy()
    {
        string[] files = Directory.GetFiles(maps.Dicom, "*.dcm");
        Assert.Equal(Directory.GetFiles(maps.Nifti, "*.nii.gz").Select(f => Path.GetFileName(f)[..^7]).Order(), files.Select(f => Path.GetFileNameWithoutExtension(f)).Order());
        foreach (string file in files)
        {
            (_, string verdict) = OtherTools.Run("dciodvfy", file);
            Assert.Contains("ParametricMap", verdict, StringComparison.Ordinal);
            Assert.False(verdict.Contains("Error", StringComparison.Ordinal), $"{file}: {verdict}");
        }
    }

    [Fact]
    public async Task Export_Again_GivesTheSameBytes()
    {
        string again = maps.NewFolder("again");
        await StudyMaps.RunAsync("maps", "export", maps.Run.GetProperty("runId").GetString()!, "--format", "dicom", "--threads", "1", "--out", again, "--data", maps.Data);

        Assert.Equal(MapCase.Hashes(maps.Dicom).Where(f => f.Key != "maps.json"), MapCase.Hashes(again).Where(f => f.Key != "maps.json"));
    }

    [Fact]
    public async Task List_OneRun_NamesItsMaps()
    {
        string output = await StudyMaps.RunAsync("maps", "list", maps.Run.GetProperty("studyUid").GetString()!, "--data", maps.Data);

        Assert.Contains(maps.Run.GetProperty("runId").GetString()![..12], output, StringComparison.Ordinal);
        Assert.Contains("ADC_original_glcm_Contrast", output, StringComparison.Ordinal);
        Assert.Equal(maps.Run.GetProperty("boxes").GetInt64(), maps.Run.GetProperty("boxesDone").GetInt64());
    }

    [Fact]
    public async Task Export_UnknownRun_SaysWhereToLook()
    {
        (int code, string output) = await HccProcess.RunAsync(null, "maps", "export", "nosuchrun", "--out", maps.NewFolder("none"), "--data", maps.Data);

        Assert.Equal(3, code);
        Assert.Contains("hcc maps list", output, StringComparison.Ordinal);
    }

    private string SeriesFolder(string part) => Assert.Single(Directory.GetDirectories(maps.Visit), d => Path.GetFileName(d).Contains(part, StringComparison.Ordinal));

    private static string[] Texts(JsonElement array) => [.. array.EnumerateArray().Select(v => v.GetString()!)];

    /// <summary>The slices from the first to the last that a map has values on; of an indicator, these are all of the region's.</summary>
    private static (int First, int Count) SlicesOf(Volume<float> indicator)
    {
        int slice = indicator.Geometry.SizeX * indicator.Geometry.SizeY;
        int first = indicator.Voxels.IndexOfAnyExcept(0f) / slice, last = indicator.Voxels.LastIndexOfAnyExcept(0f) / slice;
        Assert.InRange(last - first + 1, 1, indicator.Geometry.SizeZ - 1);   // else the test shows nothing
        return (first, last - first + 1);
    }

    /// <summary>There is a frame for each slice of the region, where an image of the series lies, each with its own source image.</summary>
    private static void AssertGrid(JsonElement images, Geometry slices, JsonElement map)
    {
        double[][] all = [.. images.EnumerateArray().Select(Numbers)], frames = [.. map.GetProperty("frames").EnumerateArray().Select(Numbers)];
        Assert.Equal(slices.SizeZ, frames.Length);
        Assert.Equal(slices.SizeZ, map.GetProperty("sources").GetInt32());
        for (int z = 0; z < frames.Length; z++)
        {
            Vector3D position = slices.ToPatient(0, 0, z);
            Assert.All(frames[z].Zip((double[])[position.X, position.Y, position.Z]), v => Assert.Equal(v.Second, v.First, 1e-3));
            Assert.Contains(all, image => image.Zip(frames[z]).All(v => Math.Abs(v.First - v.Second) < 1e-6));
        }

        static double[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(v => v.GetDouble())];
    }

    /// <summary>Inside the region the values of the other format, outside nothing.</summary>
    private static void AssertValues(Volume<float> nifti, JsonElement map)
    {
        Assert.Equal([nifti.Geometry.SizeX, nifti.Geometry.SizeY, nifti.Geometry.SizeZ], map.GetProperty("shape").EnumerateArray().Select(v => v.GetInt32()));
        int inside = 0, at = 0;
        foreach (JsonElement value in map.GetProperty("values").EnumerateArray())
        {
            float expected = nifti.Voxels[at++];
            if (value.ValueKind == JsonValueKind.Null)
            {
                Assert.Equal(0, expected);
                continue;
            }
            inside++;
            Assert.Equal(expected, float.Parse(value.GetString()!, System.Globalization.CultureInfo.InvariantCulture));
        }
        Assert.Equal(at, nifti.Voxels.Length);
        Assert.InRange(inside, 50, at / 10);
    }
}
