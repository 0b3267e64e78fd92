using HccPipeline.Statistics.Numerics;

namespace HccPipeline.Statistics.Discrimination;

/// <summary>DeLong's nonparametric variance of the AUC and the tests built on it.</summary>
/// <remarks>Source: DeLong, DeLong and Clarke-Pearson, Biometrics 1988;44:837–845. Var = S_cases/n₁ + S_controls/n₀, the sample
/// variances (divisors n − 1) of the placement values. A class of one row contributes no variance of its own: such an estimate is refused.</remarks>
public static class DeLong
{
    /// <summary>AUC with standard error and intervals.</summary>
    /// <param name="scores">Finite scores; a case is expected to score higher.</param>
    /// <param name="y">Outcomes, 1 or 0; at least two of each.</param>
    /// <param name="level">Confidence level, default 0.95.</param>
    /// <exception cref="ArgumentException">Lengths differ, a value is not finite or not 0/1 (row named), or a class has fewer than two rows.</exception>
    public static AucEstimate Estimate(ReadOnlySpan<double> scores, ReadOnlySpan<double> y, double level = 0.95) =>
        Estimate(ScoreGroups.From(scores, y), level);

    /// <summary>AUC with standard error and intervals of a curve already computed: no second sort.</summary>
    /// <inheritdoc cref="Estimate(ReadOnlySpan{double}, ReadOnlySpan{double}, double)"/>
    public static AucEstimate Estimate(RocCurve curve, double level = 0.95)
    {
        ArgumentNullException.ThrowIfNull(curve);
        return Estimate(curve.Groups, level);
    }

    /// <summary>Two scores on the same patients.</summary>
    /// <param name="first">Scores of the first model.</param>
    /// <param name="second">Scores of the second model, same rows.</param>
    /// <param name="y">Outcomes, 1 or 0; at least two of each.</param>
    /// <param name="level">Confidence level of the difference.</param>
    /// <exception cref="ArgumentException">As for <see cref="Estimate(ReadOnlySpan{double}, ReadOnlySpan{double}, double)"/>.</exception>
    public static PairedAucTest PairedTest(
        ReadOnlySpan<double> first, ReadOnlySpan<double> second, ReadOnlySpan<double> y, double level = 0.95)
    {
        AucEstimate a = Estimate(first, y, level);
        AucEstimate b = Estimate(second, y, level);
        double covariance = Covariance(PlacementValues.Compute(first, y), PlacementValues.Compute(second, y), y, a, b);
        double difference = a.Auc - b.Auc;
        double variance = Math.Max(0, a.Variance + b.Variance - (2 * covariance));
        double se = Math.Sqrt(variance);
        double z = Ratio(difference, se);
        double half = Tails.NormalBound(level) * se;
        return new PairedAucTest(difference, difference - half, difference + half, z, Tails.NormalTwoSided(z), a, b, covariance);
    }

    /// <summary>Two independent cohorts, for example a model before and after a date.</summary>
    /// <param name="firstScores">Scores of the first cohort.</param>
    /// <param name="firstY">Outcomes of the first cohort.</param>
    /// <param name="secondScores">Scores of the second cohort.</param>
    /// <param name="secondY">Outcomes of the second cohort.</param>
    /// <param name="level">Confidence level of the difference.</param>
    /// <exception cref="ArgumentException">As for <see cref="Estimate(ReadOnlySpan{double}, ReadOnlySpan{double}, double)"/>.</exception>
    public static UnpairedAucTest UnpairedTest(
        ReadOnlySpan<double> firstScores,
        ReadOnlySpan<double> firstY,
        ReadOnlySpan<double> secondScores,
        ReadOnlySpan<double> secondY,
        double level = 0.95)
    {
        AucEstimate a = Estimate(firstScores, firstY, level);
        AucEstimate b = Estimate(secondScores, secondY, level);
        double difference = a.Auc - b.Auc;
        double variance = a.Variance + b.Variance;
        double se = Math.Sqrt(variance);
        double statistic = Ratio(difference, se);
        double df = variance == 0
            ? double.PositiveInfinity
            : variance * variance
                / ((a.Variance * a.Variance / (firstScores.Length - 1)) + (b.Variance * b.Variance / (secondScores.Length - 1)));
        double half = se == 0 ? 0 : Tails.StudentBound(level, df) * se;
        return new UnpairedAucTest(
            difference,
            difference - half,
            difference + half,
            statistic,
            df,
            Tails.StudentTwoSided(statistic, df),
            Tails.NormalTwoSided(statistic),
            a,
            b);
    }

    internal static AucEstimate Estimate(ScoreGroups groups, double level)
    {
        Require.Level(level);
        int n1 = groups.CaseTotal, n0 = groups.ControlTotal;
        if (n1 < 2 || n0 < 2)
            throw new ArgumentException($"DeLong's variance needs at least two rows of each class; y has {n1} ones and {n0} zeros.", nameof(groups));
        double auc = groups.Auc();
        double caseSquares = 0, controlSquares = 0;
        long controlsBelow = 0, casesBelow = 0;
        for (int g = 0; g < groups.Score.Length; g++)
        {
            double v = (controlsBelow + (0.5 * groups.Controls[g])) / n0;
            double u = 1 - ((casesBelow + (0.5 * groups.Cases[g])) / n1);
            caseSquares += groups.Cases[g] * (v - auc) * (v - auc);
            controlSquares += groups.Controls[g] * (u - auc) * (u - auc);
            controlsBelow += groups.Controls[g];
            casesBelow += groups.Cases[g];
        }
        double variance = (caseSquares / (n1 - 1.0) / n1) + (controlSquares / (n0 - 1.0) / n0);
        return WithIntervals(auc, variance, n1, n0, level);
    }

    internal static AucEstimate WithIntervals(double auc, double variance, int cases, int controls, double level)
    {
        double se = Math.Sqrt(variance);
        double half = Tails.NormalBound(level) * se;
        double? logitLower = null, logitUpper = null;
        if (auc is > 0 and < 1)
        {
            double logit = Math.Log(auc / (1 - auc));
            double logitHalf = half / (auc * (1 - auc));
            logitLower = 1 / (1 + Math.Exp(logitHalf - logit));
            logitUpper = 1 / (1 + Math.Exp(-logitHalf - logit));
        }
        return new AucEstimate(
            auc, variance, se, Math.Max(0, auc - half), Math.Min(1, auc + half), logitLower, logitUpper, cases, controls, level);
    }

    private static double Covariance(double[] first, double[] second, ReadOnlySpan<double> y, AucEstimate a, AucEstimate b)
    {
        double cases = 0, controls = 0;
        for (int i = 0; i < first.Length; i++)
        {
            double product = (first[i] - a.Auc) * (second[i] - b.Auc);
            if (y[i] == 1) cases += product;
            else controls += product;
        }
        return (cases / (a.Cases - 1.0) / a.Cases) + (controls / (a.Controls - 1.0) / a.Controls);
    }

    // No difference and no variance is no evidence; a difference without variance is certainty.
    private static double Ratio(double difference, double se)
    {
        if (se > 0) return difference / se;
        return difference == 0 ? 0 : double.CopySign(double.PositiveInfinity, difference);
    }
}
