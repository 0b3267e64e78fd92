using System.Text.Json;
using HccPipeline.Statistics.Linear;
using HccPipeline.Statistics.Logistic;
using HccPipeline.Statistics.Tests.Linear;
using Xunit;

namespace HccPipeline.Statistics.Tests.Logistic;

/// <summary>Every logistic case of the R reference: glm at epsilon 1e-14, exact profile limits, Firth.</summary>
public sealed class LogisticReferenceTests
{
    private const double Iterative = 1e-7;

    public static TheoryData<string> Regular =>
    [
        "logistic/n78_p3", "logistic/factor_n300_p6", "logistic/weights_n120_p4", "logistic/aliased_n150_p4",
        "paper/logistic_imaging", "paper/logistic_clinical", "paper/logistic_combined",
    ];

    public static TheoryData<string> FullRank =>
    [
        "logistic/n78_p3", "logistic/factor_n300_p6", "logistic/weights_n120_p4",
        "paper/logistic_imaging", "paper/logistic_clinical", "paper/logistic_combined",
    ];

    public static TheoryData<string> WithFirth =>
    [
        "logistic/n78_p3", "logistic/factor_n300_p6", "logistic/weights_n120_p4",
        "logistic/separation_n60_p3", "logistic/quasi_separation_n90_p3",
    ];

    [Theory]
    [MemberData(nameof(Regular))]
    public void Fit_ReferenceCase_MatchesGlm(string name)
    {
        (ReferenceCase reference, DesignMatrix x, double[] y, LogisticOptions options) = Load(name);
        JsonElement expected = reference.Result.GetProperty("fit");
        LogisticFit fit = LogisticRegression.Fit(x, y, options);

        LargestDifferences differences = new(name);
        void Compare(string field, IReadOnlyList<double> actual) =>
            differences.Relative(field, actual, ReferenceCase.Numbers(expected.GetProperty(field)), Iterative);
        void CompareOne(string field, double actual) =>
            differences.Relative(field, actual, expected.GetProperty(field).GetDouble(), Iterative);
        Compare("coef", fit.Coefficients);
        Compare("se", fit.StandardErrors);
        Compare("z", fit.ZValues);
        Compare("p", fit.PValues);
        Compare("wald_lower", fit.Lower);
        Compare("wald_upper", fit.Upper);
        differences.Relative("or", [.. fit.OddsRatios.Select(o => o.Value)], [.. ReferenceCase.Numbers(expected.GetProperty("or")).Skip(1)], Iterative);
        differences.Relative("or_wald_lower", [.. fit.OddsRatios.Select(o => o.Lower)], [.. ReferenceCase.Numbers(expected.GetProperty("or_wald_lower")).Skip(1)], Iterative);
        differences.Relative("or_wald_upper", [.. fit.OddsRatios.Select(o => o.Upper)], [.. ReferenceCase.Numbers(expected.GetProperty("or_wald_upper")).Skip(1)], Iterative);
        CompareOne("loglik", fit.LogLikelihood);
        CompareOne("deviance", fit.Deviance);
        CompareOne("null_deviance", fit.NullDeviance);
        CompareOne("aic", fit.Aic);
        CompareOne("bic", fit.Bic);
        CompareOne("lr_chisq", fit.OverallTest.ChiSquared);
        CompareOne("lr_p", fit.OverallTest.PValue);
        CompareOne("mcfadden_r2", fit.McFaddenR2);
        Compare("fitted", fit.Predict(x));
        Compare("linear_predictor", fit.LinearPredictors(x));
        Assert.Equal(expected.GetProperty("iter").GetInt32(), fit.Iterations);
        Assert.Equal(expected.GetProperty("rank").GetInt32(), fit.Rank);
        Assert.Equal(expected.GetProperty("lr_df").GetInt32(), fit.OverallTest.DegreesOfFreedom);
        Assert.Equal(expected.GetProperty("aliased").EnumerateArray().Select(e => e.GetString()), fit.Aliased.Select(j => x.ColumnNames![j]));
        double[][] vcov = [.. expected.GetProperty("vcov").EnumerateArray().Select(ReferenceCase.Numbers)];
        for (int i = 0; i < vcov.Length; i++)
            for (int k = 0; k < vcov.Length; k++)
                differences.Absolute("vcov (over se·se)", fit.Covariance[i, k] / Math.Sqrt(vcov[i][i] * vcov[k][k]),
                    vcov[i][k] / Math.Sqrt(vcov[i][i] * vcov[k][k]), Iterative);
        differences.PrintAndCheck();
    }

