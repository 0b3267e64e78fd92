using System.Text;
using HccPipeline.Dicom;
using HccPipeline.Hosting;
using HccPipeline.Imaging;

namespace HccPipeline.FeatureWorker.Maps;

/// <summary>Maps of one image as DICOM parametric maps of the slices that its region touches, float32, NaN outside it: one object a map, all of one sequence in one series.</summary>
/// <param name="folder">Where to write.</param>
/// <param name="runId">Key of the run: the same run gives the same objects.</param>
/// <param name="maps">The maps of the series.</param>
/// <param name="source">The series.</param>
/// <param name="codes">Codes of a map.</param>
internal sealed class ParametricMapFiles(string folder, string runId, SeriesMaps maps, SourceSeries source, Func<string, MapCodes> codes) : IMapWriter
{
    private const int FirstSeriesNumber = 9001, LongestText = 64;
    private readonly List<string> _names = [.. maps.Names];

    public string Write(string name, Volume<double> map)
    {
        string own = maps.Prefix + name, file = $"{own}.dcm", partial = Path.Combine(folder, $".{own}.partial.dcm");
        MapCodes code = codes(name);
        ParametricMapDescription description = new()
        {
            SeriesInstanceUid = Uid("series"),
            SopInstanceUid = Uid($"map {own}"),
            DimensionOrganizationUid = Uid($"dimensions {own}"),
            SeriesNumber = FirstSeriesNumber + (maps.Source is { } work ? (int)work.Sequence : 0),
            InstanceNumber = _names.IndexOf(own) + 1,
            Description = $"{maps.Sequence} voxel maps",
            Equipment = new("HccPipeline", "hcc", SoftwareVersion: ProgramVersion.Current),
            Quantity = code.Quantity,
            Unit = code.Unit,
            Derivation = code.Derivation,
            Label = own[..Math.Min(own.Length, LongestText)],
            PaddingValue = double.NaN,
        };
        DicomInstance instance = ParametricMapWriter.Create(StudyDescription.Of(source.Image.Dataset), description, Reference(), ToSingle(map));
        DicomFile.Write(instance.Dataset, partial);
        File.Move(partial, Path.Combine(folder, file), overwrite: true);
        return file;
    }

    /// <summary>A map must name a frame of reference; where its series has none, its own.</summary>
    private ParametricMapSource Reference() => source.Reference.FrameOfReferenceUid.Length > 0
        ? source.Reference
        : source.Reference with { FrameOfReferenceUid = Uid("frame of reference") };

    /// <summary>Objects of the region's slices: earlier versions of the program wrote all slices, and one UID means one content.</summary>
    private string Uid(string what) => DicomUid.FromHmac(Encoding.UTF8.GetBytes(runId), $"{maps.Sequence} slices {what}");

    private static Volume<float> ToSingle(Volume<double> map)
    {
        Volume<float> single = new(map.Geometry);
        for (int i = 0; i < map.Voxels.Length; i++)
            single.Voxels[i] = (float)map.Voxels[i];
        return single;
    }
}
