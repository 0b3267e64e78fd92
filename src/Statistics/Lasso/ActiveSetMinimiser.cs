using HccPipeline.Statistics.Linear;

namespace HccPipeline.Statistics.Lasso;

/// <summary>Finds the minimum of a quadratic with an elastic-net penalty over the working set.</summary>
/// <remarks>An exact solve over the nonzero coefficients within their signs, then one coordinate descent update of each of the
/// others, which lets in those that belong; both only ever lower the objective. A column collinear with the nonzero ones has no place
/// in their inverse, and coordinate descent would creep along the direction in which they replace each other: it slides along it at
/// once, to the minimum or to where a coefficient leaves. The inverse is kept from one call to the next.</remarks>
internal sealed class ActiveSetMinimiser(LassoProblem problem, WorkingSet members, Hessian hessian, FitBuffers buffers)
{
    private const int MaxRounds = 1_000;

    /// <summary>Share of the tolerance that sliding must gain: below it, equal columns would pass their coefficient to and fro.</summary>
    private const double WorthSliding = 1e-4;

    private readonly double _alpha = problem.Options.Alpha;
    private readonly ActiveInverse _inverse = new(buffers);
    private bool[] _isActive = [];
    private double[] _slopes = [], _change = [], _along = [];
    private bool _isInverseOld = true;
    private double _inverseLambda;

    /// <summary>Rounds so far: the work done.</summary>
    public int Rounds { get; private set; }

    /// <summary>The Hessian is new: its inverse has to be made anew.</summary>
    public void ForgetInverse() => _isInverseOld = true;

    /// <summary>Minimises, going on from the present coefficients.</summary>
    /// <param name="residual">Slopes of the smooth part at the present coefficients, uphill; kept up to date.</param>
    /// <param name="lambda">λ.</param>
    /// <param name="tolerance">Largest H_jj·(Δb_j)² of a last round.</param>
    public void Minimise(Span<double> residual, double lambda, double tolerance)
    {
        Reserve();
        // Ridge terms stand in the inverse.
        if (_isInverseOld || (_alpha < 1 && lambda != _inverseLambda)) Invert(lambda);
        for (int round = 0; round < MaxRounds; round++)
        {
            Rounds++;
            SolveWithinSigns(residual, lambda, tolerance);
            if (UpdateOthers(residual, lambda, tolerance) < tolerance) break;
        }
    }

    /// <summary>Solves for the active coefficients; one that would change its sign or pass a limit stops there and leaves.</summary>
    private void SolveWithinSigns(Span<double> residual, double lambda, double tolerance)
    {
        if (LargestError(residual, lambda) < tolerance * 1e-4) return;
        Span<double> values = members.Values, change = _change.AsSpan(0, members.Count);
        change.Clear();
        while (_inverse.Count > 0)
        {
            ReadOnlySpan<int> active = _inverse.Members;
            Span<double> slopes = _slopes.AsSpan(0, active.Length);
            ReadOnlySpan<double> direction = _inverse.Solve(slopes);
            (double length, int first) = LongestMove(active, direction);
            for (int i = 0; i < active.Length; i++)
            {
                int k = active[i];
                double old = values[k], target = i == first ? Border(k, old, direction[i]) : old + (length * direction[i]);
                values[k] = target;
                change[k] += target - old;
                // Along the Newton direction all slopes fall in the same proportion.
                slopes[i] *= 1 - length;
            }
            if (first < 0) break;
            _isActive[active[first]] = false;
            slopes[(first + 1)..].CopyTo(slopes[first..]);
            _inverse.RemoveAt(first);
        }
        // The residuals of active coefficients now balance the penalty; those of the others follow from the change.
        for (int k = 0; k < residual.Length; k++)
            residual[k] = _isActive[k] ? residual[k] - SlopeAt(k, residual[k], lambda) : residual[k] - ColumnKernels.Dot(hessian.Row(k), change);
    }

    /// <summary>Computes the slopes of the active coefficients.</summary>
    /// <returns>The largest of slope²/H_jj.</returns>
    private double LargestError(ReadOnlySpan<double> residual, double lambda)
    {
        double error = 0;
        ReadOnlySpan<int> active = _inverse.Members;
        for (int i = 0; i < active.Length; i++)
        {
            int k = active[i];
            double slope = SlopeAt(k, residual[k], lambda);
            _slopes[i] = slope;
            error = Math.Max(error, slope * slope / hessian.Diagonal(k));
        }
        return error;
    }

    /// <summary>Coordinate descent over the coefficients that are not active; those that end strictly inside become active.</summary>
    /// <returns>Largest change, H_jj·(Δb_j)².</returns>
    private double UpdateOthers(Span<double> residual, double lambda, double tolerance)
    {
        double change = 0;
        ReadOnlySpan<double> values = members.Values;
        for (int k = 0; k < values.Length; k++)
        {
            if (_isActive[k]) continue;
            change = Math.Max(change, Update(k, residual, lambda));
            while (IsInside(k) && !(_isActive[k] = TryActivate(k, lambda)))
            {
                (double gain, bool hasLeft) = Slide(k, residual, lambda, tolerance);
                change = Math.Max(change, gain);
                if (!hasLeft) break;
            }
        }
        return change;
    }

