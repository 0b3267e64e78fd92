using gdcm;

namespace HccPipeline.Dicom.Gdcm;

/// <summary>Copies GDCM's dataset into ours; values are taken whole, one call each.</summary>
internal static class GdcmDatasetReader
{
    // No modality nests deeper; a file that does is an attack on the stack.
    private const int MaximumDepth = 32;

    /// <summary>Every element but compressed pixels.</summary>
    public static DicomDataset Read(DataSet source) => Read(source, 0);

    /// <summary>Whether there is a pixel element, be it compressed.</summary>
    public static bool HasPixels(DataSet source)
    {
        using Tag tag = new(DicomTags.PixelData.Number);
        return source.FindDataElement(tag);
    }

    private static DicomDataset Read(DataSet source, int depth)
    {
        if (depth > MaximumDepth)
            throw new DicomFileException(DicomFault.Damaged, $"Sequences are nested more than {MaximumDepth} deep; the file is damaged, copy it again from its source.");
        DicomDataset dataset = new();
        uint count = source.Size();
        using Tag cursor = new();
        for (uint i = 0, next = 0; i < count; i++)
        {
            cursor.SetElementTag(next);
            using DataElement element = source.FindNextDataElement(cursor);
            uint number = TagOf(element);
            next = number + 1;
            // Group lengths are of the encoding, and retired.
            if ((number & 0xFFFF) != 0 && Read(element, new DicomTag(number), depth) is { } read)
                dataset.Set(read);
        }
        return dataset;
    }

    private static DicomElement? Read(DataElement element, DicomTag tag, int depth)
    {
        DicomVr vr = VrOf(element, tag);
        if (vr == DicomVr.SQ)
            return new DicomElement(tag, ReadItems(element, depth));
        using ByteValue? value = element.GetByteValue();
        if (value is not null)
            return new DicomElement(tag, vr, BytesOf(value));
        if (tag == DicomTags.PixelData)
            return null;
        // An unknown element of undefined length is a sequence (PS3.5, 6.2.2, note 1).
        return element.IsUndefinedLength() ? new DicomElement(tag, ReadItems(element, depth)) : new DicomElement(tag, vr, default);
    }

    private static List<DicomDataset> ReadItems(DataElement element, int depth)
    {
        using SmartPtrSQ? sequence = element.IsEmpty() ? null : element.GetValueAsSQ();
        using SequenceOfItems? pointee = sequence?.GetPointer();
        if (pointee is null)
            return [];
        uint count = pointee.GetNumberOfItems();
        List<DicomDataset> items = new((int)count);
        for (uint i = 1; i <= count; i++)
        {
            using Item item = pointee.GetItem(i);
            using DataSet nested = item.GetNestedDataSet();
            items.Add(Read(nested, depth + 1));
        }
        return items;
    }

    private static uint TagOf(DataElement element)
    {
        using Tag tag = element.GetTag();
        return tag.GetElementTag();
    }

    private static DicomVr VrOf(DataElement element, DicomTag tag)
    {
        using VR vr = element.GetVR();
        DicomVr? stated = GdcmDictionary.FromGdcmVr(vr.GetVRField());
        return stated is { } known and not DicomVr.UN ? known : GdcmDictionary.VrOf(tag);
    }

    private static byte[] BytesOf(ByteValue value)
    {
        using VL length = value.GetLength();
        uint count = length.GetValueLength();
        byte[] bytes = new byte[count];
        if (count > 0)
            value.GetBuffer(bytes, count);
        return bytes;
    }
}
