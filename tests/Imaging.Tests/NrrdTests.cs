using System.IO.Compression;
using System.Text;

namespace HccPipeline.Imaging.Tests;

public sealed class NrrdTests
{
    private static Volume<float> Read(string header, byte[] data)
    {
        using MemoryStream stream = new([.. Encoding.ASCII.GetBytes(header), .. data]);
        return Nrrd.Read(stream);
    }

    private static string Header(string space, string endian, string encoding) =>
        $"NRRD0005\n# comment\ntype: short\ndimension: 3\nspace: {space}\nsizes: 2 2 1\n" +
        "space directions: (0,2,0) (-3,0,0) (0,0,4)\nkinds: domain domain domain\n" +
        $"endian: {endian}\nencoding: {encoding}\nspace origin: (10,20,30)\nkey:=value: x\n\n";

    [Fact]
    public void Read_RawLittleEndian_GivesVoxelsAndGrid()
    {
        Volume<float> v = Read(Header("left-posterior-superior", "little", "raw"), [1, 0, 2, 0, 0xFF, 0xFF, 4, 1]);
        Assert.Equal([1, 2, -1, 260], v.Voxels.ToArray());
        Assert.Equal(new Vector3D(2, 3, 4), v.Geometry.SpacingMm);
        Assert.Equal(new Vector3D(10, 20, 30), v.Geometry.Origin);
        Assert.Equal(0, (v.Geometry.ToPatient(1, 1, 0) - new Vector3D(7, 22, 30)).Length, 1e-12);
    }

    [Fact]
    public void Read_GzipBigEndianRas_TurnsToLps()
    {
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionMode.Compress))
            gzip.Write([0, 1, 0, 2, 0xFF, 0xFF, 1, 4]);
        Volume<float> v = Read(Header("RAS", "big", "gzip"), packed.ToArray());
        Assert.Equal([1, 2, -1, 260], v.Voxels.ToArray());
        Assert.Equal(0, (v.Geometry.ToPatient(1, 1, 0) - new Vector3D(-7, -22, 30)).Length, 1e-12);
    }

    /// <summary>Segments that overlap: two components of each voxel, as 3D Slicer writes them.</summary>
    [Fact]
    public void Read_ListOfComponents_GivesTheOneAskedFor()
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path,
            [
                .. Encoding.ASCII.GetBytes("NRRD0005\ntype: unsigned char\ndimension: 4\nspace: left-posterior-superior\nsizes: 2 2 1 1\n" +
                    "space directions: none (2,0,0) (0,3,0) (0,0,4)\nkinds: list domain domain domain\nencoding: raw\nspace origin: (0,0,0)\n\n"),
                1, 20, 3, 40,
            ]);

            Assert.Equal([1, 3], Nrrd.Read(path).Voxels.ToArray());
            Volume<float> second = Nrrd.Read(path, channel: 1);
            Assert.Equal([20, 40], second.Voxels.ToArray());
            Assert.Equal((new Vector3D(2, 3, 4), true), (second.Geometry.SpacingMm, second.StoredWhole!.Value));
            Assert.Contains("no component 2", Assert.Throws<ImageFormatException>(() => Nrrd.Read(path, channel: 2)).Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Read_UnknownEncoding_IsNamed()
    {
        ImageFormatException e = Assert.Throws<ImageFormatException>(() => Read(Header("LPS", "little", "bzip2"), []));
        Assert.Contains("bzip2", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_CutShort_IsRefused() =>
        Assert.Throws<ImageFormatException>(() => Read(Header("LPS", "little", "raw"), [1, 0]));
}
