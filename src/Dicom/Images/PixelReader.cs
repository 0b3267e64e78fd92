using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace HccPipeline.Dicom;

/// <summary>Takes native grey pixels apart.</summary>
internal static class PixelReader
{
    /// <summary>Refuses what is not a grey image with whole-byte samples.</summary>
    /// <exception cref="DicomFileException">No pixels, or pixels of another kind.</exception>
    public static PixelLayout RequireGrey(DicomDataset dataset)
    {
        RequirePixels(dataset);
        PixelLayout layout = PixelLayout.Of(dataset);
        string photometric = dataset.GetStringOr(DicomTags.PhotometricInterpretation, "MONOCHROME2");
        if (layout.SamplesPerPixel != 1 || layout.BitsAllocated is 1 or 64 || !photometric.StartsWith("MONOCHROME", StringComparison.Ordinal))
        {
            throw new DicomFileException(DicomFault.UnsupportedPixels,
                $"The pixels are {photometric} with {layout.SamplesPerPixel} samples of {layout.BitsAllocated} bits; only grey images of 8, 16 or 32 bits are read. Use the original series, not a screen capture.");
        }
        if (dataset.GetIntOr(DicomTags.HighBit, layout.BitsStored - 1) != layout.BitsStored - 1)
            throw new DicomFileException(DicomFault.UnsupportedPixels, "The stored bits are not the lowest ones of each sample; write the images again with a current program.");
        PixelLayout.RequireComplete(dataset);
        return layout;
    }

    /// <summary>Refuses an object without pixels.</summary>
    /// <exception cref="DicomFileException"><see cref="DicomFault.NoPixelData"/>.</exception>
    public static void RequirePixels(DicomDataset dataset)
    {
        if (dataset.Find(DicomTags.PixelData) is not { IsEmpty: false })
            throw new DicomFileException(DicomFault.NoPixelData, "The object has no pixel data (7FE0,0010); export the images themselves, not only their headers.");
    }

    /// <summary>Samples of one frame times slope plus intercept, computed in double.</summary>
    public static void ReadScaled(DicomDataset dataset, in PixelLayout layout, int frame, double slope, double intercept, Span<float> target)
    {
        int size = layout.BitsAllocated / 8;
        ReadOnlySpan<byte> bytes = dataset.Find(DicomTags.PixelData)!.Value.Span.Slice(checked(frame * layout.FrameSamples * size), layout.FrameSamples * size);
        int unused = 32 - layout.BitsStored;
        // Bits above the stored ones may hold overlays or rubbish: shift them out, with the sign where there is one.
        for (int i = 0; i < target.Length; i++)
        {
            uint raw = size switch
            {
                1 => bytes[i],
                2 => BinaryPrimitives.ReadUInt16LittleEndian(bytes[(2 * i)..]),
                _ => BinaryPrimitives.ReadUInt32LittleEndian(bytes[(4 * i)..]),
            } << unused;
            double value = layout.IsSigned ? (int)raw >> unused : raw >> unused;
            target[i] = (float)(value * slope + intercept);
        }
    }

    /// <summary>Samples of one frame as unsigned integers; single bits are unpacked to 0 and 1.</summary>
    public static void ReadUnsigned(DicomDataset dataset, in PixelLayout layout, int frame, Span<ushort> target)
    {
        ReadOnlySpan<byte> bytes = dataset.Find(DicomTags.PixelData)!.Value.Span;
        int count = layout.FrameSamples;
        if (layout.BitsAllocated == 1)
        {
            long bit = (long)frame * count;
            for (int i = 0; i < count; i++, bit++)
                target[i] = (ushort)((bytes[(int)(bit >> 3)] >> (int)(bit & 7)) & 1);
        }
        else if (layout.BitsAllocated == 8)
        {
            bytes = bytes.Slice(frame * count, count);
            for (int i = 0; i < count; i++)
                target[i] = bytes[i];
        }
        else
        {
            MemoryMarshal.Cast<byte, ushort>(bytes.Slice(2 * frame * count, 2 * count)).CopyTo(target);
        }
    }
}
