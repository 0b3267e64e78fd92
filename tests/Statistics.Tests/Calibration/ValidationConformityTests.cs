using System.Text.Json;
using HccPipeline.Statistics.Calibration;
using HccPipeline.Statistics.Linear;
using HccPipeline.Statistics.Logistic;
using HccPipeline.Statistics.Tests.Lasso;
using Xunit;

namespace HccPipeline.Statistics.Tests.Calibration;

/// <summary>rms::val.prob and the bootstrap of the reference README, on the resamples drawn there.</summary>
public sealed class ValidationConformityTests
{
    [Theory]
    [MemberData(nameof(CalibrationConformityTests.Cases), MemberType = typeof(CalibrationConformityTests))]
    public void ValidationSummary_ReferenceCase_MatchesValProb(string name)
    {
        ReferenceCase reference = ReferenceCase.Open(name);
        JsonElement r = reference.Result.GetProperty("val_prob");
        double[] y = reference.Column("data.csv", "y"), p = reference.Column("data.csv", "p");
        ValidationSummary summary = ValidationSummary.Compute(p, y)!;
        Comparison compare = new(1e-8);
        // rms counts pairs on coarsened predictions: half a pair of 22,000 is left over at n = 300.
        compare.Same("Dxy", r.GetProperty("Dxy"), summary.SomersD, 1e-4);
        compare.Same("C", r.GetProperty("C (ROC)"), summary.Auc, 1e-4);
        compare.Same("R2", r.GetProperty("R2"), summary.NagelkerkeR2);
        compare.Same("D", r.GetProperty("D"), summary.Discrimination);
        compare.Same("D chi-squared", r.GetProperty("D:Chi-sq"), summary.DiscriminationChiSquared);
        compare.Same("U", r.GetProperty("U"), summary.Unreliability);
        compare.Same("U chi-squared", r.GetProperty("U:Chi-sq"), summary.UnreliabilityChiSquared, floor: 1e-3);
        compare.Same("U p", r.GetProperty("U:p"), summary.UnreliabilityP);
        compare.Same("Q", r.GetProperty("Q"), summary.Quality);
        compare.Print(name);
    }

    [Theory]
    [MemberData(nameof(CalibrationConformityTests.Cases), MemberType = typeof(CalibrationConformityTests))]
    public void Optimism_ReferenceResamples_MatchesR(string name)
    {
        ReferenceCase reference = ReferenceCase.Open(name);
        JsonElement r = reference.Result.GetProperty("bootstrap_own");
        Comparison compare = new(1e-7);
        Optimism optimism = Run(reference, "boot_index.csv", r.GetProperty("B").GetInt32());
        OptimismEstimate[] measures = [optimism.Auc, optimism.Intercept, optimism.Slope, optimism.Brier];
        compare.Same("apparent", r.GetProperty("original"), measures.Select(m => m.Apparent), floor: 1e-2);
        compare.Same("train", r.GetProperty("train_mean"), measures.Select(m => m.Train), floor: 1e-2);
        compare.Same("test", r.GetProperty("test_mean"), measures.Select(m => m.Test));
        compare.Same("optimism", r.GetProperty("optimism"), measures.Select(m => m.Optimism));
        compare.Same("corrected", r.GetProperty("corrected"), measures.Select(m => m.Corrected));
        JsonElement each = r.GetProperty("per_replicate");
        compare.Same("AUC per replicate", each.GetProperty("auc_train"), optimism.Train.Select(m => m.Auc));
        compare.Same("AUC per replicate", each.GetProperty("auc_test"), optimism.Test.Select(m => m.Auc));
        compare.Same("intercept per replicate", each.GetProperty("intercept_test"), optimism.Test.Select(m => m.Intercept), floor: 1e-3);
        compare.Same("slope per replicate", each.GetProperty("slope_test"), optimism.Test.Select(m => m.Slope));
        compare.Same("Brier per replicate", each.GetProperty("brier_train"), optimism.Train.Select(m => m.Brier));
        compare.Same("Brier per replicate", each.GetProperty("brier_test"), optimism.Test.Select(m => m.Brier));
        compare.Print(name);
    }

    [Theory]
    [MemberData(nameof(CalibrationConformityTests.Cases), MemberType = typeof(CalibrationConformityTests))]
    public void Optimism_RmsResamples_MatchesValidate(string name)
    {
        ReferenceCase reference = ReferenceCase.Open(name);
        JsonElement r = reference.Result.GetProperty("rms_validate");
        Comparison compare = new(1e-8);
        Optimism optimism = Run(reference, "rms_index.csv", r.GetProperty("B").GetInt32());
        compare.Same("Dxy optimism", r.GetProperty("check_dxy_optimism_own"), 2 * optimism.Auc.Optimism);
        compare.Same("slope optimism", r.GetProperty("check_slope_optimism_own"), optimism.Slope.Optimism, 1e-7);
        compare.Print(name);
    }

