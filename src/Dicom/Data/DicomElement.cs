using System.Runtime.InteropServices;

namespace HccPipeline.Dicom;

/// <summary>
/// One data element: either a value, kept as the bytes of explicit little endian without their meaning taken apart, or a sequence of items.
/// </summary>
public sealed class DicomElement
{
    private static readonly IReadOnlyList<DicomDataset> NoItems = [];

    /// <summary>An element with a value.</summary>
    /// <param name="tag">Its name.</param>
    /// <param name="vr">Its representation; not a sequence.</param>
    /// <param name="value">Little-endian bytes; padding to an even length is the writer's business.</param>
    public DicomElement(DicomTag tag, DicomVr vr, ReadOnlyMemory<byte> value)
    {
        if (vr == DicomVr.SQ)
            throw new ArgumentException($"{tag} is a sequence: it has items, not bytes.", nameof(vr));
        Tag = tag;
        Vr = vr;
        Value = value;
        Items = NoItems;
    }

    /// <summary>A sequence.</summary>
    public DicomElement(DicomTag tag, IReadOnlyList<DicomDataset> items)
    {
        Tag = tag;
        Vr = DicomVr.SQ;
        Items = items;
    }

    /// <summary>Name.</summary>
    public DicomTag Tag { get; }

    /// <summary>Representation.</summary>
    public DicomVr Vr { get; }

    /// <summary>Little-endian bytes of the value; empty for a sequence.</summary>
    public ReadOnlyMemory<byte> Value { get; }

    /// <summary>Items of a sequence; empty for a value.</summary>
    public IReadOnlyList<DicomDataset> Items { get; }

    /// <summary>Whether there is neither a value nor an item.</summary>
    public bool IsEmpty => Value.IsEmpty && Items.Count == 0;

    /// <summary>The value as a file holds it: of even length, text padded with a space, UIDs and bytes with a zero (PS3.5, 6.2).</summary>
    internal byte[] PaddedValue()
    {
        bool odd = (Value.Length & 1) == 1;
        if (!odd && MemoryMarshal.TryGetArray(Value, out ArraySegment<byte> segment) && segment.Offset == 0 && segment.Count == segment.Array!.Length)
            return segment.Array;
        byte[] padded = new byte[Value.Length + (odd ? 1 : 0)];
        Value.CopyTo(padded);
        if (odd)
            padded[^1] = Vr.IsText() && Vr != DicomVr.UI ? (byte)' ' : (byte)0;
        return padded;
    }

    /// <summary>Tag, keyword and representation, never the value: it may identify a patient.</summary>
    public override string ToString() => $"{DicomTags.Describe(Tag)} {Vr}";
}
