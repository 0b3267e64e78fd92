using gdcm;

namespace HccPipeline.Dicom.Gdcm;

/// <summary>Decodes compressed pixels and puts them into a dataset as native ones.</summary>
internal static class GdcmPixelDecoder
{
    /// <summary>Decodes the pixels of a file into its dataset; what describes them is brought in line.</summary>
    public static void Decode(string path, string transferSyntaxUid, DicomDataset dataset)
    {
        using ImageReader reader = new();
        reader.SetFileName(path);
        if (!reader.Read())
            throw Undecodable(transferSyntaxUid);
        using Image image = reader.GetImage();
        uint declared = image.GetBufferLength();
        // The header sets the size of the buffer before a byte is decoded: no real frame is so well compressed.
        if (declared > (ulong)new FileInfo(path).Length * MaximumCompression)
            throw new DicomFileException(DicomFault.Truncated, $"The header promises {declared} bytes of pixels, far more than the file can hold; copy it again from its source.");
        byte[] pixels = new byte[declared];
        if (!image.GetBuffer(pixels))
            throw Undecodable(transferSyntaxUid);
        using PixelFormat format = image.GetPixelFormat();
        using PhotometricInterpretation photometric = image.GetPhotometricInterpretation();
        dataset.SetNumber(DicomTags.SamplesPerPixel, format.GetSamplesPerPixel())
            .SetNumber(DicomTags.BitsAllocated, format.GetBitsAllocated())
            .SetNumber(DicomTags.BitsStored, format.GetBitsStored())
            .SetNumber(DicomTags.HighBit, format.GetHighBit())
            .SetNumber(DicomTags.PixelRepresentation, format.GetPixelRepresentation())
            .SetString(DicomTags.PhotometricInterpretation, photometric.GetString().Trim())
            .SetBytes(DicomTags.PixelData, format.GetBitsAllocated() > 8 ? DicomVr.OW : DicomVr.OB, pixels);
        if (format.GetSamplesPerPixel() > 1)
            dataset.SetNumber(DicomTags.PlanarConfiguration, image.GetPlanarConfiguration());
    }

    private const ulong MaximumCompression = 10_000;

    private static DicomFileException Undecodable(string transferSyntaxUid) => new(DicomFault.UnsupportedTransferSyntax,
        $"The pixels are compressed with transfer syntax {transferSyntaxUid} and can't be decoded: the syntax is not supported or the data are damaged; export the series uncompressed (dcmtk's dcmdjpeg or gdcmconv --raw).");
}
