using System.Text;
using CsCheck;

namespace HccPipeline.Dicom.Tests;

/// <summary>Every attribute of PS3.15, table E.1-1, at the top and inside a kept sequence.</summary>
public sealed class ConfidentialityProfileTests
{
    private const int Days = 37;
    private static readonly DeidentificationPlan Plan = new() { UidKey = Samples.Key, Pseudonym = "HCC-0001", DateShiftDays = Days };

    [Fact]
    public void Deidentify_EachAttributeOfTheProfile_IsTreatedAsTheProfileSays()
    {
        List<(DicomTag Tag, DicomVr Vr, string Basic, bool DatesModified)> profile = [.. Profile()];
        Assert.True(profile.Count > 600);
        foreach ((DicomTag tag, DicomVr vr, string basic, bool dates) in profile)
        {
            DicomDataset dataset = Minimal();
            dataset.Set(Marked(tag, vr));
            DicomDataset inner = new();
            inner.Set(Marked(tag, vr));
            dataset.SetSequence(DicomTags.PixelMeasuresSequence, inner);
            DicomDataset clean = Deidentifier.Deidentify(new DicomInstance(dataset), Plan).Dataset;
            AssertTreated(clean.Find(tag), Marked(tag, vr), basic, dates);
            AssertTreated(clean.GetItem(DicomTags.PixelMeasuresSequence).Find(tag), Marked(tag, vr), basic, dates);
        }
    }

    [Fact]
    public void Deidentify_AnyTextOrPrivateElement_NeverSurvives()
    {
        Gen<(uint Number, DicomVr Vr, bool Nested)> element = Gen.Select(Gen.UInt, Gen.OneOf(
            DicomVr.LO, DicomVr.SH, DicomVr.ST, DicomVr.LT, DicomVr.UT, DicomVr.UC, DicomVr.PN, DicomVr.AE, DicomVr.UR, DicomVr.UN, DicomVr.OB), Gen.Bool);
        DicomTag[] kept = KeptTexts();
        element.Where(e => !kept.Contains(new DicomTag(e.Number)) && (e.Number & 0xFFFF) != 0).List[1, 20].Sample(elements =>
        {
            DicomDataset dataset = Minimal();
            DicomDataset inner = new();
            foreach ((uint number, DicomVr vr, bool nested) in elements)
                (nested ? inner : dataset).SetBytes(new DicomTag(number), vr, "SECRET"u8.ToArray());
            dataset.SetSequence(DicomTags.PixelMeasuresSequence, inner);
            return !Texts(Deidentifier.Deidentify(new DicomInstance(dataset), Plan).Dataset).Any(t => t.Contains("SECRET", StringComparison.Ordinal));
        }, iter: 2000);
    }

    private static DicomTag[] KeptTexts() =>
    [
        DicomTags.Manufacturer, DicomTags.ManufacturerModelName, DicomTags.SoftwareVersions, DicomTags.SequenceName, DicomTags.PulseSequenceName,
        DicomTags.RescaleType, DicomTags.StackID, DicomTags.CodeValue, DicomTags.CodingSchemeDesignator, DicomTags.CodingSchemeVersion,
        DicomTags.PixelData,
    ];

    private static void AssertTreated(DicomElement? after, DicomElement before, string basic, bool datesModified)
    {
        string because = $"{before.Tag} {before.Vr} ({basic})";
        if (after is null || after.IsEmpty)
            return;
        if (before.Vr == DicomVr.SQ)
        {
            Assert.True(basic.Contains('U', StringComparison.Ordinal), because);
            return;
        }
        Assert.False(after.Value.Span.SequenceEqual(before.Value.Span) && before.Vr != DicomVr.TM, because);
        if (basic == "X")
            Assert.True(datesModified && before.Vr is DicomVr.DA or DicomVr.DT or DicomVr.TM, because);
        if (before.Vr is DicomVr.DA or DicomVr.DT)
            Assert.StartsWith(new DateOnly(1987, 6, 5).AddDays(Days).ToString("yyyyMMdd"), Encoding.ASCII.GetString(after.Value.Span), StringComparison.Ordinal);
        if (before.Vr == DicomVr.TM)
            Assert.True(datesModified, because);
    }

    private static DicomElement Marked(DicomTag tag, DicomVr vr) => vr switch
    {
        DicomVr.SQ => new DicomElement(tag, [new DicomDataset().SetString(DicomTags.Modality, "MR")]),
        DicomVr.DA => new DicomElement(tag, vr, "19870605"u8.ToArray()),
        DicomVr.DT => new DicomElement(tag, vr, "19870605123456"u8.ToArray()),
        DicomVr.UI => new DicomElement(tag, vr, "1.2.3.4.5.6"u8.ToArray()),
        _ => new DicomElement(tag, vr, "123456"u8.ToArray()),
    };

    private static DicomDataset Minimal() => new DicomDataset()
        .SetString(DicomTags.SOPClassUID, DicomUids.MrImageStorage)
        .SetString(DicomTags.SOPInstanceUID, "1.2.3");

    private static IEnumerable<string> Texts(DicomDataset dataset) => dataset.SelectMany(e =>
        e.Vr == DicomVr.SQ ? e.Items.SelectMany(Texts) : [Encoding.Latin1.GetString(e.Value.Span)]);

    private static IEnumerable<(DicomTag, DicomVr, string, bool)> Profile()
    {
        using StreamReader reader = new(typeof(ConfidentialityProfileTests).Assembly.GetManifestResourceStream("confidentiality-profile.csv")!);
        reader.ReadLine();
        while (reader.ReadLine() is { } line)
        {
            string[] cells = line.Split(',');
            yield return (DicomTag.Parse(cells[0]), Enum.Parse<DicomVr>(cells[1]), cells[2], cells[3] == "C");
        }
    }
}
