using System.Text.Json;
using HccPipeline.Reporting.Tests.Fixtures;
using HccPipeline.Reporting.Validation;
using HccPipeline.Statistics.Discrimination;
using HccPipeline.Statistics.Linear;
using HccPipeline.Statistics.Logistic;
using Xunit;

namespace HccPipeline.Reporting.Tests;

/// <summary>The report of the paper-shaped cohort says what R says of it.</summary>
public sealed class PaperReportTests
{
    private const double Relative = 1e-8;

    [Theory]
    [InlineData("imaging")]
    [InlineData("clinical")]
    [InlineData("combined")]
    public void Build_PaperCohort_AucsAndIntervalsAreR(string name)
    {
        PaperCohort paper = PaperCohort.Load();
        Estimate auc = Model(Report(paper), name).Discrimination.Auc;
        JsonElement expected = paper.Result.GetProperty("auc").GetProperty(name);
        Close(expected.GetProperty("auc").GetDouble(), auc.Value);
        Close(expected.GetProperty("ci95")[0].GetDouble(), auc.Lower);
        Close(expected.GetProperty("ci95")[1].GetDouble(), auc.Upper);
    }

    [Fact]
    public void Build_PaperCohort_AucsAreThoseOfTheReferenceToFourDigits()
    {
        ValidationReport report = Report(PaperCohort.Load());
        Assert.Equal([0.7548, 0.6141, 0.8111], report.Models.Select(m => Math.Round(m.Discrimination.Auc.Value, 4)));
    }

    [Theory]
    [InlineData("combined", "imaging")]
    [InlineData("combined", "clinical")]
    [InlineData("imaging", "clinical")]
    public void Build_PaperCohort_PairedDeLongTestsAreR(string first, string second)
    {
        PaperCohort paper = PaperCohort.Load();
        AucComparison comparison = Report(paper).Comparisons.Single(c => c.First == first && c.Second == second);
        JsonElement expected = paper.Result.GetProperty("delong").GetProperty($"{first}_vs_{second}");
        Close(expected.GetProperty("z").GetDouble(), comparison.Z);
        Close(expected.GetProperty("p").GetDouble(), comparison.PValue);
    }

    [Fact]
    public void Build_PaperCohort_SurvivalOfTheRiskGroupsIsR()
    {
        PaperCohort paper = PaperCohort.Load();
        SurvivalResult survival = Report(paper).Survival!;
        JsonElement expected = paper.Result.GetProperty("pfs"), medians = expected.GetProperty("median_ci_log");
        Assert.Equal(["low", "high"], survival.Groups.Select(g => g.Name));
        foreach (SurvivalGroup group in survival.Groups)
        {
            JsonElement median = medians.GetProperty(group.Name);
            Assert.Equal(median[0].GetDouble(), group.Median!.Value, 1e-9);
            Assert.Equal(median[1].GetDouble(), group.MedianLower!.Value, 1e-9);
            Assert.Equal(median[2].GetDouble(), group.MedianUpper!.Value, 1e-9);
        }
        Assert.Equal(paper.Result.GetProperty("n_low").GetInt32(), survival.Groups[0].Patients);
        Assert.Equal(paper.Result.GetProperty("n_high").GetInt32(), survival.Groups[1].Patients);
        Close(expected.GetProperty("logrank_chisq").GetDouble(), survival.LogRankChiSquared);
        Close(expected.GetProperty("logrank_p").GetDouble(), survival.LogRankP);
        Close(paper.Result.GetProperty("youden_cut_combined").GetDouble(), survival.RiskThreshold);
    }

    [Fact]
    public void Build_PaperCohort_OddsRatiosAreR()
    {
        PaperCohort paper = PaperCohort.Load();
        PredictorRow[] rows = [.. Model(Report(paper), "combined").Predictors];
        JsonElement expected = paper.Result.GetProperty("models").GetProperty("combined");
        Assert.Equal(3, rows.Length);
        for (int j = 0; j < rows.Length; j++)
        {
            Close(expected.GetProperty("or")[j + 1].GetDouble(), rows[j].OddsRatio.Value);
            Close(expected.GetProperty("or_lower")[j + 1].GetDouble(), rows[j].OddsRatio.Lower);
            Close(expected.GetProperty("or_upper")[j + 1].GetDouble(), rows[j].OddsRatio.Upper);
        }
    }

