using HccPipeline.Cli.Synth;
using HccPipeline.Statistics.Discrimination;
using HccPipeline.Statistics.Lasso;
using HccPipeline.Statistics.Linear;
using HccPipeline.Statistics.Logistic;

namespace HccPipeline.Cli.Tests.Synth;

/// <summary>The registry is made so that what is measured in its images leads to the published predictors, whatever the folds.</summary>
public sealed class PredictorSelectionTests
{
    private const int FoldAssignments = 10, AtLeast = 9;
    private static readonly SyntheticRegistryOptions Options = new() { MatrixX = 64, MatrixY = 64, MatrixZ = 16 };

    [Fact]
    public void Lasso_OnMeasuredFeatures_KeepsThePublishedPredictors()
    {
        CohortPlan plan = CohortPlan.Create(Options);
        double[] y = [.. plan.Patients.Select(p => p.Progressed ? 1.0 : 0.0)];
        Dictionary<string, double[]> imaging = ImagingCandidates(plan), clinical = ClinicalCandidates(plan);
        Dictionary<string, double[]> all = new(imaging.Concat(clinical));

        Assert.InRange(TimesSelected(imaging, y, "post_ADC_Mean", "post_T2_SIR"), AtLeast, FoldAssignments);
        Assert.InRange(TimesSelected(clinical, y, "NLR"), AtLeast, FoldAssignments);
        Assert.InRange(TimesSelected(all, y, "NLR", "post_ADC_Mean", "post_T2_SIR"), AtLeast, FoldAssignments);
        Assert.Equal(0.751, Auc(all, y, "post_ADC_Mean", "post_T2_SIR"), 0.01);
        Assert.Equal(0.614, Auc(all, y, "NLR"), 0.01);
        Assert.Equal(0.811, Auc(all, y, "NLR", "post_ADC_Mean", "post_T2_SIR"), 0.01);
    }

    private static int TimesSelected(Dictionary<string, double[]> candidates, double[] y, params string[] expected)
    {
        string[] names = [.. candidates.Keys.Order(StringComparer.Ordinal)];
        DesignMatrix x = DesignMatrix.FromColumns([.. names.Select(n => candidates[n])], names);
        int times = 0;
        for (int seed = 1; seed <= FoldAssignments; seed++)
        {
            CrossValidationResult cv = LassoCrossValidation.Run(x, y, StratifiedFolds.Create(y, 10, (ulong)seed), cancellationToken: TestContext.Current.CancellationToken);
            if (cv.Path.Coefficients[cv.Index1Se].Columns.Select(c => names[c]).Order(StringComparer.Ordinal).SequenceEqual(expected))
                times++;
        }
        return times;
    }

    private static double Auc(Dictionary<string, double[]> candidates, double[] y, params string[] names)
    {
        DesignMatrix x = DesignMatrix.FromColumns([.. names.Select(n => candidates[n])]);
        return RocCurve.Compute(LogisticRegression.Fit(x, y).LinearPredictors(x), y).Auc;
    }

    private static Dictionary<string, double[]> ImagingCandidates(CohortPlan plan)
    {
        string[] names = ["T2_SIR", "ADC_Mean", "ADC_P10", "ADC_P90", "T2_Entropy", "T2_Volume"];
        TextureTile tile = new(Options.Seed);
        double[][] pre = new double[plan.Patients.Count][], post = new double[plan.Patients.Count][];
        Parallel.For(0, pre.Length, i =>
        {
            pre[i] = Features(Measured.Render(Options, tile, plan.Patients[i], post: false));
            post[i] = Features(Measured.Render(Options, tile, plan.Patients[i], post: true));
        });
        Dictionary<string, double[]> columns = [];
        for (int f = 0; f < names.Length; f++)
        {
            columns["pre_" + names[f]] = [.. pre.Select(v => v[f])];
            columns["post_" + names[f]] = [.. post.Select(v => v[f])];
            columns["delta_" + names[f]] = [.. post.Zip(pre, (after, before) => after[f] - before[f])];
        }
        return columns;
    }

    private static double[] Features(VisitImages images)
    {
        double[] adc = Measured.Adc(images);
        return
        [
            Measured.T2Sir(images), adc.Average(), Measured.Quantile(adc, 0.1), Measured.Quantile(adc, 0.9),
            Measured.Entropy(Measured.In(images.T2, images.Lesion.OnT2)), Measured.VolumeMm3(images.Lesion.OnT2),
        ];
    }

    private static Dictionary<string, double[]> ClinicalCandidates(CohortPlan plan)
    {
        double[] Column(Func<PatientPlan, double> value) => [.. plan.Patients.Select(value)];
        return new()
        {
            ["NLR"] = Column(p => p.Laboratory.Nlr),
            ["PLR"] = Column(p => p.Laboratory.Platelets / p.Laboratory.Lymphocytes),
            ["SII"] = Column(p => p.Laboratory.Platelets * p.Laboratory.Nlr),
            ["ALBI"] = Column(p => 0.66 * Math.Log10(p.Laboratory.BilirubinUmolPerL) - 0.085 * p.Laboratory.AlbuminGPerL),
            ["log_AFP"] = Column(p => Math.Log(p.Laboratory.AfpNgPerMl)),
            ["age"] = Column(p => p.AgeYears),
            ["sex_male"] = Column(p => p.IsMale ? 1 : 0),
            ["child_pugh"] = Column(p => p.ChildPughScore),
            ["ALT"] = Column(p => p.Laboratory.AltUPerL),
            ["albumin"] = Column(p => p.Laboratory.AlbuminGPerL),
            ["bilirubin"] = Column(p => p.Laboratory.BilirubinUmolPerL),
            ["platelets"] = Column(p => p.Laboratory.Platelets),
            ["ECOG"] = Column(p => p.Ecog),
            ["PVTT"] = Column(p => p.HasPortalVeinThrombus ? 1 : 0),
            ["HBV"] = Column(p => p.HasHepatitisB ? 1 : 0),
        };
    }
}
