using HccPipeline.Statistics.Linear;

namespace HccPipeline.Statistics.Lasso;

/// <summary>The Cholesky factor of the Hessian over the nonzero coefficients, kept while members come and go.</summary>
/// <remarks>Adding a member costs m²/2 operations and removing one (m − i)², instead of m³/6 for a new factorisation. Golub
/// and Van Loan (2013), Matrix Computations, 6.5.</remarks>
internal sealed class ActiveFactor
{
    /// <summary>A pivot below this share of its diagonal entry means collinear columns.</summary>
    private const double RankTolerance = 1e-10;

    private double[] _factor = [];
    private int[] _members = [];
    private int _stride;

    /// <summary>Number of members m.</summary>
    public int Count { get; private set; }

    /// <summary>Members, in the order of the factor.</summary>
    public ReadOnlySpan<int> Members => _members.AsSpan(0, Count);

    /// <summary>Forgets every member.</summary>
    public void Clear() => Count = 0;

    /// <summary>Adds a member unless it is collinear with the others.</summary>
    /// <param name="member">Its number.</param>
    /// <param name="hessianRow">Its row of the Hessian, by member number.</param>
    /// <param name="diagonal">Its diagonal entry, ridge included.</param>
    public bool TryAppend(int member, ReadOnlySpan<double> hessianRow, double diagonal)
    {
        if (Count == _stride) Grow();
        Span<double> row = _factor.AsSpan(Count * _stride, Count);
        double rest = diagonal;
        for (int i = 0; i < row.Length; i++)
        {
            ReadOnlySpan<double> above = _factor.AsSpan(i * _stride, i + 1);
            row[i] = (hessianRow[_members[i]] - ColumnKernels.Dot(above[..i], row)) / above[i];
            rest -= row[i] * row[i];
        }
        if (!(rest > RankTolerance * diagonal)) return false;
        _factor[(Count * _stride) + Count] = Math.Sqrt(rest);
        _members[Count++] = member;
        return true;
    }

    /// <summary>Removes the member at <paramref name="index"/>: its row goes, and rotations make the rest triangular again.</summary>
    public void RemoveAt(int index)
    {
        Count--;
        for (int i = index; i < Count; i++)
        {
            _members[i] = _members[i + 1];
            Array.Copy(_factor, (i + 1) * _stride, _factor, i * _stride, i + 2);
        }
        for (int j = index; j < Count; j++)
        {
            double a = _factor[(j * _stride) + j], b = _factor[(j * _stride) + j + 1], length = Math.Sqrt((a * a) + (b * b));
            double cosine = a / length, sine = b / length;
            _factor[(j * _stride) + j] = length;
            for (int i = j + 1; i < Count; i++)
            {
                ref double left = ref _factor[(i * _stride) + j], right = ref _factor[(i * _stride) + j + 1];
                (left, right) = ((cosine * left) + (sine * right), (cosine * right) - (sine * left));
            }
        }
    }

    /// <summary>Solves Hx = b over the members, in place.</summary>
    public void Solve(Span<double> b)
    {
        for (int i = 0; i < Count; i++)
        {
            ReadOnlySpan<double> row = _factor.AsSpan(i * _stride, i + 1);
            b[i] = (b[i] - ColumnKernels.Dot(row[..i], b)) / row[i];
        }
        for (int i = Count - 1; i >= 0; i--)
        {
            ReadOnlySpan<double> row = _factor.AsSpan(i * _stride, i + 1);
            b[i] /= row[i];
            ColumnKernels.Subtract(row[..i], b[i], b);
        }
    }

    private void Grow()
    {
        int stride = Math.Max(16, _stride * 2);
        double[] factor = new double[stride * stride];
        for (int i = 0; i < Count; i++) Array.Copy(_factor, i * _stride, factor, i * stride, i + 1);
        _factor = factor;
        _stride = stride;
        Array.Resize(ref _members, stride);
    }
}
