using HccPipeline.Statistics.Lasso;
using HccPipeline.Statistics.Linear;

namespace HccPipeline.Statistics.Tests.Lasso;

/// <summary>The Karush–Kuhn–Tucker conditions of the penalised likelihood, written down from the definition.</summary>
internal static class Optimality
{
    public static double LargestViolation(DesignMatrix x, double[] y, LassoOptions options, LassoPath path, int k)
    {
        int n = x.RowCount, p = x.ColumnCount;
        double[] w = options.Weights ?? [.. Enumerable.Repeat(1.0, n)], beta = path.CoefficientsAt(k), residual = new double[n];
        double total = w.Sum(), worst = 0, intercept = 0;
        for (int i = 0; i < n; i++)
        {
            double eta = path.Intercept[k] + (options.Offset?[i] ?? 0);
            for (int j = 0; j < p; j++) eta += x[i, j] * beta[j];
            residual[i] = w[i] / total * (y[i] - (1 / (1 + Math.Exp(-eta))));
            intercept += residual[i];
        }
        worst = Math.Abs(intercept);
        double[] factors = options.PenaltyFactors ?? [.. Enumerable.Repeat(1.0, p)];
        for (int j = 0; j < p; j++)
        {
            double mean = 0, square = 0, score = 0;
            for (int i = 0; i < n; i++) mean += w[i] / total * x[i, j];
            for (int i = 0; i < n; i++) square += w[i] / total * (x[i, j] - mean) * (x[i, j] - mean);
            double scale = options.Standardise ? Math.Sqrt(square) : 1;
            for (int i = 0; i < n; i++) score += (x[i, j] - mean) / scale * residual[i];
            double b = beta[j] * scale, lambda = path.Lambda[k] * factors[j] * p / factors.Sum();
            score -= lambda * (1 - options.Alpha) * b;
            double low = -(lambda * options.Alpha), high = lambda * options.Alpha;
            // The slopes of the penalty at b; at a limit the coefficient may be pressed against it as hard as it likes.
            if (b > 0) low = high;
            if (b < 0) high = low;
            if (beta[j] - options.LowerLimits?[j] < 1e-12) low = double.NegativeInfinity;
            if (options.UpperLimits?[j] - beta[j] < 1e-12) high = double.PositiveInfinity;
            double violation = Math.Max(0, Math.Max(low - score, score - high));
            worst = Math.Max(worst, violation);
        }
        return worst;
    }
}
