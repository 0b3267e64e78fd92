using System.Text.Json;
using HccPipeline.Statistics.Lasso;
using HccPipeline.Statistics.Linear;
using HccPipeline.Statistics.Tests.Linear;
using Xunit;

namespace HccPipeline.Statistics.Tests.Lasso;

/// <summary>Every LASSO case of the R reference: glmnet and cv.glmnet at thresh 1e-24.</summary>
public sealed class LassoReferenceTests
{
    private const double OnStandardisedScale = 1e-6;
    private const double Exact = 1e-8;

    public static TheoryData<string> Cases =>
    [
        "lasso/n78_p60", "lasso/n500_p50", "lasso/n200_p1000_block", "lasso/enet05_n120_p80", "lasso/constant_column_n150_p20",
        "lasso/null_signal_n100_p30", "lasso/penalty_factor_n150_p40", "lasso/weights_n150_p40",
        "paper/lasso_all", "paper/lasso_clinical", "paper/lasso_imaging",
    ];

    [Theory]
    [MemberData(nameof(Cases))]
    public void FitPath_ReferenceCase_MatchesGlmnet(string name)
    {
        Loaded input = Load(name);
        LassoPath path = LassoLogistic.FitPath(input.X, input.Y, input.Options);

        LargestDifferences differences = new(name);
        JsonElement expected = input.Case.Result.GetProperty("path");
        double[] means = ReferenceCase.Numbers(input.Case.Result.GetProperty("xm"));
        double[] deviations = ReferenceCase.Numbers(input.Case.Result.GetProperty("xs"));
        differences.Absolute("column means", path.ColumnMeans, means, 1e-10);
        differences.Relative("column deviations", path.ColumnDeviations, deviations, Exact);
        differences.Relative("lambda", path.Lambda, ReferenceCase.Numbers(expected.GetProperty("lambda")), Exact);
        differences.Relative("null deviance", path.NullDeviance, input.Case.Result.GetProperty("nulldev").GetDouble(), Exact);
        double[] ratios = ReferenceCase.Numbers(expected.GetProperty("dev_ratio"));
        Assert.Equal(ratios.Length, path.DevianceRatio.Length);
        for (int k = 0; k < ratios.Length; k++)
        {
            // Next to 0 its rounding is that of the deviance.
            if (ratios[k] > 0.01) differences.Relative("deviance ratio", path.DevianceRatio[k], ratios[k], 1e-7);
            else differences.Absolute("deviance ratio below 0.01", path.DevianceRatio[k], ratios[k], 1e-9);
        }
        Assert.Equal(expected.GetProperty("df").EnumerateArray().Select(e => e.GetInt32()), path.Df);
        foreach (double violation in KktViolation.OverLambda(path, input.X, input.Y, input.Options).Where((_, k) => path.DevianceRatio[k] < 0.98))
            differences.Absolute("KKT violation over lambda", violation, 0, 1e-7);
        double[] kkt = ReferenceCase.Numbers(input.Case.Result.GetProperty("kkt_violation_over_lambda"));
        double[] intercepts = ReferenceCase.Numbers(expected.GetProperty("a0"));
        for (int k = 0; k < intercepts.Length; k++)
        {
            // Where glmnet sets probabilities to 0 and 1 it misses its own optimality conditions; there it is not exact to 1e-6.
            bool isExact = kkt[k] < 1e-7;
            CompareModel(differences, isExact ? "" : " at the saturated end", isExact ? OnStandardisedScale : 1e-5,
                path, k, expected.GetProperty("beta")[k], intercepts[k], means, deviations);
        }
        differences.PrintAndCheck();
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void FitPath_WithoutAFold_HasTheLambdaOfGlmnet(string name)
    {
        Loaded input = Load(name);
        LargestDifferences differences = new(name);
        foreach (JsonElement expected in input.Case.Result.GetProperty("cv_fold_paths").EnumerateArray())
        {
            int fold = expected.GetProperty("fold").GetInt32();
            LassoPath path = LassoPathSolver.Fit(LassoProblem.Create(input.X, input.Y, input.Options, input.Folds[10], fold));
            Assert.Equal(expected.GetProperty("n_train").GetInt32(), input.Folds[10].Count(f => f != fold));
            differences.Relative("first lambda", path.Lambda[0], expected.GetProperty("lambda_first").GetDouble(), Exact);
            differences.Absolute("number of lambda", path.Lambda.Length, expected.GetProperty("n_lambda").GetInt32(), 1);
            if (path.Lambda.Length == expected.GetProperty("n_lambda").GetInt32())
                differences.Relative("last lambda", path.Lambda[^1], expected.GetProperty("lambda_last").GetDouble(), Exact);
        }
        differences.PrintAndCheck();
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void CrossValidation_DefaultTolerance_ChoosesAsCvGlmnetDoes(string name)
    {
        Loaded input = Load(name);
        JsonElement expected = input.Case.Result.GetProperty("cv_deviance_at_default_thresh_1e7");
        CrossValidationResult cv = LassoCrossValidation.Run(input.X, input.Y, input.Folds[10], input.Options with { Tolerance = LassoOptions.Default.Tolerance },
            cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal((expected.GetProperty("index_min").GetInt32(), expected.GetProperty("index_1se").GetInt32()), (cv.IndexMin + 1, cv.Index1Se + 1));
        Assert.Equal((expected.GetProperty("nzero_min").GetInt32(), expected.GetProperty("nzero_1se").GetInt32()), (cv.Path.Df[cv.IndexMin], cv.Path.Df[cv.Index1Se]));
        LargestDifferences differences = new(name);
        // The first λ comes from the fit of the unpenalised columns, which glmnet leaves where the tolerance allows.
        differences.Relative("lambda.min", cv.LambdaMin, expected.GetProperty("lambda_min").GetDouble(), 1e-5);
        differences.Relative("lambda.1se", cv.Lambda1Se, expected.GetProperty("lambda_1se").GetDouble(), 1e-5);
        // Both stop short of the solution there, each in its own way; where paths saturate that shows most.
        double[] mean = ReferenceCase.Numbers(expected.GetProperty("cvm")), error = ReferenceCase.Numbers(expected.GetProperty("cvsd"));
        for (int k = 0; k <= cv.IndexMin; k++)
        {
            differences.Absolute("cvm", cv.MeanError[k], mean[k], 1e-3);
            differences.Absolute("cvsd", cv.StandardError[k], error[k], 1e-3);
        }
        differences.PrintAndCheck();
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void CrossValidation_ReferenceCase_MatchesCvGlmnet(string name)
    {
        Loaded input = Load(name);
        LargestDifferences differences = new(name);
        foreach (JsonProperty block in input.Case.Result.GetProperty("cv").EnumerateObject())
        {
            JsonElement expected = block.Value;
            int[] folds = input.Folds[expected.GetProperty("nfolds").GetInt32()];
            LassoOptions options = input.Options;
            if (block.Name.EndsWith("fixed_lambda", StringComparison.Ordinal))
                options = options with { Lambda = ReferenceCase.Numbers(expected.GetProperty("lambda")) };
            CrossValidationLoss loss = block.Name.StartsWith("auc", StringComparison.Ordinal) ? CrossValidationLoss.Auc : CrossValidationLoss.Deviance;

            CrossValidationResult cv = LassoCrossValidation.Run(input.X, input.Y, folds, options, loss,
                cancellationToken: TestContext.Current.CancellationToken);

            Assert.Equal(string.Equals(expected.GetProperty("measure_used").GetString(), "auc", StringComparison.Ordinal), cv.Loss == CrossValidationLoss.Auc);
            differences.Absolute($"{block.Name} cvm", cv.MeanError, ReferenceCase.Numbers(expected.GetProperty("cvm")), OnStandardisedScale);
            differences.Absolute($"{block.Name} cvsd", cv.StandardError, ReferenceCase.Numbers(expected.GetProperty("cvsd")), OnStandardisedScale);
            differences.Absolute("lambda.min", cv.LambdaMin, expected.GetProperty("lambda_min").GetDouble(), OnStandardisedScale);
            differences.Absolute("lambda.1se", cv.Lambda1Se, expected.GetProperty("lambda_1se").GetDouble(), OnStandardisedScale);
            Assert.Equal(expected.GetProperty("index_min").GetInt32(), cv.IndexMin + 1);
            Assert.Equal(expected.GetProperty("index_1se").GetInt32(), cv.Index1Se + 1);
            if (!expected.TryGetProperty("fit_preval_at_min", out JsonElement held)) continue;
            differences.Absolute("out-of-fold predictor", cv.OutOfFold[cv.IndexMin], ReferenceCase.Numbers(held), OnStandardisedScale);
            differences.Absolute("out-of-fold predictor", cv.OutOfFold[cv.Index1Se],
                ReferenceCase.Numbers(expected.GetProperty("fit_preval_at_1se")), OnStandardisedScale);
        }
        differences.PrintAndCheck();
    }

    private static void CompareModel(LargestDifferences differences, string where, double tolerance, LassoPath path, int k,
        JsonElement sparse, double expectedIntercept, double[] means, double[] deviations)
    {
        double[] expected = new double[path.ColumnCount];
        JsonElement[] columns = [.. sparse.GetProperty("j").EnumerateArray()];
        double[] values = ReferenceCase.Numbers(sparse.GetProperty("v"));
        for (int i = 0; i < columns.Length; i++) expected[columns[i].GetInt32() - 1] = values[i];

        double[] actual = path.CoefficientsAt(k);
        double shift = 0, expectedShift = 0;
        for (int j = 0; j < actual.Length; j++)
        {
            differences.Absolute("coefficients" + where, actual[j] * deviations[j], expected[j] * deviations[j], tolerance);
            shift += actual[j] * means[j];
            expectedShift += expected[j] * means[j];
        }
        differences.Absolute("intercept" + where, path.Intercept[k] + shift, expectedIntercept + expectedShift, tolerance);
    }

    private static Loaded Load(string name)
    {
        ReferenceCase reference = ReferenceCase.Open(name);
        JsonElement settings = reference.Result.GetProperty("settings");
        double[] y = reference.Column("y");
        int[] ten = Array.ConvertAll(reference.Column("foldid"), f => (int)f), five = Array.ConvertAll(reference.Column("foldid5"), f => (int)f);
        LassoOptions options = new()
        {
            Alpha = settings.GetProperty("alpha").GetDouble(),
            Weights = reference.HasColumn("w") ? reference.Column("w") : null,
            PenaltyFactors = ReferenceCase.Numbers(settings.GetProperty("penalty_factor")),
            Tolerance = 1e-18,
        };
        return new Loaded(reference, reference.Features("y", "foldid", "foldid5", "w"), y, options,
            new Dictionary<int, int[]> { [10] = ten, [5] = five });
    }

    private sealed record Loaded(ReferenceCase Case, DesignMatrix X, double[] Y, LassoOptions Options, Dictionary<int, int[]> Folds);
}