    [Theory]
    [MemberData(nameof(FullRank))]
    public void ProfileVifAndUnivariable_ReferenceCase_MatchR(string name)
    {
        (ReferenceCase reference, DesignMatrix x, double[] y, LogisticOptions options) = Load(name);
        JsonElement vif = reference.Result.GetProperty("vif");
        LogisticFit fit = LogisticRegression.Fit(x, y, options);
        LargestDifferences differences = new(name);

        JsonElement profile = reference.Result.GetProperty("fit").GetProperty("ci_profile_exact");
        for (int t = 0; t <= x.ColumnCount; t++)
        {
            (double lower, double upper) = ProfileLikelihood.Interval(x, y, fit, t, options);
            differences.Relative("profile limits", [lower, upper], ReferenceCase.Numbers(profile[t]), Iterative);
        }
        differences.Relative("vif of predictors", VarianceInflation.OfPredictors(x), AsList(vif.GetProperty("ols")), 1e-8);
        differences.Relative("vif of estimates", VarianceInflation.OfEstimates(fit), AsList(vif.GetProperty("vcov")), Iterative);

        UnivariableResult[] table = UnivariableScreen.Run(x, y, options);
        foreach ((UnivariableResult line, JsonElement expected) in table.Zip(reference.Result.GetProperty("univariable").EnumerateArray()))
        {
            Assert.Equal(expected.GetProperty("name").GetString(), line.Name);
            Assert.Empty(line.Remark);
            differences.Relative("univariable coef", line.Fit!.Coefficients, ReferenceCase.Numbers(expected.GetProperty("coef")), Iterative);
            differences.Relative("univariable se", line.Fit.StandardErrors, ReferenceCase.Numbers(expected.GetProperty("se")), Iterative);
            differences.Relative("univariable p", line.Fit.PValues, ReferenceCase.Numbers(expected.GetProperty("p")), Iterative);
            OddsRatio or = line.OddsRatio!;
            differences.Relative("univariable or", [or.Value, or.Lower, or.Upper],
                [expected.GetProperty("or").GetDouble(), expected.GetProperty("or_lower").GetDouble(), expected.GetProperty("or_upper").GetDouble()], Iterative);
        }
        differences.PrintAndCheck();
    }

    [Theory]
    [MemberData(nameof(WithFirth))]
    public void FitFirth_ReferenceCase_MatchesR(string name)
    {
        (ReferenceCase reference, DesignMatrix x, double[] y, LogisticOptions options) = Load(name);
        JsonElement expected = reference.Result.GetProperty("firth");
        LogisticFit fit = LogisticRegression.Fit(x, y, options with { Estimator = LogisticEstimator.Firth });

        LargestDifferences differences = new(name);
        differences.Relative("firth coef", fit.Coefficients, ReferenceCase.Numbers(expected.GetProperty("coef")), Iterative);
        differences.Relative("firth se", fit.StandardErrors, ReferenceCase.Numbers(expected.GetProperty("se")), Iterative);
        differences.Relative("firth loglik", fit.LogLikelihood, expected.GetProperty("loglik").GetDouble(), Iterative);
        differences.Relative("firth penalised loglik", fit.PenalisedLogLikelihood, expected.GetProperty("penalised_loglik").GetDouble(), Iterative);
        differences.PrintAndCheck();
    }

    [Theory]
    [InlineData("logistic/separation_n60_p3", SeparationKind.Complete)]
    [InlineData("logistic/quasi_separation_n90_p3", SeparationKind.QuasiComplete)]
    public void Fit_SeparatedReferenceCase_IsNamed(string name, SeparationKind kind)
    {
        (ReferenceCase reference, DesignMatrix x, double[] y, LogisticOptions options) = Load(name);
        Separation separation = Assert.Throws<SeparatedDataException>(() => LogisticRegression.Fit(x, y, options)).Separation;

        Assert.Equal(kind, separation.Kind);
        Assert.Equal(reference.Result.GetProperty("separation").GetProperty("rows_with_positive_margin").GetInt32(), separation.SeparatedRows);
        if (kind == SeparationKind.QuasiComplete) Assert.Equal(["'x3'"], separation.Columns);
        LogisticFit instead = LogisticRegression.Fit(x, y, options with { OnSeparation = SeparationHandling.UseFirth });
        Assert.Equal(LogisticEstimator.Firth, instead.Estimator);
        Assert.NotNull(instead.Separation);
    }

    private static double[] AsList(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array ? ReferenceCase.Numbers(value) : [ReferenceCase.Number(value)];

    private static (ReferenceCase, DesignMatrix, double[], LogisticOptions) Load(string name)
    {
        ReferenceCase reference = ReferenceCase.Open(name);
        LogisticOptions options = new() { Weights = reference.HasColumn("w") ? reference.Column("w") : null };
        return (reference, reference.Features("y", "w"), reference.Column("y"), options);
    }
}
