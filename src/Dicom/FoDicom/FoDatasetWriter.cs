using System.Diagnostics.CodeAnalysis;
using FellowOakDicom.IO.Buffer;
using Fo = FellowOakDicom;

namespace HccPipeline.Dicom.FoDicom;

/// <summary>Copies our dataset into fo-dicom's, values as the bytes to be written.</summary>
internal static class FoDatasetWriter
{
    // One list, for Parse looks a name up among all members of a class.
    private static readonly Fo.DicomVR[] ToFo = Array.ConvertAll(Enum.GetNames<DicomVr>(), Fo.DicomVR.Parse);

    /// <summary>Adds every element.</summary>
    public static void Write(DicomDataset dataset, Fo.DicomDataset target)
    {
        foreach (DicomElement element in dataset)
        {
            // Without a creator, so that fo-dicom leaves private elements in the block where they are.
            Fo.DicomTag tag = new(element.Tag.Group, element.Tag.Element);
            target.Add(element.Vr == DicomVr.SQ
                ? new Fo.DicomSequence(tag, [.. element.Items.Select(ItemOf)])
                : new EncodedElement(tag, ToFo[(int)element.Vr], element.PaddedValue()));
        }
    }

    private static Fo.DicomDataset ItemOf(DicomDataset dataset)
    {
        Fo.DicomDataset item = new();
        Write(dataset, item);
        return item;
    }

    /// <summary>Bytes under a representation of their own: fo-dicom shall write them, not take them apart or judge them.</summary>
    [SuppressMessage("Design", "MA0097:A class that implements IComparable<T> should override comparison operators", Justification = "The order is that of fo-dicom's base class.")]
    private sealed class EncodedElement(Fo.DicomTag tag, Fo.DicomVR vr, byte[] value) : Fo.DicomOtherByte(tag, new MemoryByteBuffer(value))
    {
        public override Fo.DicomVR ValueRepresentation => vr;

        public override void Validate()
        {
            // A file may break a rule of the standard and must still survive being read and written.
        }
    }
}
