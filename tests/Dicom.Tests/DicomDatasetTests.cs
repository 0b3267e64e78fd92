using HccPipeline.Testing;
using CsCheck;

namespace HccPipeline.Dicom.Tests;

public sealed class DicomDatasetTests
{
    [Theory]
    [InlineData("(0020,000E)")]
    [InlineData("0020,000e")]
    [InlineData("0020000E")]
    public void TagParse_KnownForms_GivesTheTag(string text)
    {
        Assert.Equal(DicomTags.SeriesInstanceUID, DicomTag.Parse(text));
        Assert.Equal("(0020,000E)", DicomTag.Parse(text).ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("(0020,000E")]
    [InlineData("0020;000E")]
    [InlineData("002000ZZ")]
    public void TagParse_OtherText_IsRefused(string text) => Assert.Throws<FormatException>(() => DicomTag.Parse(text));

    [Fact]
    public void Set_InAnyOrder_KeepsElementsSortedAndUnique() => Gen.UInt[0x00080000, 0x00300000].Array.Sample(numbers =>
    {
        DicomDataset dataset = new();
        foreach (uint n in numbers)
            dataset.SetBytes(new DicomTag(n), DicomVr.OB, BitConverter.GetBytes(n));
        return dataset.Select(e => e.Tag.Number).SequenceEqual(numbers.Distinct().Order())
            && Array.TrueForAll(numbers, n => BitConverter.ToUInt32(dataset.Find(new DicomTag(n))!.Value.Span) == n);
    });

    [Fact]
    public void SetNumber_AnyRepresentation_ReadsBackTheSame()
    {
        DicomDataset dataset = new DicomDataset()
            .SetNumber(DicomTags.Rows, 65535)
            .SetNumber(DicomTags.ImagePositionPatient, -1.5, 1e-7, 123456.789)
            .SetNumber(DicomTags.InstanceNumber, -3)
            .SetNumber(DicomTags.DiffusionBValue, 800)
            .SetNumber(DicomTags.DimensionIndexValues, 1, 4_000_000_000);
        Assert.Equal(65535, dataset.GetInt(DicomTags.Rows));
        Assert.Equal([-1.5, 1e-7, 123456.789], dataset.GetDoubles(DicomTags.ImagePositionPatient, 3));
        Assert.Equal(-3, dataset.GetInt(DicomTags.InstanceNumber));
        Assert.Equal(800, dataset.GetDouble(DicomTags.DiffusionBValue));
        Assert.Equal([1, 4_000_000_000], dataset.GetDoubles(DicomTags.DimensionIndexValues));
        Assert.Throws<ArgumentException>(() => dataset.SetNumber(DicomTags.Rows, 65536));
        Assert.Throws<ArgumentException>(() => dataset.SetNumber(DicomTags.InstanceNumber, 1.5));
        Assert.Throws<ArgumentException>(() => dataset.SetNumber(DicomTags.PatientName, 1));
    }

    [Fact]
    public void FormatDecimal_AnyNumber_Has16CharactersAndIsClose() =>
        Gen.Double[-1e12, 1e12].Sample(value =>
        {
            string text = DicomNumbers.FormatDecimal(value);
            double back = double.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
            return text.Length <= 16 && Math.Abs(back - value) <= Math.Abs(value) * 1e-8;
        });

    [Fact]
    public void Getters_MissingOrWrong_SayWhichAttribute()
    {
        DicomDataset dataset = new DicomDataset().SetString(DicomTags.StudyDate, "yesterday").SetEmpty(DicomTags.PatientID)
            .SetBytes(DicomTags.EchoTime, DicomVr.DS, "long"u8.ToArray());
        AssertFault(DicomFault.MissingAttribute, "PatientID (0010,0020)", () => dataset.GetString(DicomTags.PatientID));
        AssertFault(DicomFault.MissingAttribute, "Rows (0028,0010)", () => dataset.GetInt(DicomTags.Rows));
        AssertFault(DicomFault.MissingAttribute, "(0029,1010)", () => dataset.GetDouble(new DicomTag(0x00291010)));
        AssertFault(DicomFault.InvalidValue, "StudyDate (0008,0020)", () => dataset.GetDate(DicomTags.StudyDate));
        AssertFault(DicomFault.InvalidValue, "EchoTime (0018,0081)", () => dataset.GetDouble(DicomTags.EchoTime));
        Assert.False(dataset.TryGetString(DicomTags.PatientID, out _));
        Assert.Equal(7, dataset.GetIntOr(DicomTags.Rows, 7));
        Assert.Empty(dataset.GetSequence(DicomTags.SegmentSequence));
    }

    [Fact]
    public void Copy_ThenChanged_LeavesTheOriginalAlone()
    {
        DicomDataset original = new DicomDataset().SetSequence(DicomTags.SegmentSequence, new DicomDataset().SetString(DicomTags.SegmentLabel, "A"));
        DicomDataset copy = original.Copy();
        copy.GetItem(DicomTags.SegmentSequence).SetString(DicomTags.SegmentLabel, "B");
        Assert.Equal("A", original.GetItem(DicomTags.SegmentSequence).GetString(DicomTags.SegmentLabel));
    }

    /// <summary>Names of PS3.5, annexes H to K, and of common single-byte sets, as bytes.</summary>
    [Theory]
    [InlineData("ISO_IR 100", "42756320 4AE972F46D65", "Buc Jérôme")]
    [InlineData("", "4AE972F46D65", "Jérôme")]
    [InlineData("ISO_IR 144", "BBEEDAE1D5DCD1E3E0D3", "Люксембург")]
    [InlineData("ISO_IR 192", "E78E8B 5E E5B08FE69DB1", "王^小東")]
    [InlineData("GB18030", "CDF5 5E D0A1B6AB", "王^小东")]
    [InlineData("ISO_IR 13", "D4CFC0DE 5E C0DBB3", "ﾔﾏﾀﾞ^ﾀﾛｳ")]
    [InlineData("\\ISO 2022 IR 87", "59616D6164615E5461726F753D 1B2442 3B334544 1B2842 5E 1B2442 42404F3A 1B2842", "Yamada^Tarou=山田^太郎")]
    [InlineData("\\ISO 2022 IR 149", "486F6E675E47696C646F6E673D 1B242943 FBF3 5E 1B242943 D1CED4D7", "Hong^Gildong=洪^吉洞")]
    public void GetString_BytesOfACharacterSet_AreDecoded(string terms, string hex, string expected)
    {
        byte[] bytes = Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
        DicomDataset dataset = new DicomDataset().SetString(DicomTags.SpecificCharacterSet, terms).SetBytes(DicomTags.PatientName, DicomVr.PN, bytes);
        DicomDataset nested = new DicomDataset().SetBytes(DicomTags.SegmentLabel, DicomVr.LO, bytes);
        dataset.SetSequence(DicomTags.SegmentSequence, nested);
        Assert.Equal(expected, dataset.GetString(DicomTags.PatientName));
        Assert.Equal(expected, nested.GetString(DicomTags.SegmentLabel));
    }

    [Fact]
    public void SetString_CharacterNotInTheSet_IsRefused()
    {
        DicomDataset dataset = new DicomDataset().SetString(DicomTags.SpecificCharacterSet, "ISO_IR 100").SetString(DicomTags.PatientName, "Müller");
        Assert.Equal("Müller", dataset.GetString(DicomTags.PatientName));
        Assert.Equal(6, dataset.Find(DicomTags.PatientName)!.Value.Length);
        Assert.Throws<ArgumentException>(() => dataset.SetString(DicomTags.PatientName, "王"));
        Assert.Throws<ArgumentException>(() => new DicomDataset().SetString(DicomTags.PatientName, "Müller"));
    }

    [Fact]
    public void GetStrings_OfAPublicFile_AreThoseOfDcmdump()
    {
        string path = Directory.EnumerateFiles(Path.Combine(ConformanceData.Require("liver-mr"), "visit-1", "t2_image"), "*.dcm").Order(StringComparer.Ordinal).First();
        DicomDataset dataset = DicomFile.Read(path).Dataset;
        (_, string dump) = OtherTools.Run("dcmdump", "-q", "-Un", "+L", "-M", path);
        int compared = 0;
        foreach (string line in dump.Split('\n').Where(l => l.StartsWith('(') && l.Contains('[', StringComparison.Ordinal)))
        {
            DicomTag tag = DicomTag.Parse(line[..11]);
            if (tag.Group == 2)
                continue;
            string value = line[(line.IndexOf('[', StringComparison.Ordinal) + 1)..line.LastIndexOf(']')];
            Assert.Equal(value.Split('\\').Select(v => v.Trim()), dataset.GetStrings(tag));
            Assert.Equal(line.Substring(12, 2), dataset.Find(tag)!.Vr.ToString());
            compared++;
        }
        Assert.True(compared > 50);
    }

    private static void AssertFault(DicomFault fault, string named, Action get)
    {
        DicomFileException error = Assert.Throws<DicomFileException>(get);
        Assert.Equal(fault, error.Fault);
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
    }
}
