using System.Collections.Concurrent;

namespace HccPipeline.Dicom;

/// <summary>The data elements that this product names, by keyword (PS3.6).</summary>
public static partial class DicomTags
{
    // With it, any use of this class fills the dictionary first, even a look-up that names no field.
    static DicomTags()
    {
    }

    /// <summary>Keyword of a tag that this product names, else null.</summary>
    public static string? KeywordOf(DicomTag tag) => Dictionary.Entries.TryGetValue(tag, out var entry) ? entry.Keyword : null;

    /// <summary>Representation of a tag that this product names, else null.</summary>
    public static DicomVr? VrOf(DicomTag tag) => Dictionary.Entries.TryGetValue(tag, out var entry) ? entry.Vr : null;

    /// <summary>"PatientID (0010,0020)", or the tag alone where this product has no name for it.</summary>
    public static string Describe(DicomTag tag) => KeywordOf(tag) is { } keyword ? $"{keyword} {tag}" : tag.ToString();

    private static DicomTag Define(uint number, DicomVr vr, string keyword)
    {
        DicomTag tag = new(number);
        Dictionary.Entries[tag] = (keyword, vr);
        return tag;
    }

    // A type of its own, so that it is there before the first field above is set, whatever the order of files.
    private static class Dictionary
    {
        public static readonly ConcurrentDictionary<DicomTag, (string Keyword, DicomVr Vr)> Entries = new();
    }
}
