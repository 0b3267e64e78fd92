using HccPipeline.Statistics.Linear;

namespace HccPipeline.Statistics.Lasso;

/// <summary>The Cholesky factor of the Hessian over the nonzero coefficients, kept while members come and go.</summary>
/// <remarks>R with R'R = H, row by row, so that every inner loop runs along a row. Adding a member costs m²/2 operations and
/// removing one (m − i)², instead of m³/6 for a new factorisation. Golub and Van Loan (2013), Matrix Computations, 6.5.</remarks>
internal sealed class ActiveFactor(FitBuffers buffers)
{
    /// <summary>A pivot below this share of its diagonal entry means collinear columns.</summary>
    private const double RankTolerance = 1e-10;

    private double[] _factor = [];
    private double[] _column = [];
    private double[] _inverseDiagonal = [];
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
        Span<double> column = _column.AsSpan(0, Count);
        for (int i = 0; i < column.Length; i++) column[i] = hessianRow[_members[i]];
        SolveTransposed(column);
        double rest = diagonal - ColumnKernels.Dot(column, column);
        if (!(rest > RankTolerance * diagonal)) return false;
        for (int i = 0; i < column.Length; i++) _factor[(i * _stride) + Count] = column[i];
        SetDiagonal(Count, Math.Sqrt(rest));
        _members[Count++] = member;
        return true;
    }

    /// <summary>Removes the member at <paramref name="index"/>: its column goes, and rotations make the rest triangular again.</summary>
    public void RemoveAt(int index)
    {
        Count--;
        _members.AsSpan(index + 1, Count - index).CopyTo(_members.AsSpan(index));
        for (int i = 0; i <= Count; i++)
        {
            // Below the diagonal nothing is ever read, but for the entry that the rotations take away.
            int from = Math.Max(index, i - 1);
            _factor.AsSpan((i * _stride) + from + 1, Count - from).CopyTo(_factor.AsSpan((i * _stride) + from));
        }
        for (int j = index; j < Count; j++)
        {
            Span<double> upper = _factor.AsSpan((j * _stride) + j, Count - j), lower = _factor.AsSpan(((j + 1) * _stride) + j, Count - j);
            double length = Math.Sqrt((upper[0] * upper[0]) + (lower[0] * lower[0]));
            ColumnKernels.Rotate(upper, lower, upper[0] / length, lower[0] / length);
            SetDiagonal(j, length);
        }
    }

    /// <summary>Solves Hx = b over the members, in place.</summary>
    public void Solve(Span<double> b)
    {
        SolveTransposed(b);
        for (int i = Count - 1; i >= 0; i--)
        {
            ReadOnlySpan<double> right = _factor.AsSpan((i * _stride) + i + 1, Count - i - 1);
            b[i] = (b[i] - ColumnKernels.Dot(right, b[(i + 1)..])) * _inverseDiagonal[i];
        }
    }

    /// <summary>Solves R'x = b in place.</summary>
    private void SolveTransposed(Span<double> b)
    {
        for (int i = 0; i < Count; i++)
        {
            ReadOnlySpan<double> right = _factor.AsSpan((i * _stride) + i + 1, Count - i - 1);
            b[i] *= _inverseDiagonal[i];
            ColumnKernels.Subtract(right, b[i], b[(i + 1)..]);
        }
    }

    private void SetDiagonal(int i, double value)
    {
        _factor[(i * _stride) + i] = value;
        _inverseDiagonal[i] = 1 / value;
    }

    private void Grow()
    {
        int stride = Math.Max(16, _stride * 2);
        double[] factor = buffers.Rent(stride * stride);
        for (int i = 0; i < Count; i++) Array.Copy(_factor, i * _stride, factor, i * stride, Count);
        _factor = factor;
        _stride = stride;
        buffers.Grow(ref _column, stride);
        buffers.Grow(ref _inverseDiagonal, stride);
        Array.Resize(ref _members, stride);
    }
}
