using HccPipeline.Testing;
using System.Text;
using HccPipeline.Imaging;

namespace HccPipeline.Dicom.Tests;

public sealed class DeidentifierTests
{
    private static readonly DeidentificationPlan Plan = new() { UidKey = Samples.Key, Pseudonym = "HCC-0001", DateShiftDays = -100, SeriesDescription = "T2" };
    private readonly Geometry _grid = Samples.ObliqueGrid();

    [Fact]
    public void Deidentify_AnImage_ReplacesWhoAndWhenAndKeepsWhatIsMeasured()
    {
        DicomInstance image = Image();
        DicomDataset clean = Deidentifier.Deidentify(image, Plan).Dataset;
        Assert.Equal("HCC-0001", clean.GetString(DicomTags.PatientName));
        Assert.Equal("HCC-0001", clean.GetString(DicomTags.PatientID));
        Assert.True(clean.Find(DicomTags.PatientBirthDate)!.IsEmpty);
        Assert.Equal(new DateOnly(2021, 5, 6).AddDays(-100), clean.GetDate(DicomTags.StudyDate));
        Assert.Equal(image.Dataset.GetString(DicomTags.StudyTime), clean.GetString(DicomTags.StudyTime));
        Assert.Equal("T2", clean.GetString(DicomTags.SeriesDescription));
        Assert.False(clean.Contains(DicomTags.StudyDescription));
        Assert.False(clean.Contains(DicomTags.InstitutionName));
        Assert.Equal("YES", clean.GetString(DicomTags.PatientIdentityRemoved));
        Assert.Equal("MODIFIED", clean.GetString(DicomTags.LongitudinalTemporalInformationModified));
        Assert.Equal(["113100", "113107"], clean.GetSequence(DicomTags.DeidentificationMethodCodeSequence).Select(i => i.GetString(DicomTags.CodeValue)));
        foreach (DicomTag tag in new[] { DicomTags.ImagePositionPatient, DicomTags.PixelSpacing, DicomTags.EchoTime, DicomTags.Manufacturer, DicomTags.PixelData, DicomTags.SOPClassUID })
            Assert.True(image.Dataset.Find(tag)!.Value.Span.SequenceEqual(clean.Find(tag)!.Value.Span), tag.ToString());
        Assert.Equal("P001", image.Dataset.GetString(DicomTags.PatientID));
    }

    [Fact]
    public void Deidentify_ImagesAndSegmentation_StillReferToOneAnother()
    {
        IReadOnlyList<DicomInstance> images = MrImageWriter.Create(Samples.Study(), Samples.Series(), Samples.Ramp(_grid));
        DicomInstance seg = Deidentifier.Deidentify(Samples.Segmentation(images, _grid), Plan);
        List<DicomInstance> clean = [.. images.Select(i => Deidentifier.Deidentify(i, Plan))];
        SeriesVolume series = SeriesVolume.Read(clean);
        Assert.All(series.SopInstanceUids, uid => Assert.True(DicomUid.IsValid(uid)));
        Assert.NotEqual(Samples.Uid("frame"), series.FrameOfReferenceUid);
        Segmentation read = Segmentation.Read(seg, series.Volume.Geometry, series.FrameOfReferenceUid);
        Assert.Equal(["Lesion", "Muscle reference"], read.Segments.Select(s => s.Label));
        DicomDataset referenced = seg.Dataset.GetItem(DicomTags.ReferencedSeriesSequence);
        Assert.Equal(clean[0].SeriesInstanceUid, referenced.GetString(DicomTags.SeriesInstanceUID));
        Assert.Equal(series.SopInstanceUids.Skip(1).Take(3), referenced.GetSequence(DicomTags.ReferencedInstanceSequence).Select(i => i.GetString(DicomTags.ReferencedSOPInstanceUID)));
    }

    [Fact]
    public void Deidentify_WrittenByUs_StillConforms()
    {
        IReadOnlyList<DicomInstance> images = MrImageWriter.Create(Samples.Study(), Samples.Series(), Samples.Ramp(_grid));
        WriterConformanceTests.AssertConforms(Deidentifier.Deidentify(images[0], Plan));
        WriterConformanceTests.AssertConforms(Deidentifier.Deidentify(Samples.Segmentation(images, _grid), Plan));
    }

    [Fact]
    public void Deidentify_LabelsAndMeanings_KeepsOnlyWhatIsListedOrCoded()
    {
        Assert.Equal("Lesion", LabelAfter("Lesion", CodedConcept.Mass));
        Assert.Equal("Mass", LabelAfter("Mr Smith's tumour", CodedConcept.Mass));
        Assert.Equal("Segment 1", LabelAfter("Mr Smith's tumour", new CodedConcept("1", "99LOCAL", "Smith")));
    }

    [Theory]
    [InlineData("20210506101112.5+0100", "20210126101112.5+0100")]
    [InlineData("2021", "")]
    [InlineData("Smith", "")]
    [InlineData("20210506Smith", "")]
    public void Deidentify_DateTime_MovesTheDayOnly(string value, string expected)
    {
        DicomInstance image = Image();
        image.Dataset.SetString(DicomTags.AcquisitionDateTime, value);
        Assert.Equal(expected, Deidentifier.Deidentify(image, Plan).Dataset.GetStringOr(DicomTags.AcquisitionDateTime, ""));
    }

