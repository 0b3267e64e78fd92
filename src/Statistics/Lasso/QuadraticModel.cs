using HccPipeline.Statistics.Linear;

namespace HccPipeline.Statistics.Lasso;

/// <summary>The quadratic approximation of the log-likelihood over the working set, and its penalised minimum.</summary>
/// <remarks>
/// Friedman, Hastie, Tibshirani (2010), J Stat Softw 33(1), "covariance updates", with two changes. The intercept is
/// eliminated (Schur complement). And the curvature may be older than the gradient: the gradient is always exact, so the
/// fixed point is the solution, while an old Hessian, rescaled, costs a few more cheap steps instead of a new cross-product
/// matrix.
/// </remarks>
internal sealed class QuadraticModel
{
    private readonly LassoProblem _problem;
    private readonly WorkingSet _members;
    private readonly FitBuffers _buffers;
    private readonly Hessian _hessian;
    private readonly ActiveSetMinimiser _minimiser;
    private readonly HessianScale _hessianScale = new();
    private double _scale = 1;
    private double[] _residual = [], _step = [];
    private double _interceptScore;

    public QuadraticModel(LassoProblem problem, WorkingSet members, FitBuffers buffers)
    {
        _problem = problem;
        _members = members;
        _buffers = buffers;
        _hessian = new Hessian(problem, members, buffers);
        _minimiser = new ActiveSetMinimiser(problem, members, _hessian, buffers);
    }

    /// <summary>Step from the expansion point to the present minimum.</summary>
    public ReadOnlySpan<double> Step => _step.AsSpan(0, _hessian.Covered);

    /// <summary>Step of the intercept.</summary>
    public double InterceptStep { get; private set; }

    /// <summary>Rounds of all minimisations so far.</summary>
    public int Rounds => _minimiser.Rounds;

    /// <summary>Whether steps were taken since the curvature was taken.</summary>
    public bool IsStale { get; private set; }

    /// <summary>Takes the curvature at the present state, where the expansion point is; cross-products are computed anew. A step not yet
    /// accepted is dropped.</summary>
    /// <param name="state">The present state.</param>
    /// <param name="damping">Share of each diagonal entry that is added to it.</param>
    public void TakeCurvature(LogisticState state, double damping)
    {
        _members.Origins.CopyTo(_members.Values);
        _hessian.Renew(state, damping);
        _hessianScale.Renew();
        _minimiser.ForgetInverse();
        IsStale = false;
    }

    /// <summary>Starts a new expansion at the present coefficients.</summary>
    /// <param name="gradient">Exact score Σ zᵢⱼ wᵢ(yᵢ − pᵢ) of each member.</param>
    /// <param name="interceptScore">Exact score of the intercept.</param>
    /// <param name="curvatureSum">Σ wᵢpᵢ(1 − pᵢ) at the present state.</param>
    public void Expand(ReadOnlySpan<double> gradient, double interceptScore, double curvatureSum)
    {
        double slope = ColumnKernels.Dot(gradient, Step) + (interceptScore * InterceptStep);
        _hessianScale.End(slope, curvatureSum / _hessian.CurvatureSum);
        // Ridge terms stand in the inverse, which would have to be made anew for every scale.
        _scale = _problem.Options.Alpha < 1 ? 1 : _hessianScale.Value;
        _interceptScore = interceptScore / _scale;
        _members.Values.CopyTo(_members.Origins);
        int covered = _hessian.Covered;
        for (int k = 0; k < covered; k++) _residual[k] = ResidualAtOrigin(k, gradient);
        Cover(gradient);
    }

