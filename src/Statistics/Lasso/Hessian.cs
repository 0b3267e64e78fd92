namespace HccPipeline.Statistics.Lasso;

/// <summary>Second derivatives of the mean log-likelihood over the working set, the intercept eliminated (Schur complement), at the
/// state where they were last taken.</summary>
internal sealed class Hessian(LassoProblem problem, WorkingSet members, FitBuffers buffers)
{
    private readonly CrossProducts _crossProducts = new(problem, buffers);
    private readonly double[] _curvature = buffers.Rent(problem.X.RowCount);
    private double[] _matrix = [];
    private double[] _interceptCross = [];
    private int _stride;
    private double _damping;

    /// <summary>How many leading members are covered.</summary>
    public int Covered { get; private set; }

    /// <summary>Σ of the curvatures of all rows.</summary>
    public double CurvatureSum { get; private set; }

    /// <summary>Cross-products of the members with the intercept.</summary>
    public ReadOnlySpan<double> InterceptCross => _interceptCross.AsSpan(0, Covered);

    /// <summary>Row of one member, one value for each member.</summary>
    public ReadOnlySpan<double> Row(int member) => _matrix.AsSpan(member * _stride, Covered);

    /// <summary>Diagonal entry of one member.</summary>
    public double Diagonal(int member) => _matrix[(member * _stride) + member];

    /// <summary>Takes the curvature at the present state; nothing is covered any more.</summary>
    /// <param name="state">The present state.</param>
    /// <param name="damping">Share of each diagonal entry that is added to it.</param>
    public void Renew(LogisticState state, double damping)
    {
        _damping = damping;
        CurvatureSum = state.Curvature(_curvature);
        Covered = 0;
    }

    /// <summary>Computes the rows of members added since.</summary>
    public void Cover()
    {
        if (Covered == members.Count) return;
        if (_stride < members.Capacity) Grow(members.Capacity);
        _crossProducts.Extend(members.Columns, _curvature, CurvatureSum, Covered, _matrix, _stride, _interceptCross);
        for (int k = Covered; k < members.Count; k++) _matrix[(k * _stride) + k] *= 1 + _damping;
        Covered = members.Count;
    }

    private void Grow(int stride)
    {
        double[] matrix = buffers.Rent(stride * stride);
        for (int k = 0; k < Covered; k++) Row(k).CopyTo(matrix.AsSpan(k * stride));
        _matrix = matrix;
        _stride = stride;
        buffers.Grow(ref _interceptCross, stride);
    }
}