    [Fact]
    public void Deidentify_BurnedInText_IsRefused()
    {
        DicomInstance image = Image();
        image.Dataset.SetString(DicomTags.BurnedInAnnotation, "YES");
        Assert.Equal(DicomFault.BurnedInAnnotation, Assert.Throws<DicomFileException>(() => Deidentifier.Deidentify(image, Plan)).Fault);
    }

    [Fact]
    public void Deidentify_OverlayInUnusedBits_IsCleared()
    {
        DicomInstance image = Image();
        byte[] pixels = new byte[_grid.SizeX * _grid.SizeY * 2];
        (pixels[0], pixels[1]) = (0x34, 0xF2);
        image.Dataset.SetNumber(DicomTags.BitsStored, 12).SetNumber(DicomTags.HighBit, 11).SetBytes(DicomTags.PixelData, DicomVr.OW, pixels)
            .SetBytes(new DicomTag(0x60000102), DicomVr.US, new byte[] { 12, 0 });
        DicomDataset clean = Deidentifier.Deidentify(image, Plan).Dataset;
        Assert.Equal([0x34, 0x02], clean.Find(DicomTags.PixelData)!.Value.Span[..2].ToArray());
        Assert.DoesNotContain(clean, e => e.Tag.Group == 0x6000);
    }

    [Theory]
    [InlineData(0x00190010u, "SIEMENS MR HEADER", 0x0019100Cu, DicomVr.IS, "800 ", 800.0)]
    [InlineData(0x00190010u, "SIEMENS MR HEADER", 0x0019100Cu, DicomVr.UN, "800 ", 800.0)]
    [InlineData(0x00430010u, "GEMS_PARM_01", 0x00431039u, DicomVr.IS, "1000000400\\8\\0\\0", 400.0)]
    [InlineData(0x00190010u, "OTHER", 0x0019100Cu, DicomVr.IS, "800 ", null)]
    public void Deidentify_VendorsBValue_IsKeptAsTheStandardOne(uint block, string creator, uint tag, DicomVr vr, string value, double? expected)
    {
        DicomInstance image = Image();
        image.Dataset.SetBytes(new DicomTag(block), DicomVr.LO, Encoding.ASCII.GetBytes(creator)).SetBytes(new DicomTag(tag), vr, Encoding.ASCII.GetBytes(value));
        Assert.Equal(expected, DiffusionBValue.Of(image.Dataset));
        DicomDataset clean = Deidentifier.Deidentify(image, Plan).Dataset;
        Assert.Equal(expected, DiffusionBValue.Of(clean));
        Assert.DoesNotContain(clean, e => e.Tag.IsPrivate);
    }

    [Fact]
    public void RemapUid_SameKeyAndUid_GivesTheSameAndOtherKeysOthers()
    {
        string mapped = Deidentifier.RemapUid(Samples.Key, "1.2.3");
        Assert.Equal(mapped, Deidentifier.RemapUid(Samples.Key, "1.2.3"));
        Assert.NotEqual(mapped, Deidentifier.RemapUid(Samples.Key, "1.2.4"));
        Assert.NotEqual(mapped, Deidentifier.RemapUid(new byte[16], "1.2.3"));
        Assert.StartsWith("2.25.", mapped, StringComparison.Ordinal);
        Assert.True(DicomUid.IsValid(mapped));
        Assert.Equal(DicomUids.MrImageStorage, Deidentifier.RemapUid(Samples.Key, DicomUids.MrImageStorage));
    }

    [Theory]
    [InlineData("liver-mr")]
    [InlineData("dce-mr-seg")]
    [InlineData("soft-tissue-mr-rtstruct")]
    public void Deidentify_PublicFiles_LeavesNoPrivateElementAndNoOriginalName(string data)
    {
        string[] files = [.. Directory.EnumerateFiles(ConformanceData.Require(data), "*.dcm", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Where((_, i) => i % 20 == 0)];
        Assert.NotEmpty(files);
        foreach (DicomInstance instance in files.Select(DicomFile.Read))
        {
            byte[] clean = DicomFile.ToBytes(Deidentifier.Deidentify(instance, Plan).Dataset);
            Assert.True(clean.AsSpan().IndexOf(Encoding.ASCII.GetBytes(instance.Dataset.GetString(DicomTags.PatientID))) < 0);
            Assert.True(clean.AsSpan().IndexOf(Encoding.ASCII.GetBytes(instance.SeriesInstanceUid)) < 0);
            Assert.DoesNotContain(DicomFile.Read(clean).Dataset, e => e.Tag.IsPrivate);
        }
    }

    private string LabelAfter(string label, CodedConcept type)
    {
        IReadOnlyList<DicomInstance> images = MrImageWriter.Create(Samples.Study(), Samples.Series(), Samples.Ramp(_grid));
        DicomInstance seg = Samples.Segmentation(images, _grid);
        seg.Dataset.GetItem(DicomTags.SegmentSequence).SetString(DicomTags.SegmentLabel, label).SetSequence(DicomTags.SegmentedPropertyTypeCodeSequence, type.ToItem());
        byte[] clean = DicomFile.ToBytes(Deidentifier.Deidentify(seg, Plan).Dataset);
        Assert.True(clean.AsSpan().IndexOf("Smith"u8) < 0);
        return DicomFile.Read(clean).Dataset.GetItem(DicomTags.SegmentSequence).GetString(DicomTags.SegmentLabel);
    }

    private DicomInstance Image() => MrImageWriter.Create(Samples.Study(), Samples.Series(), Samples.Ramp(_grid))[0];
}
