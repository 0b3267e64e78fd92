using HccPipeline.Statistics.Linear;

namespace HccPipeline.Statistics.Lasso;

/// <summary>Linear predictors of a fold's rows by the path of the other folds, for one λ after the other.</summary>
/// <remarks>Only the columns of the path are gathered, and only the last two points of the path are kept: the data are not
/// copied, and a fold needs no more room for a hundred λ than for two.</remarks>
internal sealed class HeldOutPredictors(HeldOutRows held, LassoPath path, FitBuffers buffers)
{
    private readonly double[]?[] _columns = new double[path.ColumnCount][];
    private readonly double[] _mixed = buffers.Rent(held.Rows.Length);
    private Point _one = new(-1, buffers.Rent(held.Rows.Length)), _other = new(-1, buffers.Rent(held.Rows.Length));

    /// <summary>At any λ: linear in λ between neighbours, constant beyond the ends. Valid until the next call.</summary>
    public ReadOnlySpan<double> At(double lambda)
    {
        double[] own = path.Lambda;
        int right = 0;
        while (right < own.Length && own[right] > lambda) right++;
        if (right == 0 || right == own.Length) return AtPoint(right);
        double leftShare = (lambda - own[right]) / (own[right - 1] - own[right]);
        double[] atLeft = Own(right - 1);
        if (leftShare == 1) return atLeft;
        double[] atRight = Own(right);
        for (int i = 0; i < _mixed.Length; i++) _mixed[i] = (leftShare * atLeft[i]) + ((1 - leftShare) * atRight[i]);
        return _mixed;
    }

    /// <summary>At a point of the path; its last one stands for those beyond. Valid until the next call.</summary>
    public ReadOnlySpan<double> AtPoint(int index) => Own(Math.Min(index, path.Lambda.Length - 1));

    private double[] Own(int index)
    {
        if (_one.Index == index) return _one.Eta;
        // The one asked for last stays: it may be the neighbour.
        (_one, _other) = (_other, _one);
        if (_one.Index != index)
        {
            Compute(index, _one.Eta);
            _one = _one with { Index = index };
        }
        return _one.Eta;
    }

    private void Compute(int index, double[] eta)
    {
        Array.Fill(eta, path.Intercept[index]);
        SparseCoefficients sparse = path.Coefficients[index];
        for (int k = 0; k < sparse.Columns.Length; k++)
            ColumnKernels.AddCentred(_columns[sparse.Columns[k]] ??= Gather(sparse.Columns[k]), shift: 0, sparse.Values[k], eta);
        for (int i = 0; i < eta.Length; i++) eta[i] += held.Offset[i];
    }

    private double[] Gather(int column)
    {
        ReadOnlySpan<double> x = held.X.Column(column);
        double[] values = buffers.Rent(held.Rows.Length);
        for (int i = 0; i < values.Length; i++) values[i] = x[held.Rows[i]];
        return values;
    }

    private readonly record struct Point(int Index, double[] Eta);
}
