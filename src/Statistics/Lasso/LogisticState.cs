using HccPipeline.Statistics.Linear;

namespace HccPipeline.Statistics.Lasso;

/// <summary>Linear predictors, probabilities and score residuals of all rows at the present coefficients.</summary>
internal sealed class LogisticState
{
    /// <summary>Probabilities are kept this far from 0 and 1 where a logarithm is taken, as in glmnet.</summary>
    private const double ProbabilityFloor = 1e-9;

    /// <summary>Smallest curvature p(1 − p) used, so that fitted rows do not make the quadratic model singular. It only
    /// shortens steps; the solution is where the exact gradient says.</summary>
    private const double CurvatureFloor = 1e-9;

    /// <summary>One more factor of at least <see cref="ProbabilityFloor"/> keeps all digits of a product above this.</summary>
    private const double SmallestProduct = 1e-290;

    private readonly double[] _y;
    private readonly double[] _weights;
    private readonly double[] _probability;

    public LogisticState(LassoProblem problem)
    {
        _y = problem.Y;
        _weights = problem.Weights;
        int n = _y.Length;
        Eta = problem.Options.Offset is { } offset ? (double[])offset.Clone() : new double[n];
        _probability = new double[n];
        Residual = new double[n];
    }

    /// <summary>Linear predictors, offset included.</summary>
    public double[] Eta { get; }

    /// <summary>wᵢ(yᵢ − pᵢ), weights summing to 1.</summary>
    public double[] Residual { get; }

    /// <summary>Recomputes probabilities and residuals of rows [start, start + count) from <see cref="Eta"/>.</summary>
    /// <returns>Sums of their residuals and of wᵢ·pᵢ(1 − pᵢ).</returns>
    public (double Score, double Curvature) Refresh(int start, int count)
    {
        double score = 0, curvature = 0;
        for (int i = start; i < start + count; i++)
        {
            double p = 1 / (1 + Math.Exp(-Eta[i]));
            _probability[i] = p;
            double r = _weights[i] * (_y[i] - p);
            Residual[i] = r;
            score += r;
            curvature += _weights[i] * (p * (1 - p));
        }
        return (score, curvature);
    }

    /// <summary>Writes wᵢ·pᵢ(1 − pᵢ) and returns its sum.</summary>
    public double Curvature(Span<double> target)
    {
        double sum = 0;
        for (int i = 0; i < target.Length; i++)
        {
            double p = _probability[i], h = _weights[i] * Math.Max(p * (1 - p), CurvatureFloor);
            target[i] = h;
            sum += h;
        }
        return sum;
    }

    /// <summary>−2 Σ wᵢ log-likelihood, weights summing to 1.</summary>
    public double Deviance()
    {
        // Rows of equal weight share one logarithm: that of the product of their probabilities.
        double sum = 0, product = 1, weight = 0;
        for (int i = 0; i < _y.Length; i++)
        {
            if (_weights[i] == 0) continue;
            if (_weights[i] != weight || product < SmallestProduct)
            {
                sum -= weight * Math.Log(product);
                (product, weight) = (1, _weights[i]);
            }
            double p = Math.Clamp(_probability[i], ProbabilityFloor, 1 - ProbabilityFloor);
            product *= _y[i] == 1 ? p : 1 - p;
        }
        return 2 * (sum - (weight * Math.Log(product)));
    }

    /// <summary>Fits the intercept alone by Newton steps and returns it.</summary>
    public double FitIntercept()
    {
        double positives = ColumnKernels.Dot(_y, _weights), intercept = Math.Log(positives / (1 - positives));
        for (int i = 0; i < Eta.Length; i++) Eta[i] += intercept;
        double[] curvature = new double[Eta.Length];
        for (int step = 0; step < 100; step++)
        {
            double delta = Math.Clamp(Refresh(0, Eta.Length).Score / Curvature(curvature), -2, 2);
            if (Math.Abs(delta) < 1e-15 * (1 + Math.Abs(intercept))) break;
            intercept += delta;
            for (int i = 0; i < Eta.Length; i++) Eta[i] += delta;
        }
        Refresh(0, Eta.Length);
        return intercept;
    }
}