    [Fact]
    public void Build_PaperCohort_CharacteristicsAreR()
    {
        PaperCohort paper = PaperCohort.Load();
        Dictionary<string, CharacteristicRow> rows = Report(paper).Cohort.Characteristics.ToDictionary(r => r.Name, StringComparer.Ordinal);
        JsonElement table = paper.Result.GetProperty("table1");
        Assert.Equal(29, rows.Count);
        Check("post_T2_SIR", "T2SIR_post", "mean-sd", "control_mean", "progression_mean", "welch_p");
        Check("NLR", "NLR", "median-iqr", "control_median", "progression_median", "mann_whitney_p");
        Check("child_pugh_B", "child_pugh_B", "count", "control_n1", "progression_n1", "chi2_p");
        Check("sex_male", "sex_male", "count", "control_n1", "progression_n1", "fisher_p");

        void Check(string name, string reference, string summary, string control, string progression, string p)
        {
            CharacteristicRow row = rows[name];
            JsonElement expected = table.GetProperty(reference);
            Assert.Equal(summary, row.Summary);
            Close(expected.GetProperty(control).GetDouble(), row.Control.Center!.Value);
            Close(expected.GetProperty(progression).GetDouble(), row.Progression.Center!.Value);
            Close(expected.GetProperty(p).GetDouble(), row.PValue!.Value, 1e-6);
        }
    }

    [Fact]
    public void Build_PaperCohort_StandsBesideThePublishedResults()
    {
        ReferenceRow[] rows = [.. Report(PaperCohort.Load()).Published.Rows];
        ReferenceRow combined = rows.Single(r => r.Name == "AUC, combined model");
        Assert.Equal(0.811, combined.Published);
        Assert.Equal(0.811141304347826 - 0.811, combined.Difference!.Value, 1e-12);
        Assert.All(rows, r => Assert.NotNull(r.Ours));
    }

    [Fact]
    public void Build_PaperCohort_ShowsEachPartOfTheStudyBesideOurs()
    {
        Dictionary<string, ReferencePart> parts = Report(PaperCohort.Load()).Published.Parts.ToDictionary(p => p.Name, StringComparer.Ordinal);
        Assert.Equal("LASSO, λ.1se by 10-fold cross-validation", parts["Selection"].Ours);
        Assert.EndsWith("; 3 of the 3", parts["Independent predictors"].Ours, StringComparison.Ordinal);
        Assert.Contains("combined 0.811 (0.714–0.908)", parts["ROC curves"].Ours, StringComparison.Ordinal);
        Assert.Contains("slope 1.00", parts["Calibration curves"].Ours, StringComparison.Ordinal);
        Assert.Contains("better than acting on all or none at", parts["Decision curve analysis"].Ours, StringComparison.Ordinal);
        Assert.Equal("of 3 predictors", parts["Nomogram"].Ours);
        Assert.Contains("log-rank p\u00a0=\u00a00.010", parts["Progression-free survival"].Ours, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_PaperCohort_OptimismIsPositiveRepeatableAndBelongsToTheProcess()
    {
        PaperCohort paper = PaperCohort.Load();
        ReportSubject subject = paper.Subject() with { Replicates = 30 };
        ValidationReport report = ValidationReportBuilder.Build(subject, "test");
        CorrectedMeasure auc = report.Optimism!.Auc;
        Assert.Equal(30, report.Optimism.Replicates);
        // The process on the patients as they are: an ordinary regression on what R's LASSO selects at λ.1se.
        string[] selected = [.. Model(report, "combined").Selection.Selected];
        double[] y = paper.Snapshot.Progression();
        DesignMatrix x = DesignMatrix.FromColumns([.. selected.Select(name => paper.Snapshot.Column(name).ToArray())]);
        Close(DeLong.Estimate(LogisticRegression.Fit(x, y).LinearPredictors(x), y).Auc, auc.Apparent!.Value);
        Assert.InRange(auc.Optimism!.Value, 0.01, 0.2);
        Assert.Equal(auc.Apparent.Value - auc.Optimism.Value, auc.Corrected!.Value, 1e-12);
        Assert.InRange(report.Optimism.Slope.Corrected!.Value, 0.2, 1);
        Assert.InRange(report.Optimism.Unfitted, 0, 3);
        Assert.True(report.Optimism.Brier.Corrected > report.Optimism.Brier.Apparent);
        Assert.Equal(report.Optimism, ValidationReportBuilder.Build(subject, "test").Optimism);
    }

    private static ValidationReport Report(PaperCohort paper) => ValidationReportBuilder.Build(paper.Subject(), "test");

    private static ModelResult Model(ValidationReport report, string name) => report.Models.Single(m => m.Name == name);

    private static void Close(double expected, double actual, double relative = Relative) =>
        Assert.Equal(expected, actual, relative * Math.Max(1e-300, Math.Abs(expected)));
}
