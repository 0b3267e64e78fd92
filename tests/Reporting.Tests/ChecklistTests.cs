using System.Security.Cryptography;
using System.Text;
using HccPipeline.Reporting.Checklists;
using HccPipeline.Reporting.Html;
using HccPipeline.Reporting.Tests.Fixtures;
using HccPipeline.Reporting.Validation;
using Xunit;

namespace HccPipeline.Reporting.Tests;

public sealed class ChecklistTests
{
    // The sub-items of the published list, in its order.
    private static readonly string[] TripodNumbers =
    [
        "1", "2", "3a", "3b", "3c", "4", "5a", "5b", "6a", "6b", "6c", "7", "8a", "8b", "8c", "9a", "9b", "9c", "10", "11", "12a", "12b", "12c", "12d", "12e", "12f", "12g",
        "13", "14", "15", "16", "17", "18a", "18b", "18c", "18d", "18e", "18f", "19", "20a", "20b", "20c", "21", "22", "23a", "23b", "24", "25", "26", "27a", "27b", "27c",
    ];

    [Fact]
    public void Build_TripodAi_HasTheTwentySevenItemsInOrder()
    {
        Checklist list = List("TRIPOD+AI", SmallCohort.Subject());
        Assert.Equal(TripodNumbers, list.Items.Select(i => i.Number));
        Assert.Equal(27, list.Items.Select(i => i.Number.TrimEnd('a', 'b', 'c', 'd', 'e', 'f', 'g')).Distinct().Count());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Build_Clear_HasTheFiftyEightItemsInOrder(bool withManifest) => Assert.Equal(
        Enumerable.Range(1, 58).Select(i => $"{i}"),
        List("CLEAR", withManifest ? Manifests.Subject() : SmallCohort.Subject()).Items.Select(i => i.Number));

    [Fact]
    public void Build_EveryItem_SaysWhatIsKnownOrWhatIsMissing()
    {
        foreach (ChecklistItem item in Report(Manifests.Subject()).Checklists.SelectMany(c => c.Items).Concat(Report(SmallCohort.Subject()).Checklists.SelectMany(c => c.Items)))
        {
            Assert.NotEmpty(item.Topic);
            Assert.Equal(item.State is "known" or "partly" or "not-applicable", item.Known.Length > 0);
            Assert.Equal(item.State is "open" or "partly", item.ToAdd.Length > 0);
            Assert.DoesNotContain("..", item.Known, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Build_ManifestAndProfile_FillItemsThatAreOpenWithoutThem()
    {
        Checklist with = List("TRIPOD+AI", Manifests.Subject()), without = List("TRIPOD+AI", SmallCohort.Subject());
        Assert.Equal(("open", "known"), (Item(without, "6b").State, Item(with, "6b").State));
        Assert.Contains("day 56 ± 7", Item(with, "8a").Known, StringComparison.Ordinal);
        Assert.Contains("60 patients in; 2 left out (a mature outcome: 2; an MRI before treatment: 1); 1 had withdrawn", Item(with, "20a").Known, StringComparison.Ordinal);
        Assert.Contains("20 of 60", Item(with, "8c").Known, StringComparison.Ordinal);
        Checklist clear = List("CLEAR", Manifests.Subject());
        Assert.Equal("T2: bins of width 25; ADC: bins of width 0.025.", Item(clear, "23").Known);
        Assert.Equal("T2: firstorder, glcm; ADC: firstorder; named indicators T2 SIR and ADC mean.", Item(clear, "26").Known);
    }

    [Fact]
    public void Build_ProfileWithEnhancement_SaysSo()
    {
        ReportSubject subject = Manifests.Subject();
        string profile = subject.ProfileJson!, asked = profile.Insert(profile.IndexOf('{', StringComparison.Ordinal) + 1, "\"enhancement\": { \"latePhase\": \"Portal\" },");

        Assert.EndsWith("T2 SIR and ADC mean, and enhancement with Portal as late phase.", Item(List("CLEAR", subject with { ProfileJson = asked }), "26").Known, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_Lineage_CountsAndHashesWhatTheManifestNames()
    {
        ReportLineage lineage = Report(Manifests.Subject()).Lineage!;
        string runs = string.Concat(Enumerable.Range(0, 60).Select(i => $"pre-{i}\npost-{i}\n"));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(runs))), lineage.RunsSha256);
        Assert.Equal((60, 60, 60, 2, 1, 1), (lineage.Patients, lineage.PreRuns, lineage.PostRuns, lineage.LeftOut, lineage.Withdrawn, lineage.ChangedOutcomes));
        Assert.Equal([new CategoryCount("adjudicated", 1), new CategoryCount("mature", 59)], lineage.Labels);
        Assert.Equal(20, lineage.Incorporation.Count);
        Assert.Contains("In 20 of 60 patients", Report(Manifests.Subject()).Limitations.Single(l => l.Topic == "Incorporation bias").Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_WithManifest_NamesNoPatientAndMarksGaps()
    {
        string page = Encoding.UTF8.GetString(ReportPage.Write(Report(Manifests.Subject())));
        Assert.All(Manifests.Subject().Manifest!.Patients, p => Assert.DoesNotContain(p.Pseudonym, page, StringComparison.Ordinal));
        Assert.DoesNotContain("patient-out", page, StringComparison.Ordinal);
        Assert.Contains("To be filled in by the authors: committee, number, consent.", page, StringComparison.Ordinal);
        Assert.Contains("In 20 of 60 patients the post-treatment scan lies on days 49 to 63", page, StringComparison.Ordinal);
    }

    private static ValidationReport Report(ReportSubject subject) => ValidationReportBuilder.Build(subject, "0.1.0");

    private static Checklist List(string name, ReportSubject subject) => Report(subject).Checklists.Single(c => c.Name == name);

    private static ChecklistItem Item(Checklist list, string number) => list.Items.Single(i => i.Number == number);
}
