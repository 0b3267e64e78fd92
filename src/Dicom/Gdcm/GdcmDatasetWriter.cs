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
        byte[] bytes = element.PaddedValue();
        using VL length = new((uint)bytes.Length);
        target.SetByteValue(bytes, length);
    }
}
