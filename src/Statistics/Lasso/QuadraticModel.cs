using HccPipeline.Statistics.Linear;

namespace HccPipeline.Statistics.Lasso;

/// <summary>The quadratic approximation of the log-likelihood over the working set, and its penalised minimum.</summary>
/// <remarks>
/// Friedman, Hastie, Tibshirani (2010), J Stat Softw 33(1), "covariance updates", with two changes. The intercept is
/// eliminated (Schur complement). And the curvature may be older than the gradient: the gradient is always exact, so the
/// fixed point is the solution, while an old Hessian, rescaled, costs a few more cheap steps instead of a new cross-product
/// matrix.
/// </remarks>
internal sealed class QuadraticModel(LassoProblem problem)
{
    private readonly ActiveFactor _active = new();
    private readonly HessianScale _hessianScale = new();
    private readonly CrossProducts _crossProducts = new(problem);
    private readonly double[] _curvature = new double[problem.X.RowCount];
    private double _curvatureSum;
    private double _scale = 1;
    private int _capacity;
    private double[] _hessian = [];
    private double[] _interceptCross = [];
    private double[] _residual = [];
    private double[] _step = [];
    private double[] _coefficient = [];
    private double[] _lower = [], _upper = [], _penalty = [];
    private int[] _columns = [];
    private double[] _direction = [];
    private double[] _slope = [];
    private double[] _change = [];
    private bool[] _isActive = [];
    private bool _factorIsOld;
    private double _factorLambda;
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
        _hessianScale.Renew();
        _factorIsOld = true;
        IsStale = false;
    }

    /// <summary>Starts a new expansion at the present coefficients.</summary>
    /// <param name="gradient">Exact score Σ zᵢⱼ wᵢ(yᵢ − pᵢ) of each member.</param>
    /// <param name="interceptScore">Exact score of the intercept.</param>
    /// <param name="curvatureSum">Σ wᵢpᵢ(1 − pᵢ) at the present state.</param>
    public void Expand(ReadOnlySpan<double> gradient, double interceptScore, double curvatureSum)
    {
        double slope = ColumnKernels.Dot(gradient, _step.AsSpan(0, _covered)) + (interceptScore * InterceptStep);
        _hessianScale.End(slope, curvatureSum / _curvatureSum);
        // Ridge terms stand in the factor, which would have to be made anew for every scale.
        _scale = problem.Options.Alpha < 1 ? 1 : _hessianScale.Value;
        _interceptScore = interceptScore / _scale;
        Array.Clear(_step, 0, Count);
        Cover(gradient);
        for (int k = 0; k < Count; k++) _residual[k] = (gradient[k] / _scale) - (_interceptCross[k] * _interceptScore / _curvatureSum);
    }

    /// <summary>Takes columns added since into the present expansion, keeping the step made so far.</summary>
    public void Cover(ReadOnlySpan<double> gradient)
    {
        if (_covered == Count) return;
        _crossProducts.Extend(Columns, _curvature, _curvatureSum, _covered, _hessian, _capacity, _interceptCross);
        for (int k = _covered; k < Count; k++)
        {
            _step[k] = 0;
            _residual[k] = (gradient[k] / _scale) - (_interceptCross[k] * _interceptScore / _curvatureSum)
                - ColumnKernels.Dot(_hessian.AsSpan(k * _capacity, k), _step);
        }
        _covered = Count;
    }

    /// <summary>First-order change of the mean log-likelihood along the present step.</summary>
    public double FirstOrderGain(ReadOnlySpan<double> gradient) =>
        ColumnKernels.Dot(gradient, Step) + (_scale * _interceptScore * InterceptStep);

    /// <summary>Moves the expansion point to the present minimum. The caller evaluates the gradient there and expands again.</summary>
    /// <param name="gradient">Exact scores at the present expansion point.</param>
    public void Accept(ReadOnlySpan<double> gradient)
    {
        double curvature = _interceptScore * _interceptScore / _curvatureSum;
        for (int k = 0; k < Count; k++)
        {
            curvature += _step[k] * ((gradient[k] / _scale) - (_interceptCross[k] * _interceptScore / _curvatureSum) - _residual[k]);
            _coefficient[k] += _step[k];
        }
        _hessianScale.Begin(FirstOrderGain(gradient), curvature);
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
        _hessianScale.Forget();
    }

    /// <summary>Minimises the penalised model, going on from the present step.</summary>
    /// <remarks>An active-set method: an exact solve over the nonzero coefficients within their signs, then one coordinate
    /// descent update of each of the others, which lets in those that belong. Both only ever lower the objective.</remarks>
    /// <returns>Size of the whole step from the expansion point: max H_jj·(Δb_j)² over coefficients and intercept.</returns>
    public double Minimise(double lambda, double tolerance)
    {
        const int maxRounds = 100_000;
        // Dividing what pulls by the scale is the same as multiplying the Hessian by it.
        lambda /= _scale;
        tolerance /= _scale;
        if (_factorIsOld || (problem.Options.Alpha < 1 && lambda != _factorLambda)) Refactor(lambda);
        for (int round = 0; round < maxRounds; round++)
        {
            SolveWithinSigns(lambda, tolerance);
            if (UpdateOthers(lambda) < tolerance) break;
        }
        return FinishStep();
    }

    /// <summary>Solves for the active coefficients; one that would change its sign or pass a limit stops there and leaves.</summary>
    private void SolveWithinSigns(double lambda, double tolerance)
    {
        double error = 0;
        ReadOnlySpan<int> members = _active.Members;
        for (int i = 0; i < members.Length; i++)
        {
            int k = members[i];
            double slope = SlopeAt(k, lambda);
            _slope[i] = slope;
            error = Math.Max(error, slope * slope / _hessian[(k * _capacity) + k]);
        }
        if (error < tolerance * 1e-4) return;
        Array.Clear(_change, 0, Count);
        while (_active.Count > 0)
        {
            members = _active.Members;
            _slope.AsSpan(0, members.Length).CopyTo(_direction);
            _active.Solve(_direction.AsSpan(0, members.Length));
            (double length, int first) = LongestMove(members);
            for (int i = 0; i < members.Length; i++)
            {
                int k = members[i];
                double old = _coefficient[k] + _step[k];
                double target = i == first ? Border(k, old, _direction[i]) : old + (length * _direction[i]);
                _step[k] = target - _coefficient[k];
                _change[k] += target - old;
                // Along the Newton direction all slopes fall in the same proportion.
                _slope[i] *= 1 - length;
            }
            if (first < 0) break;
            _isActive[members[first]] = false;
            _slope.AsSpan(first + 1, members.Length - first - 1).CopyTo(_slope.AsSpan(first));
            _active.RemoveAt(first);
        }
        UpdateResiduals(lambda);
    }

    /// <summary>Residuals after the active coefficients were solved for: theirs balance the penalty, the others' follow from the change.</summary>
    private void UpdateResiduals(double lambda)
    {
        ReadOnlySpan<double> change = _change.AsSpan(0, Count);
        for (int k = 0; k < Count; k++)
            _residual[k] = _isActive[k] ? _residual[k] - SlopeAt(k, lambda) : _residual[k] - ColumnKernels.Dot(HessianRow(k), change);
    }

    /// <summary>Coordinate descent over the coefficients that are not active; those that end strictly inside become active.</summary>
    /// <returns>Largest change, H_jj·(Δb_j)².</returns>
    private double UpdateOthers(double lambda)
    {
        double change = 0;
        for (int k = 0; k < Count; k++)
        {
            if (_isActive[k]) continue;
            change = Math.Max(change, Update(k, lambda));
            double b = _coefficient[k] + _step[k];
            if (b != 0 && b > _lower[k] && b < _upper[k]) _isActive[k] = TryActivate(k, lambda);
        }
        return change;
    }

    private ReadOnlySpan<double> HessianRow(int k) => _hessian.AsSpan(k * _capacity, Count);

    private bool TryActivate(int k, double lambda) => _active.TryAppend(k, HessianRow(k),
        _hessian[(k * _capacity) + k] + (lambda * (1 - problem.Options.Alpha) * _penalty[k]));

    private void Refactor(double lambda)
    {
        int[] members = _active.Members.ToArray();
        _active.Clear();
        // A step that was not taken may have left a member at zero: it has no sign to be solved for.
        foreach (int k in members) _isActive[k] = _coefficient[k] + _step[k] != 0 && TryActivate(k, lambda);
        _factorIsOld = false;
        _factorLambda = lambda;
    }

    /// <summary>Slope of the objective along a nonzero coefficient, downhill positive.</summary>
    private double SlopeAt(int k, double lambda)
    {
        double alpha = problem.Options.Alpha, b = _coefficient[k] + _step[k];
        return _residual[k] - (lambda * (1 - alpha) * _penalty[k] * b) - Math.CopySign(lambda * alpha * _penalty[k], b);
    }

    private (double Length, int First) LongestMove(ReadOnlySpan<int> members)
    {
        double length = 1;
        int first = -1;
        for (int i = 0; i < members.Length; i++)
        {
            if (_direction[i] == 0) continue;
            int k = members[i];
            double old = _coefficient[k] + _step[k], room = (Border(k, old, _direction[i]) - old) / _direction[i];
            if (room < length) (length, first) = (room, i);
        }
        return (length, first);
    }

    /// <summary>Where coefficient <paramref name="k"/> would leave its orthant or its limits.</summary>
    private double Border(int k, double value, double direction)
    {
        if (direction > 0) return value < 0 && _penalty[k] > 0 ? Math.Min(0, _upper[k]) : _upper[k];
        return value > 0 && _penalty[k] > 0 ? Math.Max(0, _lower[k]) : _lower[k];
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
        MoveTo(k, old, target);
        return curvature * (target - old) * (target - old);
    }

    private void MoveTo(int k, double old, double target)
    {
        // Exact zeros matter: a coefficient that leaves the model is −coefficient away, not nearly so.
        _step[k] = target - _coefficient[k];
        ColumnKernels.Subtract(HessianRow(k), target - old, _residual);
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
        return _scale * Math.Max(size, _curvatureSum * InterceptStep * InterceptStep);
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
        Array.Resize(ref _isActive, capacity);
        Array.Resize(ref _direction, capacity);
        Array.Resize(ref _slope, capacity);
        Array.Resize(ref _change, capacity);
    }
}
