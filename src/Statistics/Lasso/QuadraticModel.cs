using HccPipeline.Statistics.Linear;

namespace HccPipeline.Statistics.Lasso;

/// <summary>The quadratic approximation of the log-likelihood over the working set, and its penalised minimum by
/// coordinate descent.</summary>
/// <remarks>
/// Friedman, Hastie, Tibshirani (2010), J Stat Softw 33(1), "covariance updates", with two changes. The intercept is
/// eliminated (Schur complement). And the curvature may be older than the gradient: the gradient is always exact, so the
/// fixed point is the solution, while an old Hessian costs a few more cheap steps instead of a new cross-product matrix.
/// </remarks>
internal sealed class QuadraticModel(LassoProblem problem)
{
    private readonly double[] _curvature = new double[problem.X.RowCount];
    private double _curvatureSum;
    private int _capacity;
    private double[] _hessian = [];
    private double[] _interceptCross = [];
    private double[] _residual = [];
    private double[] _step = [];
    private double[] _coefficient = [];
    private double[] _lower = [], _upper = [], _penalty = [];
    private int[] _columns = [];
    private int[] _nonzero = [];
    private double _interceptScore;
    // How many leading members the cross-products cover.
    private int _covered;

    /// <summary>Size k of the working set.</summary>
    public int Count { get; private set; }

    /// <summary>Columns of the working set, in order of entry.</summary>
    public ReadOnlySpan<int> Columns => _columns.AsSpan(0, Count);

    /// <summary>Standardised coefficients at the expansion point.</summary>
    public ReadOnlySpan<double> Coefficients => _coefficient.AsSpan(0, Count);

    /// <summary>Step from the expansion point to the present minimum.</summary>
    public ReadOnlySpan<double> Step => _step.AsSpan(0, Count);

    /// <summary>Step of the intercept.</summary>
    public double InterceptStep { get; private set; }

    /// <summary>Whether steps were taken since the curvature was taken.</summary>
    public bool IsStale { get; private set; }

    /// <summary>Adds a column with coefficient zero.</summary>
    public void Add(int column)
    {
        if (Count == _capacity) Grow();
        _columns[Count] = column;
        _coefficient[Count] = 0;
        _penalty[Count] = problem.Penalties[column];
        (_lower[Count], _upper[Count]) = problem.LimitsOf(column);
        Count++;
    }

    /// <summary>Takes the curvature at the present state; cross-products are computed anew.</summary>
    public void TakeCurvature(LogisticState state)
    {
        _curvatureSum = state.Curvature(_curvature);
        _covered = 0;
        IsStale = false;
    }

    /// <summary>Starts a new expansion at the present coefficients.</summary>
    /// <param name="gradient">Exact score Σ zᵢⱼ wᵢ(yᵢ − pᵢ) of each member.</param>
    /// <param name="interceptScore">Exact score of the intercept.</param>
    public void Expand(ReadOnlySpan<double> gradient, double interceptScore)
    {
        _interceptScore = interceptScore;
        Array.Clear(_step, 0, Count);
        Cover(gradient);
        for (int k = 0; k < Count; k++) _residual[k] = gradient[k] - (_interceptCross[k] * interceptScore / _curvatureSum);
    }

    /// <summary>Takes columns added since into the present expansion, keeping the step made so far.</summary>
    public void Cover(ReadOnlySpan<double> gradient)
    {
        if (_covered == Count) return;
        CrossProducts.Extend(problem, Columns, _curvature, _curvatureSum, _covered, _hessian, _capacity, _interceptCross);
        for (int k = _covered; k < Count; k++)
        {
            _step[k] = 0;
            _residual[k] = gradient[k] - (_interceptCross[k] * _interceptScore / _curvatureSum)
                - ColumnKernels.Dot(_hessian.AsSpan(k * _capacity, k), _step);
        }
        _covered = Count;
    }

