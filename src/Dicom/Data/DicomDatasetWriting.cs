using System.Globalization;
using System.Text;

namespace HccPipeline.Dicom;

/// <summary>Typed setters; each gives the dataset back, so that calls can follow one another.</summary>
public static class DicomDatasetWriting
{
    /// <summary>Sets text, one value or several.</summary>
    /// <exception cref="ArgumentException">The tag is not one of text, or the character set lacks a character.</exception>
    public static DicomDataset SetString(this DicomDataset dataset, DicomTag tag, params ReadOnlySpan<string> values)
    {
        DicomVr vr = VrOf(dataset, tag);
        if (!vr.IsText())
            throw new ArgumentException($"{DicomTags.Describe(tag)} is {vr}, not text.", nameof(tag));
        string text = string.Join('\\', values);
        dataset.Set(new DicomElement(tag, vr, vr.UsesCharacterSet() ? CharacterSets.Encode(dataset.CharacterSet, text) : Encoding.ASCII.GetBytes(text)));
        return dataset;
    }

    /// <summary>Sets numbers, one or several.</summary>
    /// <exception cref="ArgumentException">The tag is not one of numbers, or a number does not fit.</exception>
    public static DicomDataset SetNumber(this DicomDataset dataset, DicomTag tag, params ReadOnlySpan<double> values)
    {
        DicomVr vr = VrOf(dataset, tag);
        dataset.Set(new DicomElement(tag, vr, DicomNumbers.Write(vr, values)));
        return dataset;
    }

    /// <summary>Sets a date, or the day of a date and time.</summary>
    public static DicomDataset SetDate(this DicomDataset dataset, DicomTag tag, DateOnly date) =>
        dataset.SetString(tag, date.ToString("yyyyMMdd", CultureInfo.InvariantCulture));

    /// <summary>Sets an attribute tag as value.</summary>
    public static DicomDataset SetTag(this DicomDataset dataset, DicomTag tag, DicomTag value)
    {
        byte[] bytes = [(byte)value.Group, (byte)(value.Group >> 8), (byte)value.Element, (byte)(value.Element >> 8)];
        dataset.Set(new DicomElement(tag, DicomVr.AT, bytes));
        return dataset;
    }

    /// <summary>Sets little-endian bytes.</summary>
    public static DicomDataset SetBytes(this DicomDataset dataset, DicomTag tag, DicomVr vr, ReadOnlyMemory<byte> bytes)
    {
        dataset.Set(new DicomElement(tag, vr, bytes));
        return dataset;
    }

    /// <summary>Sets a sequence.</summary>
    public static DicomDataset SetSequence(this DicomDataset dataset, DicomTag tag, params IReadOnlyList<DicomDataset> items)
    {
        dataset.Set(new DicomElement(tag, items));
        return dataset;
    }

    /// <summary>Sets an element without a value (type 2 of PS3.5, 7.4).</summary>
    public static DicomDataset SetEmpty(this DicomDataset dataset, DicomTag tag)
    {
        DicomVr vr = VrOf(dataset, tag);
        dataset.Set(vr == DicomVr.SQ ? new DicomElement(tag, []) : new DicomElement(tag, vr, default));
        return dataset;
    }

    private static DicomVr VrOf(DicomDataset dataset, DicomTag tag) =>
        DicomTags.VrOf(tag) ?? dataset.Find(tag)?.Vr
        ?? throw new ArgumentException($"{tag} is not among the tags that this product names; set it with its representation.", nameof(tag));
}
