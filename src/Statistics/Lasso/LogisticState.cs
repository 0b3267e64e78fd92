using System.Runtime.Intrinsics;
using HccPipeline.Statistics.Linear;

namespace HccPipeline.Statistics.Lasso;

/// <summary>Linear predictors, probabilities and score residuals of all rows at the present coefficients.</summary>
internal sealed class LogisticState
{
    private const int Lanes = LaneMask.Lanes;

    /// <summary>Probabilities are kept this far from 0 and 1 where a logarithm is taken, as in glmnet.</summary>
    private const double ProbabilityFloor = 1e-9;

    /// <summary>Smallest curvature p(1 − p) used, so that fitted rows do not make the quadratic model singular. It only
    /// shortens steps; the solution is where the exact gradient says.</summary>
    private const double CurvatureFloor = 1e-9;

    // Filled up to whole vectors with rows of weight zero.
    private readonly double[] _y, _weights, _eta, _probability, _residual;
    private readonly int _rows;

    public LogisticState(LassoProblem problem, FitBuffers buffers)
    {
        _rows = problem.Y.Length;
        int padded = (_rows + Lanes - 1) / Lanes * Lanes;
        _y = buffers.Rent(padded);
        _weights = buffers.Rent(padded);
        _eta = buffers.Rent(padded);
        _probability = buffers.Rent(padded);
        _residual = buffers.Rent(padded);
        problem.Y.CopyTo(_y, 0);
        problem.Weights.CopyTo(_weights, 0);
        problem.Options.Offset?.CopyTo(_eta, 0);
    }

    /// <summary>Linear predictors, offset included.</summary>
    public Span<double> Eta => _eta.AsSpan(0, _rows);

    /// <summary>wᵢ(yᵢ − pᵢ), weights summing to 1.</summary>
    public ReadOnlySpan<double> Residual => _residual.AsSpan(0, _rows);

    /// <summary>Recomputes probabilities and residuals of rows [start, start + count) from <see cref="Eta"/>.</summary>
    /// <param name="start">A multiple of eight.</param>
    /// <param name="count">A multiple of eight, or all rows that are left.</param>
    /// <returns>Sums of their residuals and of wᵢ·pᵢ(1 − pᵢ).</returns>
    public (double Score, double Curvature) Refresh(int start, int count)
    {
        Vector512<double> score = default, curvature = default, one = Vector512<double>.One;
        for (int i = start; i < start + count; i += Lanes)
        {
            Vector512<double> weight = Vector512.Create(_weights, i);
            Vector512<double> p = one / (one + LaneFunctions.Exp(-Vector512.Create(_eta, i)));
            Vector512<double> r = weight * (Vector512.Create(_y, i) - p);
            p.CopyTo(_probability, i);
            r.CopyTo(_residual, i);
            score += r;
            curvature = Vector512.FusedMultiplyAdd(weight, p * (one - p), curvature);
        }
        return (LaneMask.Total(score), LaneMask.Total(curvature));
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
        Vector512<double> sum = default, one = Vector512<double>.One;
        Vector512<double> floor = Vector512.Create(ProbabilityFloor), ceiling = Vector512.Create(1 - ProbabilityFloor);
        for (int i = 0; i < _y.Length; i += Lanes)
        {
            Vector512<double> p = Vector512.Create(_probability, i), isCase = Vector512.Equals(Vector512.Create(_y, i), one);
            p = Vector512.Max(floor, Vector512.Min(ceiling, Vector512.ConditionalSelect(isCase, p, one - p)));
            sum = Vector512.FusedMultiplyAdd(Vector512.Create(_weights, i), LaneFunctions.Log(p), sum);
        }
        return -2 * LaneMask.Total(sum);
    }

    /// <summary>Fits the intercept alone by Newton steps and returns it.</summary>
    public double FitIntercept(FitBuffers buffers)
    {
        double positives = ColumnKernels.Dot(_y, _weights), intercept = Math.Log(positives / (1 - positives));
        Span<double> eta = Eta;
        for (int i = 0; i < eta.Length; i++) eta[i] += intercept;
        double[] curvature = buffers.Rent(_rows);
        for (int step = 0; step < 100; step++)
        {
            double delta = Math.Clamp(Refresh(0, _rows).Score / Curvature(curvature), -2, 2);
            if (Math.Abs(delta) < 1e-15 * (1 + Math.Abs(intercept))) break;
            intercept += delta;
            for (int i = 0; i < eta.Length; i++) eta[i] += delta;
        }
        Refresh(0, _rows);
        return intercept;
    }
}
