namespace HccPipeline.Dicom;

/// <summary>How the native pixels of an object are stored (PS3.5, 8).</summary>
/// <param name="Columns">Pixels in a row.</param>
/// <param name="Rows">Rows in a frame.</param>
/// <param name="Frames">Frames in the object.</param>
/// <param name="SamplesPerPixel">1 for grey, 3 for colour.</param>
/// <param name="BitsAllocated">Bits that a sample takes.</param>
/// <param name="BitsStored">Bits of it that count, the lowest ones.</param>
/// <param name="IsSigned">Whether samples are two's complement.</param>
internal readonly record struct PixelLayout(
    int Columns, int Rows, int Frames, int SamplesPerPixel, int BitsAllocated, int BitsStored, bool IsSigned)
{
    /// <summary>Samples of one frame.</summary>
    public int FrameSamples => checked(Columns * Rows * SamplesPerPixel);

    /// <summary>Bytes that all frames take; frames of single bits follow one another without padding.</summary>
    public long ByteCount => (checked((long)FrameSamples * Frames * BitsAllocated) + 7) / 8;

    /// <summary>The layout that a dataset declares.</summary>
    /// <exception cref="DicomFileException">An attribute of the layout is missing or makes no sense.</exception>
    public static PixelLayout Of(DicomDataset dataset)
    {
        int bits = dataset.GetInt(DicomTags.BitsAllocated);
        PixelLayout layout = new(dataset.GetInt(DicomTags.Columns), dataset.GetInt(DicomTags.Rows), dataset.GetIntOr(DicomTags.NumberOfFrames, 1),
            dataset.GetIntOr(DicomTags.SamplesPerPixel, 1), bits, dataset.GetIntOr(DicomTags.BitsStored, bits),
            dataset.GetIntOr(DicomTags.PixelRepresentation, 0) == 1);
        bool sensible = layout is { Columns: > 0 and <= 65535, Rows: > 0 and <= 65535, Frames: > 0, SamplesPerPixel: 1 or 3 or 4, BitsAllocated: 1 or 8 or 16 or 32 or 64 }
            && layout.BitsStored > 0 && layout.BitsStored <= bits && (long)layout.Columns * layout.Rows * layout.SamplesPerPixel <= int.MaxValue;
        return sensible ? layout : throw new DicomFileException(DicomFault.InvalidValue,
            $"The pixel description makes no sense ({layout.Columns} columns, {layout.Rows} rows, {layout.Frames} frames, {bits} bits); export the file again.");
    }

    /// <summary>Refuses an object whose pixels are fewer than its header promises.</summary>
    /// <exception cref="DicomFileException"><see cref="DicomFault.Truncated"/>.</exception>
    public static void RequireComplete(DicomDataset dataset)
    {
        if (dataset.Find(DicomTags.PixelData) is not { } pixels)
            return;
        long expected = Of(dataset).ByteCount;
        if (pixels.Value.Length < expected)
        {
            throw new DicomFileException(DicomFault.Truncated,
                $"The header promises {expected} bytes of pixels, but only {pixels.Value.Length} are there; copy the file again from its source.");
        }
    }
}
