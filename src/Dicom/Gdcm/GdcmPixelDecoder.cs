using gdcm;

namespace HccPipeline.Dicom.Gdcm;

/// <summary>Decodes compressed pixels and puts them into a dataset as native ones.</summary>
internal static class GdcmPixelDecoder
{
    /// <summary>UIDs of what GDCM's codecs decode.</summary>
    public static IReadOnlyList<string> TransferSyntaxes()
    {
        using RLECodec runLength = new();
        using JPEGCodec jpeg = new();
        using JPEGLSCodec jpegLs = new();
        using JPEG2000Codec jpeg2000 = new();
        List<string> uids = [];
        foreach (TransferSyntax.TSType type in Enum.GetValues<TransferSyntax.TSType>().Where(t => t < TransferSyntax.TSType.TS_END).Distinct())
        {
            using TransferSyntax syntax = new(type);
            if (syntax.IsEncapsulated() && (runLength.CanDecode(syntax) || jpeg.CanDecode(syntax) || jpegLs.CanDecode(syntax) || jpeg2000.CanDecode(syntax)))
                uids.Add(TransferSyntax.GetTSString(type));
        }
        uids.Sort(StringComparer.Ordinal);
        return uids;
    }

    /// <summary>Decodes the pixels; what describes them is brought in line.</summary>
    /// <remarks>GDCM gets the frames and a description made of checked numbers, not the dataset: it trusts what it reads there.</remarks>
    public static void Decode(EncodedDataset encoded, DicomDataset dataset)
    {
        using Image image = new();
        Describe(image, encoded.TransferSyntaxUid, dataset);
        using DataElement pixels = Fragments(encoded);
        image.SetDataElement(pixels);
        byte[] native = new byte[image.GetBufferLength()];
        if (!image.GetBuffer(native))
        {
            throw new DicomFileException(DicomFault.Damaged, "The compressed pixels can't be decoded; copy the file again from its source.");
        }
        using PixelFormat format = image.GetPixelFormat();
        using PhotometricInterpretation photometric = image.GetPhotometricInterpretation();
        dataset.SetNumber(DicomTags.BitsAllocated, format.GetBitsAllocated())
            .SetNumber(DicomTags.BitsStored, format.GetBitsStored())
            .SetNumber(DicomTags.HighBit, format.GetHighBit())
            .SetString(DicomTags.PhotometricInterpretation, photometric.GetString().Trim())
            .SetBytes(DicomTags.PixelData, format.GetBitsAllocated() > 8 ? DicomVr.OW : DicomVr.OB, native);
        if (format.GetSamplesPerPixel() > 1)
            dataset.SetNumber(DicomTags.PlanarConfiguration, image.GetPlanarConfiguration());
    }

    private static void Describe(Image image, string transferSyntaxUid, DicomDataset dataset)
    {
        PixelLayout layout = PixelLayout.Of(dataset);
        TransferSyntax.TSType syntaxType = TransferSyntax.GetTSType(transferSyntaxUid);
        string photometricName = dataset.GetString(DicomTags.PhotometricInterpretation);
        PhotometricInterpretation.PIType photometricType = PhotometricInterpretation.GetPIType(photometricName);
        if (photometricType is PhotometricInterpretation.PIType.UNKNOWN or PhotometricInterpretation.PIType.PI_END)
            throw new DicomFileException(DicomFault.UnsupportedPixels, $"Pixels of kind '{photometricName}' are not known; export the original images.");
        using TransferSyntax syntax = new(syntaxType);
        using PhotometricInterpretation photometric = new(photometricType);
        using PixelFormat format = new((ushort)layout.SamplesPerPixel, (ushort)layout.BitsAllocated, (ushort)layout.BitsStored,
            (ushort)(layout.BitsStored - 1), (ushort)(layout.IsSigned ? 1 : 0));
        if (photometric.GetSamplesPerPixel() != layout.SamplesPerPixel)
            throw new DicomFileException(DicomFault.InvalidValue, $"{photometricName} pixels can't have {layout.SamplesPerPixel} sample(s); export the original images.");
        image.SetNumberOfDimensions(layout.Frames > 1 ? 3u : 2u);
        image.SetDimension(0, (uint)layout.Columns);
        image.SetDimension(1, (uint)layout.Rows);
        if (layout.Frames > 1)
            image.SetDimension(2, (uint)layout.Frames);
        image.SetTransferSyntax(syntax);
        image.SetPixelFormat(format);
        image.SetPhotometricInterpretation(photometric);
        if (layout.SamplesPerPixel > 1)
            image.SetPlanarConfiguration((uint)dataset.GetIntOr(DicomTags.PlanarConfiguration, 0) & 1);
    }

    private static DataElement Fragments(EncodedDataset encoded)
    {
        using SmartPtrFrag sequence = SequenceOfFragments.New();
        using SequenceOfFragments pointee = sequence.GetPointer();
        foreach (Range range in encoded.Fragments.Skip(1))
        {
            byte[] bytes = encoded.Bytes[range].ToArray();
            using Fragment fragment = new();
            using VL length = new((uint)bytes.Length);
            fragment.SetByteValue(bytes, length);
            pointee.AddFragment(fragment);
        }
        using Tag tag = new(DicomTags.PixelData.Number);
        using VL undefined = new(VL.GetVL32Max());
        using VR vr = new(VR.VRType.OB);
        DataElement element = new(tag, undefined, vr);
        element.SetValue(pointee);
        return element;
    }
}