    /// <summary>Takes columns added since into the present expansion, keeping the step made so far.</summary>
    public void Cover(ReadOnlySpan<double> gradient)
    {
        int covered = _hessian.Covered, count = _members.Count;
        if (covered == count) return;
        if (_step.Length < count)
        {
            _buffers.Grow(ref _step, _members.Capacity);
            _buffers.Grow(ref _residual, _members.Capacity);
        }
        _hessian.Cover();
        for (int k = 0; k < covered; k++) _step[k] = _members.Values[k] - _members.Origins[k];
        for (int k = covered; k < count; k++)
        {
            _step[k] = 0;
            _residual[k] = ResidualAtOrigin(k, gradient) - ColumnKernels.Dot(_hessian.Row(k)[..covered], _step);
        }
    }

    /// <summary>First-order change of the mean log-likelihood along the present step.</summary>
    public double FirstOrderGain(ReadOnlySpan<double> gradient) =>
        ColumnKernels.Dot(gradient, Step) + (_scale * _interceptScore * InterceptStep);

    /// <summary>Second-order change of the mean log-likelihood along the present step: what the step is worth. Along a direction in which
    /// collinear columns replace each other it is next to nothing, however far the coefficients go.</summary>
    /// <param name="gradient">Exact scores at the present expansion point.</param>
    public double WorthOfStep(ReadOnlySpan<double> gradient) => _scale * CurvatureAlongStep(gradient);

    /// <summary>Moves the expansion point to the present minimum. The caller evaluates the gradient there and expands again.</summary>
    /// <param name="gradient">Exact scores at the present expansion point.</param>
    public void Accept(ReadOnlySpan<double> gradient)
    {
        _hessianScale.Begin(FirstOrderGain(gradient), CurvatureAlongStep(gradient));
        IsStale = true;
    }

    /// <summary>Moves the expansion point to the present coefficients, which are not a minimum of this model.</summary>
    /// <param name="interceptStep">Step of the intercept.</param>
    public void Jump(double interceptStep)
    {
        for (int k = 0; k < _hessian.Covered; k++) _step[k] = _members.Values[k] - _members.Origins[k];
        InterceptStep = interceptStep;
        _hessianScale.Forget();
        IsStale = true;
    }

    /// <summary>Halves the step just accepted.</summary>
    public void TakeBackHalf()
    {
        Span<double> values = _members.Values;
        for (int k = 0; k < values.Length; k++)
        {
            _step[k] /= 2;
            values[k] -= _step[k];
        }
        InterceptStep /= 2;
        _hessianScale.Forget();
    }

    /// <summary>Minimises the penalised model, going on from the present step.</summary>
    /// <returns>Size of the whole step from the expansion point: max H_jj·(Δb_j)² over coefficients and intercept.</returns>
    public double Minimise(double lambda, double tolerance)
    {
        // Dividing what pulls by the scale is the same as multiplying the Hessian by it.
        _minimiser.Minimise(_residual.AsSpan(0, _members.Count), lambda / _scale, tolerance / _scale);
        double cross = 0, size = 0;
        ReadOnlySpan<double> values = _members.Values, origins = _members.Origins, interceptCross = _hessian.InterceptCross;
        for (int k = 0; k < values.Length; k++)
        {
            double step = values[k] - origins[k];
            _step[k] = step;
            cross += interceptCross[k] * step;
            size = Math.Max(size, _hessian.Diagonal(k) * step * step);
        }
        InterceptStep = (_interceptScore - cross) / _hessian.CurvatureSum;
        return _scale * Math.Max(size, _hessian.CurvatureSum * InterceptStep * InterceptStep);
    }

    private double CurvatureAlongStep(ReadOnlySpan<double> gradient)
    {
        double curvature = _interceptScore * _interceptScore / _hessian.CurvatureSum;
        for (int k = 0; k < _members.Count; k++) curvature += _step[k] * (ResidualAtOrigin(k, gradient) - _residual[k]);
        return curvature;
    }

    private double ResidualAtOrigin(int k, ReadOnlySpan<double> gradient) =>
        (gradient[k] / _scale) - (_hessian.InterceptCross[k] * _interceptScore / _hessian.CurvatureSum);
}
