using HccPipeline.Cli.Synth;
using HccPipeline.Statistics.Discrimination;
using HccPipeline.Statistics.Linear;
using HccPipeline.Statistics.Logistic;
using HccPipeline.Statistics.Survival;

namespace HccPipeline.Cli.Tests.Synth;

public sealed class CohortPlanTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(20)]
    public void Create_StudySize_ResemblesThePublishedFigures(int seed)
    {
        IReadOnlyList<PatientPlan> patients = CohortPlan.Create(new() { Seed = seed }).Patients;
        double[] y = Values(patients, p => p.Progressed ? 1 : 0);
        double[] sir = Values(patients, p => p.Post.T2Sir), adc = Values(patients, p => p.Post.AdcMean), nlr = Values(patients, p => p.Laboratory.Nlr);
        double[] risk = Score(y, sir, adc, nlr);
        Assert.Equal(32, patients.Count(p => !p.Progressed));
        Assert.Equal(46, patients.Count(p => p.Progressed));
        Assert.InRange(Auc(y, Score(y, sir, adc)), 0.751 - 0.01, 0.751 + 0.01);
        Assert.InRange(Auc(y, Score(y, nlr)), 0.614 - 0.01, 0.614 + 0.01);
        Assert.InRange(Auc(y, risk), 0.811 - 0.01, 0.811 + 0.01);

        double cut = Youden.Thresholds(RocCurve.Compute(risk, y))[0];
        double[] months = Values(patients, p => p.PfsMonths), status = Values(patients, p => p.PfsEvent ? 1 : 0);
        int[] high = [.. risk.Select(r => r >= cut ? 1 : 0)];
        var curves = KaplanMeier.EstimateByGroup(months, status, high);
        Assert.InRange(curves[0].Median().Time!.Value, 6.7, 7.3);
        Assert.InRange(curves[1].Median().Time!.Value, 4.7, 5.3);
        Assert.InRange(LogRank.Test(months, status, high).P, 0.001, 0.05);
        Assert.InRange(status.Average(), 0.6, 0.97);
    }

    [Fact]
    public void Create_ValuesBesideThePredictors_DoNotTellTheResponse()
    {
        IReadOnlyList<PatientPlan> patients = CohortPlan.Create(new()).Patients;
        Func<PatientPlan, double>[] bystanders =
        [
            p => p.AgeYears, p => p.IsMale ? 1 : 0, p => p.Ecog, p => p.HasPortalVeinThrombus ? 1 : 0, p => p.HasHepatitisB ? 1 : 0,
            p => Math.Log(p.Laboratory.Platelets), p => p.Laboratory.AlbuminGPerL, p => Math.Log(p.Laboratory.BilirubinUmolPerL),
            p => Math.Log(p.Laboratory.AfpNgPerMl), p => Math.Log(p.Post.LesionVolumeMm3), p => p.Post.AdcDeviation, p => Math.Log(p.Post.T2Variation),
        ];
        double[] y = Values(patients, p => p.Progressed ? 1 : 0);
        foreach (Func<PatientPlan, double> value in bystanders)
            Assert.InRange(Correlation(y, Values(patients, value)), -0.06, 0.06);
    }

    [Fact]
    public void Create_Default_IsAPlausibleRegistry()
    {
        IReadOnlyList<PatientPlan> patients = CohortPlan.Create(new()).Patients;
        Assert.Equal(patients.Count, patients.Select(p => p.PatientId).Distinct().Count());
        Assert.Equal(["C01", "C02", "C03", "C04"], patients.Select(p => p.Center).Distinct().Order());
        Assert.True(patients.GroupBy(p => p.Center).All(c => c.Select(p => p.TreatmentStart.Year).Distinct().Count() >= 3), "every centre recruits over years");
        Assert.Equal(["CR", "PD", "PR", "SD"], patients.Select(p => p.Response).Distinct().Order());
        Assert.InRange(patients.Min(p => p.TreatmentStart), new(2021, 1, 1), new(2021, 2, 28));
        Assert.InRange(patients.Max(p => p.TreatmentStart), new(2024, 9, 1), new(2024, 10, 31));
        Assert.All(patients, p =>
        {
            Assert.InRange(p.TreatmentStart.DayNumber - p.Pre.Date.DayNumber, 1, 14);
            Assert.InRange(p.Post.Date.DayNumber - p.TreatmentStart.DayNumber, 51, 61);
            Assert.InRange(p.ChildPughScore, 5, 15);
            Assert.InRange(p.PfsMonths, 1.9, 24);
            Assert.Equal(p.AgeYears, WholeYears(p.BirthDate, p.TreatmentStart));
        });
    }

    [Theory]
    [InlineData(8, 1)]
    [InlineData(12, 4)]
    [InlineData(25, 7)]
    [InlineData(500, 6)]
    public void Create_OtherSizes_KeepTheShareOfProgressionAndEveryCentre(int patients, int centers)
    {
        CohortPlan plan = CohortPlan.Create(new() { Patients = patients, Centers = centers, Seed = 3 });
        Assert.Equal(patients, plan.Patients.Count);
        Assert.Equal(centers, plan.Patients.Select(p => p.Center).Distinct().Count());
        Assert.InRange(plan.Patients.Count(p => !p.Progressed) / (double)patients, 32.0 / 78 - 0.07, 32.0 / 78 + 0.07);
    }

    [Fact]
    public void Create_SameOptionsTwice_PlansTheSame_AnotherSeedDoesNot()
    {
        CohortPlan first = CohortPlan.Create(new() { Patients = 30, Seed = 5 });
        Assert.Equal(first.Patients, CohortPlan.Create(new() { Patients = 30, Seed = 5 }).Patients);
        Assert.NotEqual(first.Patients, CohortPlan.Create(new() { Patients = 30, Seed = 6 }).Patients);
    }

    [Theory]
    [InlineData(7, 4, 128)]
    [InlineData(10, 11, 128)]
    [InlineData(78, 4, 32)]
    public void Create_OptionOutOfRange_IsRefused(int patients, int centers, int matrix) =>
        Assert.Throws<InvalidOperationException>(() => CohortPlan.Create(new() { Patients = patients, Centers = centers, MatrixX = matrix }));

    private static double[] Values(IReadOnlyList<PatientPlan> patients, Func<PatientPlan, double> value) => [.. patients.Select(value)];

    private static double[] Score(double[] y, params double[][] columns)
    {
        DesignMatrix x = DesignMatrix.FromColumns(columns);
        return LogisticRegression.Fit(x, y).LinearPredictors(x);
    }

    private static double Auc(double[] y, double[] score) => RocCurve.Compute(score, y).Auc;

    private static double Correlation(double[] a, double[] b)
    {
        double ma = a.Average(), mb = b.Average();
        return a.Zip(b, (u, v) => (u - ma) * (v - mb)).Sum() / Math.Sqrt(a.Sum(u => (u - ma) * (u - ma)) * b.Sum(v => (v - mb) * (v - mb)));
    }

    private static int WholeYears(DateOnly birth, DateOnly day) => day.Year - birth.Year - (day < birth.AddYears(day.Year - birth.Year) ? 1 : 0);
}
