using System.Runtime.InteropServices;
using gdcm;

namespace HccPipeline.Dicom.Gdcm;

/// <summary>Copies our dataset into GDCM's.</summary>
internal static class GdcmDatasetWriter
{
    /// <summary>Inserts every element.</summary>
    public static void Write(DicomDataset dataset, DataSet target)
    {
        foreach (DicomElement element in dataset)
        {
            using Tag tag = new(element.Tag.Number);
            using VL noLength = new(0);
            using VR vr = new(GdcmDictionary.ToGdcmVr(element.Vr));
            using DataElement written = new(tag, noLength, vr);
            if (element.Vr == DicomVr.SQ)
                SetItems(written, element.Items);
            else if (!element.Value.IsEmpty)
                SetValue(written, element);
            target.Insert(written);
        }
    }

    private static void SetItems(DataElement target, IReadOnlyList<DicomDataset> items)
    {
        using SmartPtrSQ sequence = SequenceOfItems.New();
        using SequenceOfItems pointee = sequence.GetPointer();
        pointee.SetLengthToUndefined();
        foreach (DicomDataset dataset in items)
        {
            using Item item = new();
            item.SetVLToUndefined();
            using (DataSet nested = item.GetNestedDataSet())
                Write(dataset, nested);
            pointee.AddItem(item);
        }
        target.SetValue(pointee);
        target.SetVLToUndefined();
    }

    private static void SetValue(DataElement target, DicomElement element)
    {
        byte[] bytes = Padded(element);
        using VL length = new((uint)bytes.Length);
        target.SetByteValue(bytes, length);
    }

    /// <summary>Values have an even length: text is padded with a space, UIDs and bytes with a zero (PS3.5, 6.2).</summary>
    private static byte[] Padded(DicomElement element)
    {
        ReadOnlyMemory<byte> value = element.Value;
        bool odd = (value.Length & 1) == 1;
        if (!odd && MemoryMarshal.TryGetArray(value, out ArraySegment<byte> segment) && segment.Offset == 0 && segment.Count == segment.Array!.Length)
            return segment.Array;
        byte[] padded = new byte[value.Length + (odd ? 1 : 0)];
        value.CopyTo(padded);
        if (odd)
            padded[^1] = element.Vr.IsText() && element.Vr != DicomVr.UI ? (byte)' ' : (byte)0;
        return padded;
    }
}