    private bool IsInside(int k) => members.Values[k] is var b && b != 0 && b > members.Lower[k] && b < members.Upper[k];

    /// <summary>Moves coefficient <paramref name="k"/> and the active ones against each other, along the direction in which the prediction
    /// hardly changes.</summary>
    /// <returns>Slope times length of the move, and whether an active coefficient left.</returns>
    private (double Gain, bool HasLeft) Slide(int k, Span<double> residual, double lambda, double tolerance)
    {
        int count = members.Count;
        Span<double> values = members.Values, direction = _change.AsSpan(0, count), along = _along.AsSpan(0, count);
        ReadOnlySpan<int> active = _inverse.Members;
        direction.Clear();
        ReadOnlySpan<double> share = _inverse.SolveRow(hessian.Row(k));
        for (int i = 0; i < active.Length; i++) direction[active[i]] = -share[i];
        direction[k] = 1;
        double slope = 0, curvature = 0;
        for (int j = 0; j < count; j++)
        {
            along[j] = ColumnKernels.Dot(hessian.Row(j), direction);
            if (direction[j] == 0) continue;
            slope += direction[j] * SlopeAt(j, residual[j], lambda);
            curvature += direction[j] * (along[j] + (lambda * (1 - _alpha) * members.Penalties[j] * direction[j]));
        }
        double length = curvature > 0 ? slope / curvature : slope * double.PositiveInfinity;
        int first = -1;
        for (int j = 0; j < count; j++)
        {
            double pull = direction[j] * slope;
            if (pull == 0) continue;
            double room = (Border(j, values[j], pull) - values[j]) / direction[j];
            if (Math.Abs(room) < Math.Abs(length)) (length, first) = (room, j);
        }
        double gain = slope * length;
        if (!(gain > tolerance * WorthSliding) || double.IsInfinity(gain)) return (0, false);
        for (int j = 0; j < count; j++)
        {
            if (direction[j] != 0) values[j] = j == first ? Border(j, values[j], direction[j] * slope) : values[j] + (length * direction[j]);
            residual[j] -= length * along[j];
        }
        int leaving = active.IndexOf(first);
        if (leaving < 0) return (gain, false);
        _isActive[first] = false;
        _inverse.RemoveAt(leaving);
        return (gain, true);
    }

    private double Update(int k, Span<double> residual, double lambda)
    {
        double curvature = hessian.Diagonal(k), old = members.Values[k];
        if (curvature <= 0) return 0;
        double u = residual[k] + (curvature * old), penalty = lambda * members.Penalties[k], threshold = _alpha * penalty;
        double target = Math.Abs(u) <= threshold ? 0 : (u - Math.CopySign(threshold, u)) / (curvature + ((1 - _alpha) * penalty));
        target = Math.Min(Math.Max(target, members.Lower[k]), members.Upper[k]);
        if (target == old) return 0;
        members.Values[k] = target;
        ColumnKernels.Subtract(hessian.Row(k), target - old, residual);
        return curvature * (target - old) * (target - old);
    }

    private bool TryActivate(int k, double lambda) =>
        _inverse.TryAppend(k, hessian.Row(k), hessian.Diagonal(k) + (lambda * (1 - _alpha) * members.Penalties[k]));

    private void Invert(double lambda)
    {
        int[] active = _inverse.Members.ToArray();
        _inverse.Clear();
        // A step that was not taken may have left a member at zero: it has no sign to be solved for.
        foreach (int k in active) _isActive[k] = members.Values[k] != 0 && TryActivate(k, lambda);
        _isInverseOld = false;
        _inverseLambda = lambda;
    }

    /// <summary>Slope of the objective along a nonzero coefficient, downhill positive.</summary>
    private double SlopeAt(int k, double residual, double lambda)
    {
        double b = members.Values[k], penalty = lambda * members.Penalties[k];
        return residual - ((1 - _alpha) * penalty * b) - Math.CopySign(_alpha * penalty, b);
    }

    private (double Length, int First) LongestMove(ReadOnlySpan<int> active, ReadOnlySpan<double> direction)
    {
        double length = 1;
        int first = -1;
        ReadOnlySpan<double> values = members.Values, lower = members.Lower, upper = members.Upper;
        for (int i = 0; i < active.Length; i++)
        {
            int k = active[i];
            double old = values[k], target = old + direction[i];
            bool staysInside = target * old > 0 && target > lower[k] && target < upper[k];
            if (staysInside || direction[i] == 0) continue;
            double room = (Border(k, old, direction[i]) - old) / direction[i];
            if (room < length) (length, first) = (room, i);
        }
        return (length, first);
    }

    /// <summary>Where coefficient <paramref name="k"/> would leave its orthant or its limits.</summary>
    private double Border(int k, double value, double direction)
    {
        double lower = members.Lower[k], upper = members.Upper[k];
        if (direction > 0) return value < 0 && members.Penalties[k] > 0 ? Math.Min(0, upper) : upper;
        return value > 0 && members.Penalties[k] > 0 ? Math.Max(0, lower) : lower;
    }

    private void Reserve()
    {
        if (_isActive.Length >= members.Count) return;
        Array.Resize(ref _isActive, members.Capacity);
        buffers.Grow(ref _slopes, members.Capacity);
        buffers.Grow(ref _change, members.Capacity);
        buffers.Grow(ref _along, members.Capacity);
    }
}
