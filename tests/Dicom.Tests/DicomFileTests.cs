using System.Security.Cryptography;
using HccPipeline.Imaging;

namespace HccPipeline.Dicom.Tests;

public sealed class DicomFileTests
{
    [Fact]
    public void ToBytes_ReadBack_GivesTheSameElements()
    {
        Geometry grid = Samples.ObliqueGrid();
        IReadOnlyList<DicomInstance> images = MrImageWriter.Create(Samples.Study(), Samples.Series(), Samples.Ramp(grid));
        foreach (DicomDataset dataset in new[] { images[0].Dataset, Samples.Segmentation(images, grid).Dataset })
        {
            DicomInstance read = DicomFile.Read(DicomFile.ToBytes(dataset));
            Assert.Equal(DicomUids.ExplicitLittleEndian, read.TransferSyntaxUid);
            DatasetAssert.Equal(dataset, read.Dataset);
        }
    }

    [Fact]
    public void ToBytes_Twice_GivesTheSameBytes()
    {
        DicomDataset dataset = MrImageWriter.Create(Samples.Study(), Samples.Series(), Samples.Ramp(Samples.ObliqueGrid()))[0].Dataset;
        Assert.Equal(DicomFile.ToBytes(dataset), DicomFile.ToBytes(dataset));
    }

    /// <summary>Whatever the encoding that the image came in, the engine and its version: files are known by their content.</summary>
    [Theory]
    [InlineData("native")]
    [InlineData("implicit")]
    [InlineData("big-endian")]
    [InlineData("deflated")]
    [InlineData("rle")]
    public void ToBytes_OfAKnownFile_GivesTheSameBytesWithEveryEngine(string name)
    {
        byte[] file = DicomFile.ToBytes(DicomFile.Read(EncodingTests.Bytes(name)).Dataset);
        Assert.Equal("374b5045f11d3ced236c0e77bcc1e074e0feda0913d387d7282532080269f4f7", Convert.ToHexStringLower(SHA256.HashData(file)));
    }

    [Fact]
    public void ReadHeader_OfAnImage_LeavesThePixelsOut()
    {
        byte[] file = DicomFile.ToBytes(MrImageWriter.Create(Samples.Study(), Samples.Series(), Samples.Ramp(Samples.ObliqueGrid()))[0].Dataset);
        DicomInstance header = DicomFile.ReadHeader(file);
        Assert.False(header.HasPixelData);
        Assert.Equal("Müller^Jörg", header.Dataset.GetString(DicomTags.PatientName));
        Assert.Equal(16, header.Dataset.GetInt(DicomTags.Rows));
        Assert.Equal(new DateOnly(1951, 3, 4), header.Dataset.GetDate(DicomTags.PatientBirthDate));
    }

    [Fact]
    public async Task ReadAndWrite_FromManyThreads_GiveTheSameAsOne()
    {
        Geometry grid = Samples.ObliqueGrid();
        IReadOnlyList<DicomInstance> images = MrImageWriter.Create(Samples.Study(), Samples.Series(), Samples.Ramp(grid));
        byte[][] files =
        [
            .. images.Append(Samples.Segmentation(images, grid)).Select(i => DicomFile.ToBytes(i.Dataset)),
            .. EncodingTests.Files.Where(f => EncodingTests.IsDecoded(f.Data.Item2)).Select(f => EncodingTests.Bytes(f.Data.Item1)),
        ];
        byte[][] expected = [.. files.Select(Rewrite)];
        await Parallel.ForAsync(0, 600, TestContext.Current.CancellationToken, (i, _) =>
        {
            Assert.Equal(expected[i % files.Length], Rewrite(files[i % files.Length]));
            return ValueTask.CompletedTask;
        });

        static byte[] Rewrite(byte[] file) => DicomFile.ToBytes(DicomFile.Read(file).Dataset);
    }

    [Theory]
    [InlineData("liver-mr")]
    [InlineData("dce-mr-seg")]
    [InlineData("soft-tissue-mr-rtstruct")]
    public void Read_PublicFiles_SurviveARoundTrip(string data)
    {
        string[] files = [.. Directory.EnumerateFiles(ConformanceData.Folder(data), "*.dcm", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Where((_, i) => i % 8 == 0)];
        Assert.NotEmpty(files);
        foreach (string file in files)
        {
            DicomDataset dataset = DicomFile.Read(file).Dataset;
            DatasetAssert.Equal(dataset, DicomFile.Read(DicomFile.ToBytes(dataset)).Dataset);
        }
    }
}
