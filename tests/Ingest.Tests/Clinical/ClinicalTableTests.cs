using System.Text;
using HccPipeline.Ingest.Clinical;
using Xunit;

namespace HccPipeline.Ingest.Tests.Clinical;

public sealed class ClinicalTableTests
{
    private const string Header =
        "patient_id,center,treatment_start,neutrophils_10e9_per_l,lymphocytes_10e9_per_l,platelets_10e9_per_l,albumin_g_per_l," +
        "bilirubin_umol_per_l,afp_ng_per_ml,age_years,sex,child_pugh_class,ecog,pvtt,hbv,alt_u_per_l,mrecist_response,pfs_months,pfs_event";
    private const string Good = "HCC-1,C01,2023-05-31,4.5,1.5,180,35,20.52,100,61,M,A,1,Vp3,1,40,PD,5.5,1";
    private static readonly DateOnly Today = new(2026, 1, 1);

    private static ClinicalTable Read(string text, string? center = null) => ClinicalTable.Read(Encoding.UTF8.GetBytes(text), center, Today);

    private static IReadOnlyList<ClinicalIssue> IssuesOf(string row, string? center = null) =>
        Assert.Single(Read($"{Header}\n{row}\n", center).Rejected);

    private static string With(string column, string cell)
    {
        string[] cells = Good.Split(',');
        cells[Array.IndexOf(Header.Split(','), column)] = cell;
        return string.Join(',', cells);
    }

    [Fact]
    public void Read_GoodRow_GivesEveryFeature()
    {
        ClinicalEntry entry = Assert.Single(Read($"{Header}\n{Good}\n").Entries);

        Assert.Equal(new DateOnly(2023, 5, 31), entry.TreatmentStart);
        Assert.Equal(("PD", 5.5, true), (entry.Response, entry.PfsMonths, entry.PfsEvent));
        SortedDictionary<string, double> values = entry.Values();
        Assert.Equal(-2.109, values["ALBI"], 3);
        values.Remove("ALBI");
        Assert.Equal(
            new Dictionary<string, double>
            {
                ["NLR"] = 3, ["PLR"] = 120, ["SII"] = 540, ["log_AFP"] = 2, ["age"] = 61, ["sex_male"] = 1, ["child_pugh"] = 1, ["ALT"] = 40,
                ["albumin"] = 35, ["bilirubin"] = 20.52, ["platelets"] = 180, ["ECOG"] = 1, ["PVTT"] = 1, ["HBV"] = 1,
            },
            values);
    }

    [Fact]
    public void Read_EmptyCells_GiveNoValueRatherThanZero()
    {
        ClinicalEntry entry = Assert.Single(Read($"{Header}\nHCC-1,C01,2023-05-31,4.5,,,,,,,,,,,,,,,\n").Entries);
        Assert.Empty(entry.Values());
        Assert.Null(entry.Response);
    }

