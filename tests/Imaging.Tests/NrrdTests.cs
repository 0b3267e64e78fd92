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
