using HccPipeline.Contracts.Models;
using HccPipeline.Persistence.Cohort;
using HccPipeline.Persistence.Models;
using HccPipeline.Reporting.Tests.Fixtures;
using HccPipeline.Reporting.Validation;
using Xunit;

namespace HccPipeline.Reporting.Tests;

public sealed class ReportBuilderTests
{
    [Fact]
    public void Build_Twice_GivesTheSameJsonBytes() =>
        Assert.Equal(Json(SmallCohort.Subject()), Json(SmallCohort.Subject()));

    [Fact]
    public void Json_ReadBack_GivesTheSameBytes()
    {
        byte[] json = Json(SmallCohort.Subject());
        Assert.Equal(json, CanonicalJson.Write(CanonicalJson.Read<ValidationReport>(json)));
    }

    [Fact]
    public void Build_RocCurve_RunsFromCornerToCornerAndHoldsItsArea()
    {
        foreach (ModelResult model in Report().Models)
        {
            IReadOnlyList<CurvePoint> roc = model.Discrimination.Roc;
            Assert.Equal(new CurvePoint(0, 0), roc[0]);
            Assert.Equal(new CurvePoint(1, 1), roc[^1]);
            double area = roc.Zip(roc.Skip(1), (a, b) => (b.X - a.X) * (a.Y + b.Y) / 2).Sum();
            Assert.Equal(model.Discrimination.Auc.Value, area, 1e-12);   // dropping points of straight runs loses nothing
        }
    }

    [Fact]
    public void Build_PatientsLackAPredictor_AreScoredWithTheValuesThatTrainingFilledIn()
    {
        CohortSnapshot full = SmallCohort.Snapshot();
        ModelDocument document = SmallCohort.Document(full);
        Dictionary<string, double[]> columns = full.FeatureNames.ToDictionary(n => n, n => full.Column(n).ToArray());
        double known = columns[SmallCohort.Nlr][4];
        columns[SmallCohort.Nlr][4] = double.NaN;
        CohortSnapshot lacking = new(full.Patients, columns);
        string sha = new('d', 64);
        Assert.Throws<InvalidDataException>(() => ValidationReportBuilder.Build(new(3, sha, document, lacking), "0.1.0"));

        ModelDocument filled = document with { Models = [.. document.Models.Select(m => m with { Imputed = [new(SmallCohort.Nlr, [5], [known])] })] };
        ValidationReport report = ValidationReportBuilder.Build(new(3, sha, filled, lacking), "0.1.0"), before = Report();
        Assert.Equal(before.Models.Select(m => m.Brier), report.Models.Select(m => m.Brier));
        Assert.Equal([new ImputedRow(SmallCohort.Nlr, 1)], report.Models[2].Selection.Imputed!);
        Assert.Contains("Some patients lack NLR (1).", report.Limitations.Single(l => l.Topic == "Missing values").Text, StringComparison.Ordinal);
        Assert.DoesNotContain(before.Limitations, l => l.Topic == "Missing values");
    }

    [Fact]
    public void Build_HeldOutScores_GiveTheCrossValidatedAucItsInterval()
    {
        ReportSubject subject = SmallCohort.Subject();
        Assert.All(Report().Models, m => Assert.Null(m.Discrimination.CrossValidated));
        double[] scores = [.. subject.Snapshot.Patients.Select((p, i) => p.Progression ? 0.5 + (0.3 * Math.Sin(i)) : 0.4 + (0.3 * Math.Cos(i)))];
        HeldOutDocument heldOut = new() { SnapshotSha256 = subject.Model.SnapshotSha256, Probabilities = new Dictionary<string, IReadOnlyList<double>> { ["combined"] = scores } };
        ValidationReport report = ValidationReportBuilder.Build(subject with { HeldOut = heldOut }, "test");
        Estimate auc = report.Models[2].Discrimination.CrossValidated!;
        double[] cases = [.. scores.Where((_, i) => subject.Snapshot.Patients[i].Progression)], controls = [.. scores.Where((_, i) => !subject.Snapshot.Patients[i].Progression)];
        Assert.Equal(cases.SelectMany(a => controls.Select(b => a > b ? 1.0 : a == b ? 0.5 : 0)).Average(), auc.Value, 1e-12);
        Assert.InRange(auc.Value, auc.Lower, auc.Upper);
        Assert.Null(report.Models[0].Discrimination.CrossValidated);
    }