    [Theory]
    [MemberData(nameof(CalibrationConformityTests.Cases), MemberType = typeof(CalibrationConformityTests))]
    public void CorrectedCalibration_RmsResamples_MatchesCalibrate(string name)
    {
        ReferenceCase reference = ReferenceCase.Open(name);
        JsonElement r = reference.Result.GetProperty("rms_calibrate");
        JsonElement[] rows = [.. r.GetProperty("table").EnumerateArray()];
        string[] columns = [.. r.GetProperty("columns").EnumerateArray().Select(e => e.GetString()!)];
        (double[] y, Func<int[], int, double[]> refit, int[][] resamples) = Model(reference, "rms_index.csv", r.GetProperty("B").GetInt32());
        double[] grid = [.. rows.Select(row => row[Array.IndexOf(columns, "predy")].GetDouble())];
        CorrectedCalibrationPoint[] curve = [.. CorrectedCalibration.OnResamples(y, grid, refit, resamples, TestContext.Current.CancellationToken)];
        // lrm stops at a gradient that leaves its coefficients 1e-7 off; a smoother with a moving window passes that on.
        Comparison compare = new(1e-5);
        for (int k = 0; k < curve.Length; k++)
        {
            compare.Same("apparent curve", rows[k][Array.IndexOf(columns, "calibrated.orig")], curve[k].Apparent);
            compare.Same("corrected curve", rows[k][Array.IndexOf(columns, "calibrated.corrected")], curve[k].Corrected);
            compare.Same("replicates", rows[k][Array.IndexOf(columns, "n")], curve[k].Replicates, 0);
        }
        compare.Print(name);
    }

    [Fact]
    public void Optimism_OneAndTwoReplicatesAtOnce_SameBitsAndProgressCounts()
    {
        (DesignMatrix x, double[] y) = SyntheticCohort.Create(60, 12, seed: 4);
        Counter progress = new();
        Optimism one = Optimism.Bootstrap(y, LassoProcess.Refit(x, y, folds: 5), 30, seed: 7, progress, threads: 1, TestContext.Current.CancellationToken);
        Optimism two = Optimism.Bootstrap(y, LassoProcess.Refit(x, y, folds: 5), 30, seed: 7, threads: 2, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(one.Slope, two.Slope);
        Assert.Equal(one.Train, two.Train);
        Assert.Equal(one.Test, two.Test);
        Assert.True(one.Test.Distinct().Count() > 10);
        Assert.Equal(30, progress.Largest);
    }

    [Fact]
    public void Optimism_ConstantModel_HasNoSlopeAndHalfTheAuc()
    {
        double[] y = [1, 0, 1, 0, 1, 0, 0, 1];
        Optimism optimism = Optimism.Bootstrap(y, (_, _) => new double[8], 20, seed: 1, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(new OptimismEstimate(null, null, null, 0), optimism.Slope);
        Assert.Null(optimism.Slope.Corrected);
        Assert.Equal(0.5, optimism.Auc.Corrected);
    }

    [Fact]
    public void LeaveOneCentreOut_ThreeCentres_PredictsEachFromTheOthers()
    {
        double[] y = [1, 0, 1, 0, 1, 0, 1, 0, 0, 0];
        int[] centre = [1, 1, 1, 1, 2, 2, 2, 2, 3, 3];
        List<int[]> trained = [];
        LeaveOneCentreOut result = LeaveOneCentreOut.Evaluate(y, centre, rows =>
        {
            trained.Add(rows);
            return [.. Enumerable.Range(0, 10).Select(i => rows.Contains(i) ? double.NaN : (i % 4) - 1.5)];
        });
        Assert.Equal([[4, 5, 6, 7, 8, 9], [0, 1, 2, 3, 8, 9], [0, 1, 2, 3, 4, 5, 6, 7]], trained);
        Assert.Equal([1, 2, 3], result.Centres.Select(c => c.Centre));
        Assert.Null(result.Centres[2].Auc);
        Assert.Null(result.Centres[2].InTheLarge);
        Assert.Equal(0.25, result.Centres[0].Auc!.Auc);
        Assert.DoesNotContain(double.NaN, result.LinearPredictor);
    }

    private static Optimism Run(ReferenceCase reference, string file, int replicates)
    {
        (double[] y, Func<int[], int, double[]> refit, int[][] resamples) = Model(reference, file, replicates);
        return Optimism.OnResamples(y, refit, resamples, TestContext.Current.CancellationToken);
    }

    private static (double[] Y, Func<int[], int, double[]> Refit, int[][] Resamples) Model(ReferenceCase reference, string file, int replicates)
    {
        double[] y = reference.Column("data.csv", "y");
        double[][] x = [.. Enumerable.Range(1, 3).Select(j => reference.Column("data.csv", $"x{j}"))];
        int[][] resamples = [.. Enumerable.Range(1, replicates).Select(b => Array.ConvertAll(reference.Column(file, $"V{b}"), v => (int)v - 1))];
        double[] Refit(int[] rows, int replicate)
        {
            DesignMatrix design = DesignMatrix.FromColumns([.. x.Select(c => Array.ConvertAll(rows, i => c[i]))]);
            double[] b = LogisticRegression.Fit(design, Array.ConvertAll(rows, i => y[i])).Coefficients;
            return [.. Enumerable.Range(0, y.Length).Select(i => b[0] + (b[1] * x[0][i]) + (b[2] * x[1][i]) + (b[3] * x[2][i]))];
        }

        return (y, Refit, resamples);
    }

    private sealed class Counter : IProgress<int>
    {
        private int _largest;

        public int Largest => _largest;

        public void Report(int value)
        {
            int seen;
            while ((seen = Volatile.Read(ref _largest)) < value && Interlocked.CompareExchange(ref _largest, value, seen) != seen)
            {
            }
        }
    }
}
