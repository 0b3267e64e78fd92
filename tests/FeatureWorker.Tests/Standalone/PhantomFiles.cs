using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using HccPipeline.Dicom;
using HccPipeline.Imaging;

namespace HccPipeline.FeatureWorker.Tests.Standalone;

/// <summary>One oblique image and its mask in a folder, in every format.</summary>
internal sealed class PhantomFiles : IDisposable
{
    public const string Frame = "2.25.900";

    private static readonly StudyDescription Study = new() { PatientId = "P", StudyInstanceUid = "2.25.800", StudyDate = new(2023, 5, 1) };
    private readonly string _folder = Directory.CreateTempSubdirectory("hcc-extract-").FullName;

    public static Geometry Grid { get; } = new()
    {
        SizeX = 14, SizeY = 11, SizeZ = 7, SpacingMm = new(0.7, 0.7, 3.3), Origin = new(-10.5, 20.25, 30.125), XAxis = new(0.8, 0.6, 0), YAxis = new(-0.6, 0.8, 0),
    };

    public static Volume<float> Image { get; } = Filled();

    /// <summary>Label 1: an ellipsoid; label 2: a box beside it.</summary>
    public static Volume<byte> Labels { get; } = Labelled();

    public string PathOf(string name) => Path.Combine(_folder, name);

    /// <summary>Writes the image as a folder of DICOM files with names in an order of their own.</summary>
    public (string Folder, IReadOnlyList<DicomInstance> Instances) DicomImage(string name = "dicom", Volume<float>? image = null)
    {
        MrSeriesDescription series = new() { SeriesInstanceUid = "2.25.1", FrameOfReferenceUid = Frame, SeriesNumber = 1, Description = "made", Equipment = new("ACME", "M") };
        IReadOnlyList<DicomInstance> instances = MrImageWriter.Create(Study, series, image ?? Image);
        string folder = Directory.CreateDirectory(PathOf(name)).FullName;
        for (int i = 0; i < instances.Count; i++)
            DicomFile.Write(instances[i].Dataset, Path.Combine(folder, $"{i * 5 % 7}.dcm"));
        return (folder, instances);
    }

    /// <summary>Writes both labels as segments of one DICOM segmentation of a series.</summary>
    public string DicomSegmentation(IReadOnlyList<DicomInstance> of, params Volume<byte>[] masks)
    {
        SegmentationDescription description = new()
        {
            SeriesInstanceUid = "2.25.3", SopInstanceUid = "2.25.3.1", DimensionOrganizationUid = "2.25.3.2", SeriesNumber = 2, Description = "made", Equipment = new("ACME", "M"),
        };
        string path = PathOf("seg.dcm");
        DicomFile.Write(SegmentationWriter.Create(Study, description, of,
            [.. masks.Select((m, i) => new SegmentToWrite(i == 0 ? "Lesion" : $"Other {i}", CodedConcept.Tissue, CodedConcept.Mass, m))]).Dataset, path);
        return path;
    }

    public string Nifti<T>(string name, Volume<T> volume) where T : unmanaged
    {
        Imaging.Nifti.Write(PathOf(name), volume);
        return PathOf(name);
    }

    /// <summary>An NRRD file as other programs write it: raw, LPS, directions in full.</summary>
    public string Nrrd<T>(string name, Volume<T> volume, string type) where T : unmanaged
    {
        Geometry g = volume.Geometry;
        string V(Vector3D v) => string.Create(CultureInfo.InvariantCulture, $"({v.X:R},{v.Y:R},{v.Z:R})");
        string header = string.Create(CultureInfo.InvariantCulture,
            $"NRRD0004\ntype: {type}\ndimension: 3\nspace: left-posterior-superior\nsizes: {g.SizeX} {g.SizeY} {g.SizeZ}\nspace directions: {V(g.XAxis * g.SpacingMm.X)} {V(g.YAxis * g.SpacingMm.Y)} {V(g.ZAxis * g.SpacingMm.Z)}\nkinds: domain domain domain\nendian: little\nencoding: raw\nspace origin: {V(g.Origin)}\n\n");
        File.WriteAllBytes(PathOf(name), [.. Encoding.ASCII.GetBytes(header), .. MemoryMarshal.AsBytes(volume.Voxels)]);
        return PathOf(name);
    }

    public static Volume<byte> MaskOf(int label)
    {
        Volume<byte> mask = new(Grid);
        for (int i = 0; i < mask.Voxels.Length; i++)
            mask.Voxels[i] = Labels.Voxels[i] == label ? (byte)1 : (byte)0;
        return mask;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static Volume<float> Filled()
    {
        Volume<float> image = new(Grid);
        for (int i = 0; i < image.Voxels.Length; i++)
            image.Voxels[i] = 100 + i * 7919 % 613;
        return image;
    }

    private static Volume<byte> Labelled()
    {
        Volume<byte> labels = new(Grid);
        for (int z = 0; z < Grid.SizeZ; z++)
        {
            for (int y = 0; y < Grid.SizeY; y++)
            {
                for (int x = 0; x < Grid.SizeX; x++)
                {
                    double a = (x - 5) / 4.0, b = (y - 5) / 4.0, c = (z - 3) / 2.5;
                    labels[x, y, z] = a * a + b * b + c * c <= 1 ? (byte)1 : x >= 11 && z is > 1 and < 5 ? (byte)2 : (byte)0;
                }
            }
        }
        return labels;
    }
}
