using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using HccPipeline.Statistics.Linear;

namespace HccPipeline.Statistics.Lasso;

/// <summary>The curvature-weighted cross-product matrix Z'HZ − (Z'h)(Z'h)'/Σh of standardised columns.</summary>
/// <remarks>Rows go through in blocks that fit the cache. Each block is packed as √h·z in groups of eight columns; a 4×8
/// tile of products then lives in registers. Every entry is summed over rows in their order, so its bits do not depend on
/// the vector width. Packing does not pay for a few new columns: these are multiplied with the others one by one.</remarks>
internal sealed class CrossProducts(LassoProblem problem)
{
    private const int BlockRows = 128;
    private const int Group = 8;
    private const int FewColumns = 4;

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
        if (_weighted.Length < curvature.Length) _weighted = new double[curvature.Length];
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
        int firstTile = from / 4, tiles = (columns.Length + 3) / 4, block = Math.Min(BlockRows, n);
        int sumsLength = (tiles - firstTile) * 4 * width;
        if (_sums.Length < sumsLength) _sums = new double[sumsLength];
        else Array.Clear(_sums, 0, sumsLength);
        if (_panel.Length < width * block) _panel = new double[width * block];
        Span<double> root = stackalloc double[block];
        for (int start = 0; start < n; start += BlockRows)
        {
            int rows = Math.Min(BlockRows, n - start);
            for (int i = 0; i < rows; i++) root[i] = Math.Sqrt(curvature[start + i]);
            Pack(columns, start, root[..rows]);
            for (int tile = firstTile; tile < tiles; tile++)
            {
                // Columns right of the tile's own group are the mirror of tiles further down.
                for (int g = 0; g <= tile / 2; g++)
                    Multiply(_panel, tile, g, rows, ref _sums[((tile - firstTile) * 4 * width) + (g * Group)], width);
            }
        }
        for (int k = from; k < columns.Length; k++)
            _sums.AsSpan((k - (firstTile * 4)) * width, k + 1).CopyTo(matrix.AsSpan(k * stride));
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

    private static void Multiply(double[] panel, int tile, int group, int rows, ref double sums, int stride)
    {
        ref double a = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(panel), (tile / 2 * rows * Group) + (tile % 2 * 4));
        ref double b = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(panel), group * rows * Group);
        Vector256<double> s00 = default, s01 = default, s10 = default, s11 = default;
        Vector256<double> s20 = default, s21 = default, s30 = default, s31 = default;
        for (int i = 0; i < rows; i++)
        {
            Vector256<double> b0 = Vector256.LoadUnsafe(ref b), b1 = Vector256.LoadUnsafe(ref b, 4);
            Vector256<double> v = Vector256.Create(a);
            s00 += v * b0;
            s01 += v * b1;
            v = Vector256.Create(Unsafe.Add(ref a, 1));
            s10 += v * b0;
            s11 += v * b1;
            v = Vector256.Create(Unsafe.Add(ref a, 2));
            s20 += v * b0;
            s21 += v * b1;
            v = Vector256.Create(Unsafe.Add(ref a, 3));
            s30 += v * b0;
            s31 += v * b1;
            a = ref Unsafe.Add(ref a, Group);
            b = ref Unsafe.Add(ref b, Group);
        }
        Accumulate(ref sums, s00, s01);
        Accumulate(ref Unsafe.Add(ref sums, stride), s10, s11);
        Accumulate(ref Unsafe.Add(ref sums, 2 * stride), s20, s21);
        Accumulate(ref Unsafe.Add(ref sums, 3 * stride), s30, s31);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Accumulate(ref double target, Vector256<double> low, Vector256<double> high)
    {
        (Vector256.LoadUnsafe(ref target) + low).StoreUnsafe(ref target);
        (Vector256.LoadUnsafe(ref target, 4) + high).StoreUnsafe(ref target, 4);
    }
}
