namespace HccPipeline.Cli.Synth;

/// <summary>A fitted logistic regression.</summary>
/// <param name="LinearPredictor">Of each patient.</param>
/// <param name="WaldZ">Of each predictor, without the intercept.</param>
/// <param name="ChiSquare">Likelihood-ratio chi-square of all predictors together.</param>
internal sealed record PlanFit(double[] LinearPredictor, double[] WaldZ, double ChiSquare);

/// <summary>The logistic regression that a plan is judged by: a few predictors, maximum likelihood, Newton's method.</summary>
internal static class PlanLogistic
{
    private const int Iterations = 30;
    private const double Tolerance = 1e-10;

    /// <summary>Fits an intercept and the given predictors.</summary>
    /// <param name="y">Outcome, 0 or 1.</param>
    /// <param name="predictors">Columns, each as long as <paramref name="y"/>.</param>
    /// <returns>The fit. Separable data end after a fixed number of steps: the order of the linear predictor is right then, the z
    /// are not.</returns>
    public static PlanFit Fit(ReadOnlySpan<int> y, params ReadOnlySpan<double[]> predictors)
    {
        int n = y.Length, p = predictors.Length + 1;
        double[][] z = [.. predictors.ToArray().Select(Standardised)];
        double[] beta = new double[p], gradient = new double[p], step = new double[p];
        double[,] inverse = new double[p, p];
        double[] eta = new double[n];
        for (int iteration = 0; iteration < Iterations; iteration++)
        {
            double[,] information = new double[p, p];
            Array.Clear(gradient);
            for (int i = 0; i < n; i++)
            {
                double fitted = 1 / (1 + Math.Exp(-eta[i])), weight = Math.Max(fitted * (1 - fitted), 1e-9);
                for (int j = 0; j < p; j++)
                {
                    double xj = j == 0 ? 1 : z[j - 1][i];
                    gradient[j] += xj * (y[i] - fitted);
                    for (int k = 0; k <= j; k++)
                        information[j, k] += weight * xj * (k == 0 ? 1 : z[k - 1][i]);
                }
            }
            Invert(information, inverse);
            double largest = 0;
            for (int j = 0; j < p; j++)
            {
                step[j] = 0;
                for (int k = 0; k < p; k++)
                    step[j] += inverse[j, k] * gradient[k];
                step[j] = Math.Clamp(step[j], -5, 5);
                beta[j] += step[j];
                largest = Math.Max(largest, Math.Abs(step[j]));
            }
            for (int i = 0; i < n; i++)
            {
                eta[i] = beta[0];
                for (int j = 1; j < p; j++)
                    eta[i] += beta[j] * z[j - 1][i];
            }
            if (largest < Tolerance)
                break;
        }
        double[] wald = new double[p - 1];
        for (int j = 1; j < p; j++)
            wald[j - 1] = beta[j] / Math.Sqrt(inverse[j, j]);
        return new(eta, wald, Gain(y, eta));
    }

    /// <summary>Likelihood-ratio chi-square against the model with only an intercept.</summary>
    private static double Gain(ReadOnlySpan<int> y, double[] eta)
    {
        double fitted = 0, cases = 0;
        for (int i = 0; i < y.Length; i++)
        {
            cases += y[i];
            double margin = y[i] == 1 ? eta[i] : -eta[i];
            fitted -= Math.Log(1 + Math.Exp(-margin));
        }
        double share = cases / y.Length;
        return 2 * (fitted - cases * Math.Log(share) - (y.Length - cases) * Math.Log(1 - share));
    }

    private static double[] Standardised(double[] x)
    {
        double mean = x.Average(), sd = Math.Sqrt(x.Average(v => (v - mean) * (v - mean)));
        return Array.ConvertAll(x, v => sd > 0 ? (v - mean) / sd : 0);
    }

    /// <summary>Inverse of a symmetric matrix whose lower triangle is filled, by Gauss–Jordan without pivoting; a ridge of 1e-9
    /// keeps constant columns harmless.</summary>
    private static void Invert(double[,] a, double[,] inverse)
    {
        int p = a.GetLength(0);
        for (int i = 0; i < p; i++)
        {
            a[i, i] += 1e-9;
            for (int j = 0; j < p; j++)
            {
                if (j > i) a[i, j] = a[j, i];
                inverse[i, j] = i == j ? 1 : 0;
            }
        }
        for (int c = 0; c < p; c++)
        {
            double scale = 1 / a[c, c];
            for (int j = 0; j < p; j++)
            {
                a[c, j] *= scale;
                inverse[c, j] *= scale;
            }
            for (int r = 0; r < p; r++)
            {
                double factor = a[r, c];
                if (r == c || factor == 0) continue;
                for (int j = 0; j < p; j++)
                {
                    a[r, j] -= factor * a[c, j];
                    inverse[r, j] -= factor * inverse[c, j];
                }
            }
        }
    }
}
