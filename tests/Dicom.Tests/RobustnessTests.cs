using System.Text;

namespace HccPipeline.Dicom.Tests;

/// <summary>Whatever the bytes, reading ends in a dataset or in a <see cref="DicomFileException"/>, never in the end of the process.</summary>
public sealed class RobustnessTests
{
    private static readonly string[] Names =
        ["native", "implicit", "big-endian", "deflated", "rle", "jpeg-lossless", "jpeg-extended", "jpegls-lossless", "jpeg2000-lossless", "jpeg2000"];

    [Fact]
    public void Read_TextAndNothing_IsNotDicom()
    {
        Assert.Equal(DicomFault.NotDicom, Fault([]));
        Assert.Equal(DicomFault.NotDicom, Fault(Encoding.ASCII.GetBytes(new string('x', 5000))));
        Assert.Equal(DicomFault.NotDicom, Fault(EncodingTests.Bytes("native")[..131]));
    }

    [Fact]
    public void Read_MissingFile_SaysSo()
    {
        using Scratch scratch = new();
        Assert.Equal(DicomFault.Unreadable, Assert.Throws<DicomFileException>(() => DicomFile.Read(scratch.File("absent.dcm"))).Fault);
    }

    [Theory]
    [InlineData("native")]
    [InlineData("implicit")]
    [InlineData("big-endian")]
    [InlineData("rle")]
    public void Read_CutAnywhere_IsNeverTakenForWhole(string name)
    {
        byte[] file = EncodingTests.Bytes(name);
        Assert.True(DicomFile.Read(file).HasPixelData);
        for (int length = 132; length < file.Length; length++)
        {
            byte[] cut = file[..length];
            try
            {
                // Between two elements a file looks whole; it must then lack its pixels, which come last.
                Assert.False(DicomFile.Read(cut).HasPixelData);
            }
            catch (DicomFileException e)
            {
                Assert.True(e.Fault is DicomFault.Truncated, $"{length}: {e.Message}");
            }
        }
    }

    [Fact]
    public void Read_MutatedBytes_EndsInADatasetOrAnError()
    {
        int refused = 0;
        foreach (string name in Names)
        {
            byte[] original = EncodingTests.Bytes(name);
            for (int seed = 0; seed < 250; seed++)
            {
                try
                {
                    DicomFile.ToBytes(DicomFile.Read(Mutate(original, new Random(seed))).Dataset);
                }
                catch (DicomFileException)
                {
                    refused++;
                }
            }
        }
        Assert.InRange(refused, 1000, Names.Length * 250 - 100);
    }

    [Fact]
    public void Read_MutatedSegmentation_EndsInMasksOrAnError()
    {
        Imaging.Geometry grid = Samples.ObliqueGrid();
        byte[] original = DicomFile.ToBytes(Samples.Segmentation(MrImageWriter.Create(Samples.Study(), Samples.Series(), Samples.Ramp(grid)), grid).Dataset);
        int refused = 0;
        for (int seed = 0; seed < 500; seed++)
        {
            try
            {
                Segmentation.Read(DicomFile.Read(Mutate(original, new Random(seed))));
            }
            catch (DicomFileException)
            {
                refused++;
            }
        }
        Assert.InRange(refused, 100, 495);
    }

    [Theory]
    [InlineData("(0002,0010)", DicomFault.UnsupportedTransferSyntax)]
    [InlineData("(0008,0016)", DicomFault.Damaged)]
    public void Read_OneElementSpoilt_NamesTheFault(string tag, DicomFault expected)
    {
        byte[] file = EncodingTests.Bytes("native");
        DicomTag spoilt = DicomTag.Parse(tag);
        int at = file.AsSpan().IndexOf((ReadOnlySpan<byte>)[(byte)spoilt.Group, (byte)(spoilt.Group >> 8), (byte)spoilt.Element, (byte)(spoilt.Element >> 8), (byte)'U', (byte)'I']);
        if (expected == DicomFault.Damaged)
            file[at + 4] = (byte)'u';
        else
            file[at + 8] = (byte)'9';
        Assert.Equal(expected, Fault(file));
    }

    private static byte[] Mutate(byte[] original, Random random)
    {
        if (random.Next(5) == 0)
            return original[..random.Next(original.Length)];
        byte[] mutated = (byte[])original.Clone();
        for (int n = random.Next(1, 9); n > 0; n--)
            mutated[random.Next(132, mutated.Length)] = (byte)random.Next(256);
        return mutated;
    }

    private static DicomFault Fault(byte[] file) => Assert.Throws<DicomFileException>(() => DicomFile.Read(file)).Fault;
}
