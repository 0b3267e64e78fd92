using System.Text;
using HccPipeline.Ingest.Identity;
using Microsoft.Extensions.Options;
using Xunit;

namespace HccPipeline.Ingest.Tests.Identity;

public sealed class PseudonymizerTests
{
    // 32 bytes 00 01 … 1f.
    private const string Key = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

    private static Pseudonymizer With(string key, int maximumShift = 180) =>
        new(Options.Create(new IngestOptions { PseudonymKey = key, MaximumDateShiftDays = maximumShift }));

    // printf 'pseudonym\0C01\0HCC-0001' | openssl dgst -sha256 -mac HMAC -macopt hexkey:$KEY
    // printf 'date-shift\0C01\0HCC-0001' | …                       first 8 bytes mod 360, minus 180, plus 1 when not negative
    [Fact]
    public void AliasOf_KnownKey_MatchesOpenSsl()
    {
        PatientAlias alias = With(Key).AliasOf("C01", "HCC-0001");

        Assert.Equal("P-e9dd659b5ff0992a69f3", alias.Pseudonym);
        Assert.Equal(173, alias.DateShiftDays);
    }

    [Fact]
    public void AliasOf_SpacesAndCaseOfCenter_DoNotCount() =>
        Assert.Equal(With(Key).AliasOf("C01", "HCC-0001"), With(Key).AliasOf(" c01 ", " HCC-0001 \0"));

    [Theory]
    [InlineData("C02", "HCC-0001")]
    [InlineData("C01", "HCC-0002")]
    [InlineData("C01", "hcc-0001")]
    public void AliasOf_OtherCenterOrPatient_IsAnotherPseudonym(string center, string patient) =>
        Assert.NotEqual(With(Key).AliasOf("C01", "HCC-0001").Pseudonym, With(Key).AliasOf(center, patient).Pseudonym);

    [Fact]
    public void AliasOf_OtherKey_IsAnotherPseudonym()
    {
        string other = Convert.ToBase64String(Encoding.ASCII.GetBytes("another key of thirty-two bytes!"));
        Assert.NotEqual(With(Key).AliasOf("C01", "1").Pseudonym, With(other).AliasOf("C01", "1").Pseudonym);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(180)]
    public void DateShift_ManyPatients_FillsTheRangeWithoutZero(int maximum)
    {
        Pseudonymizer pseudonymizer = With(Key, maximum);
        HashSet<int> shifts = [.. Enumerable.Range(0, 20 * maximum + 100).Select(i => pseudonymizer.AliasOf("C01", $"{i}").DateShiftDays)];

        Assert.Equal(-maximum, shifts.Min());
        Assert.Equal(maximum, shifts.Max());
        Assert.Equal(2 * maximum, shifts.Count);
        Assert.DoesNotContain(0, shifts);
    }

    [Fact]
    public void Shift_TwoDatesOfAPatient_KeepTheirInterval()
    {
        PatientAlias alias = With(Key).AliasOf("C01", "HCC-0001");
        DateOnly first = new(2023, 12, 24), second = new(2024, 3, 1);
        Assert.Equal(second.DayNumber - first.DayNumber, alias.Shift(second).DayNumber - alias.Shift(first).DayNumber);
        Assert.NotEqual(first, alias.Shift(first));
    }

    [Fact]
    public void AliasOf_EmptyPatientId_IsRefused() => Assert.Throws<ArgumentException>(() => With(Key).AliasOf("C01", "  "));

    [Theory]
    [InlineData("")]
    [InlineData("secret")]
    [InlineData("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e")]   // 31 bytes
    public void PseudonymKey_TooShort_IsRefusedWithoutBeingRepeated(string text)
    {
        FormatException error = Assert.Throws<FormatException>(() => PseudonymKey.Parse(text));
        if (text.Length > 0)
            Assert.DoesNotContain(text, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void PseudonymKey_HexAndBase64_AreTheSameKey() =>
        Assert.Equal(PseudonymKey.Parse(Key), PseudonymKey.Parse(Convert.ToBase64String(PseudonymKey.Parse(Key))));

    [Theory]
    [InlineData("C01", true)]
    [InlineData("tokyo-2_b", true)]
    [InlineData("", false)]
    [InlineData("-C", false)]
    [InlineData("../C", false)]
    [InlineData("C 1", false)]
    [InlineData("ABCDEFGHIJKLMNOPQ", false)]
    [InlineData("ÄRZTE", false)]
    public void CenterCode_Text_IsAcceptedOrNot(string text, bool accepted) => Assert.Equal(accepted, CenterCode.TryParse(text, out _));
}
