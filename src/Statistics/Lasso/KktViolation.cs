using HccPipeline.Statistics.Linear;

namespace HccPipeline.Statistics.Lasso;

/// <summary>How far the models of a path are from optimal.</summary>
public static class KktViolation
{
    /// <summary>For each λ, the largest violation of the Karush–Kuhn–Tucker conditions on the standardised scale, over λ.</summary>
    /// <param name="path">The path.</param>
    /// <param name="x">The n×p predictors it was fitted to.</param>
    /// <param name="y">Their outcomes, 0 or 1.</param>
    /// <param name="options">How it was fitted; null: defaults.</param>
    /// <returns>One number per λ, 0 for an exact solution; at λ = 0 the violation itself.</returns>
    /// <exception cref="UnusableDataException">As for <see cref="LassoLogistic.FitPath"/>.</exception>
    /// <remarks>Score sⱼ = Σ wᵢzᵢⱼ(yᵢ − pᵢ) − λvⱼ(1 − α)bⱼ, weights summing to 1: sⱼ = λvⱼα·sign(bⱼ) where bⱼ ≠ 0, |sⱼ| ≤ λvⱼα where bⱼ = 0, and
    /// beyond that on the side where a limit holds bⱼ; Σ wᵢ(yᵢ − pᵢ) = 0. Source: Friedman, Hastie, Tibshirani (2010), J Stat Softw 33(1).</remarks>
    public static double[] OverLambda(LassoPath path, DesignMatrix x, ReadOnlySpan<double> y, LassoOptions? options = null)
    {
        options ??= LassoOptions.Default;
        LassoValidation.Require(x, y, options);
        LassoProblem problem = LassoProblem.Create(x, y.ToArray(), options);
        int[] columns = [.. Enumerable.Range(0, x.ColumnCount).Where(problem.IsEligible)];
        double[] violations = new double[path.Lambda.Length], residual = new double[x.RowCount], scores = new double[columns.Length];
        for (int k = 0; k < violations.Length; k++)
        {
            double lambda = path.Lambda[k], worst = Math.Abs(Residual(path.LinearPredictorsAt(k, x), problem, residual));
            double[] beta = path.CoefficientsAt(k);
            Array.Clear(scores);
            StandardisedColumns.AddScores(problem, columns, start: 0, residual, scores);
            for (int c = 0; c < columns.Length; c++) worst = Math.Max(worst, Violation(problem, columns[c], beta[columns[c]], scores[c], lambda));
            violations[k] = lambda > 0 ? worst / lambda : worst;
        }
        return violations;
    }

    private static double Residual(double[] eta, LassoProblem problem, double[] residual)
    {
        double sum = 0;
        for (int i = 0; i < eta.Length; i++)
        {
            double p = 1 / (1 + Math.Exp(-eta[i] - (problem.Options.Offset?[i] ?? 0)));
            sum += residual[i] = problem.Weights[i] * (problem.Y[i] - p);
        }
        return sum;
    }

    private static double Violation(LassoProblem problem, int column, double beta, double score, double lambda)
    {
        double b = beta * problem.ScaleOf(column), penalty = lambda * problem.Penalties[column], high = problem.Options.Alpha * penalty, low = -high;
        score -= (1 - problem.Options.Alpha) * penalty * b;
        if (b > 0) low = high;
        if (b < 0) high = low;
        (double smallest, double largest) = problem.LimitsOf(column);
        // Back from the original scale, a coefficient at its limit may be off it in its last digit.
        if (b - smallest <= 1e-12 * Math.Abs(smallest)) low = double.NegativeInfinity;
        if (largest - b <= 1e-12 * Math.Abs(largest)) high = double.PositiveInfinity;
        return Math.Max(0, Math.Max(low - score, score - high));
    }
}
