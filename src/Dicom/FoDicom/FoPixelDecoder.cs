using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using FellowOakDicom.Imaging;
using FellowOakDicom.Imaging.Codec;
using FellowOakDicom.IO.Buffer;
using Fo = FellowOakDicom;

namespace HccPipeline.Dicom.FoDicom;

/// <summary>Decodes compressed pixels with the codecs of fo-dicom's own assembly and puts them into a dataset as native ones.</summary>
internal sealed class FoPixelDecoder
{
    private readonly DefaultTranscoderManager _codecs = new();

    /// <summary>Asks which codecs there are.</summary>
    public FoPixelDecoder() => TransferSyntaxes =
    [
        .. Fo.DicomTransferSyntax.KnownEntries.Where(s => s.IsEncapsulated && _codecs.HasCodec(s)).Select(s => s.UID.UID).Order(StringComparer.Ordinal),
    ];

    /// <summary>What can be decoded.</summary>
    public IReadOnlyList<string> TransferSyntaxes { get; }

    /// <summary>Decodes the pixels; samples come out interleaved.</summary>
    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "The codecs answer damaged frames with whatever their code runs into.")]
    public void Decode(EncodedDataset encoded, DicomDataset dataset)
    {
        PixelLayout layout = PixelLayout.Of(dataset);
        byte[] native;
        try
        {
            native = DecodeFrames(encoded, layout);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            throw new DicomFileException(DicomFault.Damaged, $"The compressed pixels can't be decoded ({e.Message}); copy the file again from its source.", e);
        }
        dataset.SetBytes(DicomTags.PixelData, layout.BitsAllocated > 8 ? DicomVr.OW : DicomVr.OB, native);
        if (layout.SamplesPerPixel > 1)
            dataset.SetNumber(DicomTags.PlanarConfiguration, 0);
    }

    private byte[] DecodeFrames(EncodedDataset encoded, in PixelLayout layout)
    {
        Fo.DicomTransferSyntax syntax = Fo.DicomTransferSyntax.Parse(encoded.TransferSyntaxUid);
        IDicomCodec codec = _codecs.GetCodec(syntax);
        DicomPixelData all = DicomPixelData.Create(Describe(syntax, layout, layout.Frames).Add(Fragments(encoded)));
        int size = checked(layout.FrameSamples * (layout.BitsAllocated / 8));
        byte[] native = new byte[checked(size * layout.Frames)];
        // One by one: the codecs pad each frame to an even length, and one after the other they would not lie where they are looked for.
        for (int frame = 0; frame < layout.Frames; frame++)
        {
            DicomPixelData compressed = DicomPixelData.Create(Describe(syntax, layout, 1), newPixelData: true);
            compressed.AddFrame(all.GetFrame(frame));
            DicomPixelData decoded = DicomPixelData.Create(Describe(Fo.DicomTransferSyntax.ExplicitVRLittleEndian, layout, 1), newPixelData: true);
            codec.Decode(compressed, decoded, null);
            decoded.GetFrame(0).Data.AsSpan(0, size).CopyTo(native.AsSpan(frame * size));
        }
        return native;
    }

    private static Fo.DicomDataset Describe(Fo.DicomTransferSyntax syntax, in PixelLayout layout, int frames) => new Fo.DicomDataset(syntax)
        .Add(Fo.DicomTag.Columns, (ushort)layout.Columns)
        .Add(Fo.DicomTag.Rows, (ushort)layout.Rows)
        .Add(Fo.DicomTag.NumberOfFrames, frames)
        .Add(Fo.DicomTag.SamplesPerPixel, (ushort)layout.SamplesPerPixel)
        .Add(Fo.DicomTag.PlanarConfiguration, (ushort)0)
        .Add(Fo.DicomTag.PhotometricInterpretation, layout.SamplesPerPixel == 1 ? "MONOCHROME2" : "RGB")
        .Add(Fo.DicomTag.BitsAllocated, (ushort)layout.BitsAllocated)
        .Add(Fo.DicomTag.BitsStored, (ushort)layout.BitsStored)
        .Add(Fo.DicomTag.HighBit, (ushort)(layout.BitsStored - 1))
        .Add(Fo.DicomTag.PixelRepresentation, (ushort)(layout.IsSigned ? 1 : 0));

    private static Fo.DicomOtherByteFragment Fragments(EncodedDataset encoded)
    {
        Fo.DicomOtherByteFragment fragments = new(Fo.DicomTag.PixelData);
        ReadOnlySpan<byte> offsets = encoded.Bytes.Span[encoded.Fragments[0]];
        foreach (uint offset in MemoryMarshal.Cast<byte, uint>(offsets))
            fragments.OffsetTable.Add(offset);
        foreach (Range range in encoded.Fragments.Skip(1))
            fragments.Fragments.Add(new MemoryByteBuffer(encoded.Bytes[range].ToArray()));
        return fragments;
    }
}