    /// <summary>First-order change of the mean log-likelihood along the present step.</summary>
    public double FirstOrderGain(ReadOnlySpan<double> gradient) =>
        ColumnKernels.Dot(gradient, Step) + (_interceptScore * InterceptStep);

    /// <summary>Moves the expansion point to the present minimum. The caller evaluates the gradient there and expands again.</summary>
    public void Accept()
    {
        for (int k = 0; k < Count; k++) _coefficient[k] += _step[k];
        IsStale = true;
    }

    /// <summary>Halves the step just accepted.</summary>
    public void TakeBackHalf()
    {
        for (int k = 0; k < Count; k++)
        {
            _step[k] /= 2;
            _coefficient[k] -= _step[k];
        }
        InterceptStep /= 2;
    }

    /// <summary>Minimises the penalised model by cyclic coordinate descent, going on from the present step.</summary>
    /// <returns>Size of the whole step from the expansion point: max H_jj·(Δb_j)² over coefficients and intercept.</returns>
    public double Minimise(double lambda, double tolerance)
    {
        const int maxPasses = 100_000;
        for (int pass = 0; pass < maxPasses; pass++)
        {
            double change = FullPass(lambda, out int nonzero);
            if (change < tolerance) break;
            while (pass++ < maxPasses)
            {
                change = 0;
                for (int i = 0; i < nonzero; i++) change = Math.Max(change, Update(_nonzero[i], lambda));
                if (change < tolerance) break;
            }
        }
        return FinishStep();
    }

    private double FullPass(double lambda, out int nonzero)
    {
        double change = 0;
        nonzero = 0;
        for (int k = 0; k < Count; k++)
        {
            change = Math.Max(change, Update(k, lambda));
            if (_coefficient[k] + _step[k] != 0) _nonzero[nonzero++] = k;
        }
        return change;
    }

    private double Update(int k, double lambda)
    {
        double curvature = _hessian[(k * _capacity) + k];
        if (curvature <= 0) return 0;
        double alpha = problem.Options.Alpha, old = _coefficient[k] + _step[k];
        double u = _residual[k] + (curvature * old), threshold = lambda * alpha * _penalty[k];
        double target = Math.Abs(u) <= threshold
            ? 0
            : (u - Math.CopySign(threshold, u)) / (curvature + (lambda * (1 - alpha) * _penalty[k]));
        target = Math.Min(Math.Max(target, _lower[k]), _upper[k]);
        if (target == old) return 0;
        double delta = target - old;
        // Exact zeros matter: a coefficient that leaves the model is −coefficient away, not nearly so.
        _step[k] = target - _coefficient[k];
        ColumnKernels.Subtract(_hessian.AsSpan(k * _capacity, Count), delta, _residual);
        return curvature * delta * delta;
    }

    private double FinishStep()
    {
        double cross = 0, size = 0;
        for (int k = 0; k < Count; k++)
        {
            cross += _interceptCross[k] * _step[k];
            size = Math.Max(size, _hessian[(k * _capacity) + k] * _step[k] * _step[k]);
        }
        InterceptStep = (_interceptScore - cross) / _curvatureSum;
        return Math.Max(size, _curvatureSum * InterceptStep * InterceptStep);
    }

    private void Grow()
    {
        int capacity = Math.Max(16, _capacity * 2);
        double[] hessian = new double[capacity * capacity];
        for (int k = 0; k < Count; k++) Array.Copy(_hessian, k * _capacity, hessian, k * capacity, Count);
        _hessian = hessian;
        _capacity = capacity;
        Array.Resize(ref _interceptCross, capacity);
        Array.Resize(ref _residual, capacity);
        Array.Resize(ref _step, capacity);
        Array.Resize(ref _coefficient, capacity);
        Array.Resize(ref _lower, capacity);
        Array.Resize(ref _upper, capacity);
        Array.Resize(ref _penalty, capacity);
        Array.Resize(ref _columns, capacity);
        Array.Resize(ref _nonzero, capacity);
    }
}