    [Fact]
    public void Build_HeldOutScores_GiveCalibrationNetBenefitAndPartsOfPatientsLeftOut()
    {
        ReportSubject subject = SmallCohort.LeftOut();
        double[] scores = [.. subject.HeldOut!.Probabilities["combined"]], y = subject.Snapshot.Progression();
        ValidationReport report = ValidationReportBuilder.Build(subject, "test");
        ModelResult combined = report.Models[2];
        HeldOutResult left = combined.HeldOut!;

        Assert.Equal(scores.Zip(y, (p, o) => (p - o) * (p - o)).Average(), left.Brier, 1e-9);
        // The intercept moves the predictions until they add up to the progressions.
        Assert.Equal(y.Sum(), scores.Sum(p => 1 / (1 + ((1 - p) / p * Math.Exp(-left.Calibration!.Intercept)))), 1e-6);
        Assert.True(left.Calibration!.Slope < combined.Calibration!.Slope);
        Assert.Null(left.Calibration.HosmerLemeshowP);
        DecisionPoint point = left.DecisionCurve.Single(d => Math.Abs(d.Threshold - 0.5) < 1e-9);
        int hits = scores.Zip(y).Count(s => s is { First: >= 0.5, Second: 1 }), misses = scores.Zip(y).Count(s => s is { First: >= 0.5, Second: 0 });
        Assert.Equal((hits - misses) / (double)y.Length, point.Model, 1e-9);
        Assert.Equal(combined.Discrimination.CrossValidated!.Value, report.Stability.All.LeftOut!.Value, 1e-12);
        Assert.All(report.Stability.Centers, s => Assert.Equal(s.Auc is null, s.LeftOut is null));
        byte[] json = CanonicalJson.Write(report);
        Assert.Equal(json, CanonicalJson.Write(CanonicalJson.Read<ValidationReport>(json)));
        Assert.All(Report().Models, m => Assert.Null(m.HeldOut));
    }

    [Fact]
    public void Build_BootstrapLeftOut_SaysWhy()
    {
        Assert.Null(Report().Optimism);
        Assert.Equal("The bootstrap was not asked for.", Report().OptimismNote);
    }

    [Fact]
    public void Build_PartBelowTheMinimum_IsInsufficientWithoutAuc()
    {
        StabilityResult stability = Report().Stability;
        StratumResult small = stability.Periods.Single(s => s.Name == "2023"), large = stability.Periods.Single(s => s.Name == "2022");
        Assert.Null(small.Auc);
        Assert.StartsWith("insufficient: ", small.Insufficient, StringComparison.Ordinal);
        Assert.Contains("6 with progression and 4 without", small.Insufficient, StringComparison.Ordinal);
        Assert.NotNull(large.Auc);
        Assert.Empty(large.Insufficient);
        Assert.Equal(60, stability.Periods.Sum(s => s.Patients));
        Assert.Equal(["BER", "KYO", "LYO", "OSL"], stability.Centers.Select(s => s.Name));
    }

    [Fact]
    public void Build_SmallerPart_HasLessPowerAndNeitherIsCertain()
    {
        StabilityResult stability = Report().Stability;
        StratumResult[] parts = [.. stability.Periods.Concat(stability.Centers).OrderBy(s => s.Patients)];
        Assert.Null(stability.All.Power);
        Assert.All(parts, s => Assert.InRange(s.Power!.Value, 0.05, 0.6));
        Assert.All(parts.Zip(parts.Skip(1)), pair => Assert.True(pair.First.Power <= pair.Second.Power));
    }

    [Fact]
    public void Build_Nomogram_PointsAddUpToTheModelsProbability()
    {
        ReportSubject subject = SmallCohort.Subject();
        NomogramResult nomogram = ValidationReportBuilder.Build(subject, "test").Nomogram!;
        LogisticDocument model = subject.Model.Models[2].Logistic;
        double[] expected = ModelDocuments.Probabilities(subject.Snapshot, model);
        NomogramTick half = nomogram.Probability.Single(t => t.Value == 0.5), most = nomogram.Probability.Single(t => t.Value == 0.8);
        double logitPerPoint = Math.Log(0.8 / 0.2) / (most.Points - half.Points);
        for (int i = 0; i < 5; i++)
        {
            double total = nomogram.Predictors.Sum(a => Read(a, subject.Snapshot.Column(a.Name)[i]));
            Assert.Equal(expected[i], 1 / (1 + Math.Exp(-((total - half.Points) * logitPerPoint))), 1e-9);
        }

        static double Read(NomogramAxisRow axis, double value)
        {
            NomogramTick a = axis.Ticks[0], b = axis.Ticks[^1];
            return a.Points + ((value - a.Value) / (b.Value - a.Value) * (b.Points - a.Points));
        }
    }

