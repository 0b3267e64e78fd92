using gdcm;

namespace HccPipeline.Dicom.Gdcm;

/// <summary>Copies GDCM's dataset into ours; values are taken whole, one call each.</summary>
internal static class GdcmDatasetReader
{
    private static ReadOnlySpan<byte> ItemTag => [0xFE, 0xFF, 0x00, 0xE0];

    /// <summary>Every element but compressed pixels.</summary>
    public static DicomDataset Read(DataSet source)
    {
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
            if ((number & 0xFFFF) != 0 && Read(element, new DicomTag(number)) is { } read)
                dataset.Set(read);
        }
        return dataset;
    }

    private static DicomElement? Read(DataElement element, DicomTag tag)
    {
        DicomVr vr = VrOf(element, tag);
        using ByteValue? value = element.GetByteValue();
        if (value is not null)
        {
            byte[] bytes = BytesOf(value);
            // Without a written representation a sequence of known length comes as bytes, and so may anything that only bears its tag.
            return vr != DicomVr.SQ ? new DicomElement(tag, vr, bytes)
                : bytes.AsSpan().StartsWith(ItemTag) ? new DicomElement(tag, ReadItems(element))
                : new DicomElement(tag, DicomVr.UN, bytes);
        }
        if (vr == DicomVr.SQ)
            return new DicomElement(tag, ReadItems(element));
        if (tag == DicomTags.PixelData)
            return null;
        // An unknown element of undefined length is a sequence (PS3.5, 6.2.2, note 1).
        return element.IsUndefinedLength() ? new DicomElement(tag, ReadItems(element)) : new DicomElement(tag, vr, default);
    }

    private static List<DicomDataset> ReadItems(DataElement element)
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
            items.Add(Read(nested));
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
        if (stated is { } known and not DicomVr.UN)
            return known;
        DicomVr usual = GdcmDictionary.VrOf(tag);
        // The bytes of an element written as unknown were not checked for items: they stay bytes.
        return stated == DicomVr.UN && usual == DicomVr.SQ ? DicomVr.UN : usual;
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