    [Theory]
    [InlineData("neutrophils_10e9_per_l", "4500", "outside 0.1 to 100 10⁹/L; it looks like cells per µL, 1000 times too large: 4.5")]
    [InlineData("platelets_10e9_per_l", "180000", "cells per µL")]
    [InlineData("albumin_g_per_l", "3.5", "g/dL, 10 times too small: 35 g/L")]
    [InlineData("bilirubin_umol_per_l", "1.2", "mg/dL, 17.1 times too small: 20.52 µmol/L")]
    [InlineData("albumin_g_per_l", "35 g/L", "is not a number")]
    [InlineData("albumin_g_per_l", "NaN", "is not a number")]
    [InlineData("afp_ng_per_ml", "0", "outside")]
    [InlineData("age_years", "-61", "outside 10 to 110 years")]
    [InlineData("treatment_start", "31.05.2023", "yyyy-MM-dd")]
    [InlineData("treatment_start", "2023-02-30", "yyyy-MM-dd")]
    [InlineData("treatment_start", "2031-01-01", "future")]
    [InlineData("treatment_start", "", "is empty")]
    [InlineData("patient_id", "", "is empty")]
    [InlineData("center", "C 1", "centre code")]
    [InlineData("sex", "X", "F or M")]
    [InlineData("child_pugh_class", "D", "A, B or C")]
    [InlineData("ecog", "5", "0 to 4")]
    [InlineData("pvtt", "Vp5", "Vp0 to Vp4")]
    [InlineData("hbv", "yes", "0 or 1")]
    [InlineData("mrecist_response", "DC", "CR, PR, SD or PD")]
    [InlineData("pfs_event", "", "although pfs_months is given")]
    [InlineData("pfs_months", "", "although pfs_event is given")]
    public void Read_BadCell_IsNamedWithLineAndColumn(string column, string cell, string expected)
    {
        ClinicalIssue issue = Assert.Single(IssuesOf(With(column, cell)));
        Assert.Equal((2, column), (issue.Line, issue.Column));
        Assert.Contains(expected, issue.Message, StringComparison.Ordinal);
        Assert.StartsWith($"line 2, column {column}: ", issue.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_DecimalComma_IsNamed() =>
        Assert.Contains("decimal comma", Assert.Single(Read("patient_id;center;treatment_start;albumin_g_per_l\nA;C1;2023-01-01;35,5").Rejected)[0].Message, StringComparison.Ordinal);

    [Fact]
    public void Read_SeveralBadCells_AreAllNamed()
    {
        string row = With("ecog", "9").Replace(",M,", ",?,", StringComparison.Ordinal);
        Assert.Equal(["sex", "ecog"], IssuesOf(row).Select(i => i.Column).OrderDescending());
    }

    [Fact]
    public void Read_BadRowBetweenGoodOnes_LeavesThemAlone()
    {
        ClinicalTable table = Read($"{Header}\n{Good}\n{With("patient_id", "HCC-2").Replace("4.5", "4500", StringComparison.Ordinal)}\n{With("patient_id", "HCC-3")}\n");
        Assert.Equal([2, 4], table.Entries.Select(e => e.Line));
        Assert.Equal(3, Assert.Single(table.Rejected)[0].Line);
    }

    [Fact]
    public void Read_PatientTwice_SecondIsRejectedWithoutNamingThePatient()
    {
        ClinicalIssue issue = Assert.Single(Assert.Single(Read($"{Header}\n{Good}\n{With("age_years", "62")}\n").Rejected));
        Assert.Contains("line 2", issue.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("HCC-1", issue.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_ShortRow_IsNamed() => Assert.Contains("has 3 cells, the header has 19", Assert.Single(IssuesOf("HCC-1,C01,2023-05-31")).Message, StringComparison.Ordinal);

    [Fact]
    public void Read_CenterOfTheTable_FillsEmptyCellsAndContradictsOthers()
    {
        Assert.Equal("C07", Assert.Single(Read($"{Header}\n{With("center", "")}\n", "C07").Entries).CenterCode);
        Assert.Contains("'C01' is not the centre 'C07'", Assert.Single(IssuesOf(Good, "C07")).Message, StringComparison.Ordinal);
        Assert.Equal("center", Assert.Single(IssuesOf(With("center", ""))).Column);
    }

    [Theory]
    [InlineData("patient_id,treatment_start,albumin", "albumin", "did you mean albumin_g_per_l?")]
    [InlineData("patient_id,treatment_start,hospital_phone", "hospital_phone", "leave it out")]
    [InlineData("patient_id,age_years", "treatment_start", "is missing")]
    [InlineData("patient_id,treatment_start,sex,sex", "sex", "more than once")]
    public void Read_BadHeader_RefusesTheTableAndNamesTheColumn(string header, string column, string expected)
    {
        ClinicalTable table = Read($"{header}\nx,y,z\n");
        ClinicalIssue issue = Assert.Single(table.HeaderIssues);
        Assert.Equal((1, column), (issue.Line, issue.Column));
        Assert.Contains(expected, issue.Message, StringComparison.Ordinal);
        Assert.Empty(table.Entries);
    }

    [Theory]
    [InlineData(5, 1)]
    [InlineData(6, 1)]
    [InlineData(7, 2)]
    [InlineData(9, 2)]
    [InlineData(10, 3)]
    [InlineData(15, 3)]
    public void Read_ChildPughScore_GivesTheClass(int score, double expected) =>
        Assert.Equal(expected, Assert.Single(Read($"patient_id,center,treatment_start,child_pugh_score\nA,C1,2023-01-01,{score}").Entries).Values()["child_pugh"]);

    [Fact]
    public void Read_ChildPughClassAgainstScore_IsNamed() =>
        Assert.Contains("which is class B", Assert.Single(Assert.Single(Read("patient_id,center,treatment_start,child_pugh_score,child_pugh_class\nA,C1,2023-01-01,7,A").Rejected)).Message, StringComparison.Ordinal);

    [Fact]
    public void Read_BomQuotesSemicolonsAndAnyOrder_AreTheSameTable()
    {
        ClinicalTable table = Read("\uFEFF\"Treatment_Start\";\"PATIENT_ID\";center\r\n\"2023-05-31\";\" HCC-1 \";C01\r\n");
        ClinicalEntry entry = Assert.Single(table.Entries);
        Assert.Equal(("HCC-1", new DateOnly(2023, 5, 31)), (entry.PatientId, entry.TreatmentStart));
        Assert.Contains("mrecist_response", table.ColumnsNotThere);
    }

    [Fact]
    public void Read_Latin1_SaysHowToSaveIt() =>
        Assert.Contains("UTF-8", Assert.Single(ClinicalTable.Read(Encoding.Latin1.GetBytes(Header + "\nMüller"), null, Today).HeaderIssues).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("patient_id,treatment_start\n", true)]
    [InlineData("patient_id;age_years\n", true)]
    [InlineData("just a text, about a patient\n", false)]
    [InlineData("", false)]
    [InlineData("id,feature,value\n1,2,3", false)]
    public void IsClinicalTable_FirstLine_Decides(string text, bool expected) =>
        Assert.Equal(expected, ClinicalTable.IsClinicalTable(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void Header_OfTheDocumentation_IsReadable() => Assert.Empty(Read(ClinicalColumns.Header + "\n").HeaderIssues);
}
