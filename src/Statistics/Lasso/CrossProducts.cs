using System.Numerics;
using HccPipeline.Statistics.Linear;

namespace HccPipeline.Statistics.Lasso;

/// <summary>The curvature-weighted cross-product matrix Z'HZ − (Z'h)(Z'h)'/Σh of standardised columns.</summary>
/// <remarks>Rows go through in blocks that fit the cache. Each block is packed as √h·z in groups of eight columns, for
/// <see cref="TileProducts"/>. Every entry is summed over rows in their order, so its bits do not depend on the vector width. Packing does not pay for a few new columns: these are multiplied with the others one by one.</remarks>
internal sealed class CrossProducts(LassoProblem problem, FitBuffers buffers)
{
    private const int BlockRows = 128;
    private const int Group = TileProducts.Group;
    private const int FewColumns = 12;

    private double[] _sums = [];
    private double[] _panel = [];
    private double[] _weighted = [];

    /// <summary>Computes rows and columns [from, columns.Length) of the matrix, and their mirror.</summary>
    /// <param name="columns">Columns of the working set.</param>
    /// <param name="curvature">h, one per row.</param>
    /// <param name="curvatureSum">Σh.</param>
    /// <param name="from">Members before this one are already covered.</param>
    /// <param name="matrix">Target, row-major.</param>
    /// <param name="stride">Row length of <paramref name="matrix"/>.</param>
    /// <param name="cross">Target for Z'h.</param>
    public void Extend(ReadOnlySpan<int> columns, double[] curvature, double curvatureSum, int from, double[] matrix, int stride, double[] cross)
    {
        int count = columns.Length;
        for (int k = from; k < count; k++) cross[k] = DotColumn(columns[k], curvature);
        if (count - from <= FewColumns) ExtendOneByOne(columns, curvature, from, matrix, stride);
        else ExtendByTiles(columns, curvature, from, matrix, stride);
        for (int k = from; k < count; k++)
        {
            for (int l = 0; l <= k; l++)
            {
                double value = matrix[(k * stride) + l] - (cross[k] * cross[l] / curvatureSum);
                matrix[(k * stride) + l] = value;
                matrix[(l * stride) + k] = value;
            }
        }
    }

    private void ExtendOneByOne(ReadOnlySpan<int> columns, double[] curvature, int from, double[] matrix, int stride)
    {
        if (_weighted.Length < curvature.Length) _weighted = buffers.Rent(curvature.Length);
        for (int k = from; k < columns.Length; k++)
        {
            ReadOnlySpan<double> x = problem.X.Column(columns[k]);
            double mean = problem.Means[columns[k]], factor = problem.InverseScales[columns[k]];
            for (int i = 0; i < x.Length; i++) _weighted[i] = (x[i] - mean) * factor * curvature[i];
            Span<double> row = matrix.AsSpan(k * stride, k + 1);
            row.Clear();
            StandardisedColumns.AddScores(problem, columns[..(k + 1)], start: 0, _weighted.AsSpan(0, x.Length), row);
        }
    }

    private void ExtendByTiles(ReadOnlySpan<int> columns, double[] curvature, int from, double[] matrix, int stride)
    {
        int groups = (columns.Length + Group - 1) / Group, n = curvature.Length, width = groups * Group;
        int first = from / Group, block = Math.Min(BlockRows, n);
        int sumsLength = (groups - first) * Group * width;
        if (_sums.Length < sumsLength) _sums = buffers.Rent((int)BitOperations.RoundUpToPowerOf2((uint)sumsLength));
        else Array.Clear(_sums, 0, sumsLength);
        if (_panel.Length < width * block) _panel = buffers.Rent((int)BitOperations.RoundUpToPowerOf2((uint)(width * block)));
        Span<double> root = stackalloc double[block];
        for (int start = 0; start < n; start += BlockRows)
        {
            int rows = Math.Min(BlockRows, n - start), values = rows * Group;
            for (int i = 0; i < rows; i++) root[i] = Math.Sqrt(curvature[start + i]);
            Pack(columns, start, root[..rows]);
            for (int left = first; left < groups; left++)
            {
                // Groups right of this one are the mirror of tiles further down.
                for (int right = 0; right <= left; right++)
                    TileProducts.Add(_panel.AsSpan(left * values, values), _panel.AsSpan(right * values, values),
                        _sums.AsSpan(((left - first) * Group * width) + (right * Group)), width);
            }
        }
        for (int k = from; k < columns.Length; k++)
            _sums.AsSpan((k - (first * Group)) * width, k + 1).CopyTo(matrix.AsSpan(k * stride));
    }

    private double DotColumn(int column, double[] weights) =>
        ColumnKernels.DotCentred(problem.X.Column(column), problem.Means[column], weights) * problem.InverseScales[column];

    private void Pack(ReadOnlySpan<int> columns, int start, ReadOnlySpan<double> root)
    {
        int rows = root.Length;
        for (int k = 0; k < columns.Length; k++)
        {
            ReadOnlySpan<double> x = problem.X.Column(columns[k]).Slice(start, rows);
            double mean = problem.Means[columns[k]], factor = problem.InverseScales[columns[k]];
            Span<double> target = _panel.AsSpan((k / Group * rows * Group) + (k % Group));
            for (int i = 0; i < rows; i++) target[i * Group] = (x[i] - mean) * factor * root[i];
        }
    }
}