    [Fact]
    public void Build_PatientWithoutPfs_IsLeftOutAndCounted()
    {
        ValidationReport report = Report();
        Assert.Equal(59, report.Survival!.Groups.Sum(g => g.Patients));
        Assert.Contains("1 of 60 patients", report.SurvivalNote, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_NoPfsAtAll_HasNoSurvivalAndSaysWhy()
    {
        ValidationReport report = ValidationReportBuilder.Build(SmallCohort.Subject(pfs: false), "test");
        Assert.Null(report.Survival);
        Assert.Contains("no patient", report.SurvivalNote, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_RiskTable_CountsPatientsStillFollowed()
    {
        SurvivalResult survival = Report().Survival!;
        foreach (SurvivalGroup group in survival.Groups)
        {
            Assert.Equal(group.Patients, group.AtRisk[0]);
            for (int k = 0; k < group.AtRisk.Count; k++)
            {
                int left = group.Steps.Where(s => s.Months < survival.RiskTableMonths[k]).Sum(s => s.Events + s.Censored);
                Assert.Equal(group.Patients - left, group.AtRisk[k]);
            }
        }
    }

    [Fact]
    public void Build_ModelWithoutPredictors_ReportsItsEmptiness()
    {
        ReportSubject subject = SmallCohort.Subject();
        LogisticDocument empty = ModelDocuments.Logistic(subject.Snapshot, 0.405);
        SubmodelDocument combined = subject.Model.Models[2] with { Logistic = empty, Metrics = ModelDocuments.Metrics(subject.Snapshot, empty, 0.5) };
        ModelDocument model = subject.Model with { Models = [subject.Model.Models[0], subject.Model.Models[1], combined] };
        ValidationReport report = ValidationReportBuilder.Build(subject with { Model = model }, "test");
        Assert.Null(report.Nomogram);
        Assert.Null(report.Survival);
        Assert.Null(report.Models[2].Calibration);
        Assert.Equal(0.5, report.Models[2].Discrimination.Auc.Value);
        Assert.NotEmpty(Html.ReportPage.Write(report));
    }

    [Fact]
    public void Build_OtherPatientCount_IsRefused()
    {
        ReportSubject subject = SmallCohort.Subject();
        InvalidDataException e = Assert.Throws<InvalidDataException>(
            () => ValidationReportBuilder.Build(subject with { Model = subject.Model with { PatientCount = 61 } }, "test"));
        Assert.Contains("61", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_SnapshotWithoutThePredictor_NamesIt()
    {
        ReportSubject subject = SmallCohort.Subject();
        CohortSnapshot other = SmallCohort.Snapshot(rename: new Dictionary<string, string>(StringComparer.Ordinal) { [SmallCohort.Adc] = "post_ADC_Median" });
        InvalidDataException e = Assert.Throws<InvalidDataException>(() => ValidationReportBuilder.Build(subject with { Snapshot = other }, "test"));
        Assert.Contains(SmallCohort.Adc, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_MetricsOfAnotherCohort_AreRefused()
    {
        ReportSubject subject = SmallCohort.Subject();
        SubmodelDocument clinical = subject.Model.Models[1];
        clinical = clinical with { Metrics = clinical.Metrics with { Auc = clinical.Metrics.Auc - 0.05 } };
        ModelDocument model = subject.Model with { Models = [subject.Model.Models[0], clinical, subject.Model.Models[2]] };
        Assert.Throws<InvalidDataException>(() => ValidationReportBuilder.Build(subject with { Model = model }, "test"));
    }

    [Fact]
    public void Build_PostTreatmentPredictors_WarnOfIncorporationBias()
    {
        Dictionary<string, string> before = new(StringComparer.Ordinal) { [SmallCohort.T2] = "pre_T2_Contrast", [SmallCohort.Adc] = "pre_ADC_Mean" };
        Assert.Contains(Report().Limitations, l => l.Topic == "Incorporation bias");
        Assert.DoesNotContain(ValidationReportBuilder.Build(SmallCohort.Subject(rename: before), "test").Limitations, l => l.Topic == "Incorporation bias");
    }

    private static ValidationReport Report() => ValidationReportBuilder.Build(SmallCohort.Subject(), "test");

    private static byte[] Json(ReportSubject subject) => CanonicalJson.Write(ValidationReportBuilder.Build(subject, "test"));
}
