using HccPipeline.Statistics.Linear;

namespace HccPipeline.Statistics.Lasso;

/// <summary>The inverse of the Hessian over the nonzero coefficients, as V'V with V lower triangular, kept while members come and
/// go.</summary>
/// <remarks>V is the inverse of the Cholesky factor: VHV' = I. To solve with the factor itself each unknown waits for the one before;
/// with its inverse there are only products, in one pass over V, and a new member's row is the solution for its cross-products.
/// Rounding errors of V slow the Newton steps by as much and leave their end where it is. Golub and Van Loan (2013), Matrix
/// Computations, 4.2 and 6.5.</remarks>
internal sealed class ActiveInverse(FitBuffers buffers)
{
    /// <summary>A pivot below this share of its diagonal entry means collinear columns. One member with a pivot so small leaves the next
    /// pivots a rounding error of about 1e-16 over it: below the root of that, a column that depends on the others would pass for one that
    /// does not, and the solutions would be noise.</summary>
    private const double RankTolerance = 1e-7;

    private const int FirstCapacity = 16;

    // Row-major, zero above the diagonal and beyond the members.
    private double[] _rows = [];
    private double[] _right = [], _solution = [];
    private int[] _members = [];
    private int _stride;

    /// <summary>Number of members m.</summary>
    public int Count { get; private set; }

    /// <summary>Members, in the order of V.</summary>
    public ReadOnlySpan<int> Members => _members.AsSpan(0, Count);

    /// <summary>Forgets every member.</summary>
    public void Clear()
    {
        _rows.AsSpan(0, Count * _stride).Clear();
        Count = 0;
    }

    /// <summary>Adds a member unless it is collinear with the others.</summary>
    /// <param name="member">Its number.</param>
    /// <param name="hessianRow">Its row of the Hessian, by member number.</param>
    /// <param name="diagonal">Its diagonal entry, ridge included.</param>
    public bool TryAppend(int member, ReadOnlySpan<double> hessianRow, double diagonal)
    {
        if (Count == _stride) Grow();
        ReadOnlySpan<double> solution = SolveRow(hessianRow);
        double rest = diagonal - ColumnKernels.Dot(_right.AsSpan(0, Count), solution);
        if (!(rest > RankTolerance * diagonal)) return false;
        double inverse = 1 / Math.Sqrt(rest);
        Span<double> row = _rows.AsSpan(Count * _stride, Count + 1);
        for (int i = 0; i < solution.Length; i++) row[i] = -solution[i] * inverse;
        row[Count] = inverse;
        _members[Count++] = member;
        return true;
    }

    /// <summary>Removes the member at <paramref name="index"/>: rotations gather its column in the last row, and both go.</summary>
    public void RemoveAt(int index)
    {
        Count--;
        _members.AsSpan(index + 1, Count - index).CopyTo(_members.AsSpan(index));
        for (int j = index; j < Count; j++)
        {
            Span<double> upper = _rows.AsSpan(j * _stride, j + 2), lower = _rows.AsSpan((j + 1) * _stride, j + 2);
            double length = Math.Sqrt((upper[index] * upper[index]) + (lower[index] * lower[index]));
            ColumnKernels.Rotate(lower, upper, lower[index] / length, upper[index] / length);
            upper[(index + 1)..].CopyTo(upper[index..]);
            upper[j + 1] = 0;
        }
        _rows.AsSpan(Count * _stride, Count + 1).Clear();
    }

    /// <summary>Solves Hx = b over the members.</summary>
    public ReadOnlySpan<double> Solve(ReadOnlySpan<double> b)
    {
        b.CopyTo(_right);
        return Solve();
    }

    /// <summary>Solves Hx = b for a row of the Hessian as b.</summary>
    /// <param name="hessianRow">The row, by member number.</param>
    public ReadOnlySpan<double> SolveRow(ReadOnlySpan<double> hessianRow)
    {
        for (int i = 0; i < Count; i++) _right[i] = hessianRow[_members[i]];
        return Solve();
    }

    private ReadOnlySpan<double> Solve()
    {
        _right.AsSpan(Count).Clear();
        TriangularProducts.ApplyGram(_rows, _stride, Count, _right, _solution);
        return _solution.AsSpan(0, Count);
    }

    private void Grow()
    {
        int stride = Math.Max(FirstCapacity, _stride * 2);
        double[] rows = buffers.Rent(stride * stride);
        for (int i = 0; i < Count; i++) _rows.AsSpan(i * _stride, Count).CopyTo(rows.AsSpan(i * stride));
        _rows = rows;
        _stride = stride;
        buffers.Grow(ref _right, stride);
        buffers.Grow(ref _solution, stride);
        Array.Resize(ref _members, stride);
    }
}
