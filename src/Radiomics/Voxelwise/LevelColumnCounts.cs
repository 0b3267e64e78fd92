using System.Runtime.CompilerServices;

namespace HccPipeline.Radiomics.Voxelwise;

/// <summary>Counts of a kernel's levels by run length, zone size or dependence, and the sixteen features that these classes share;
/// definitions as in <see cref="CountMatrix"/>.</summary>
/// <remarks>A matrix starts as that of a kernel without equal neighbours, each voxel an entry of column 1, and is told what joins: work grows
/// with the equal neighbours that there are.</remarks>
internal sealed class LevelColumnCounts
{
    /// <summary>Number of features.</summary>
    internal const int Features = 16;

    private readonly int _stride;
    private readonly LogCounts _log;
    private readonly double[] _inverseSquare;
    private readonly double[] _reciprocal;
    private readonly int[] _entries;
    private readonly int[] _singles;
    private readonly int[] _ofLevel;
    private readonly int[] _ofColumn;
    private readonly double[] _low;
    private readonly double[] _high;
    private readonly int[] _touched;
    private int _touchedCount;
    private int _lastColumn;
    private Sums _start;
    private Sums _sums;

    /// <param name="box">Box of the kernel.</param>
    /// <param name="highestLevel">Highest level of the region.</param>
    /// <param name="columns">Largest column.</param>
    internal LevelColumnCounts(KernelBox box, int highestLevel, int columns)
    {
        int levels = KernelWindow.MostLevels(box, highestLevel);
        _stride = columns + 1;
        _log = new(box.Cells);
        _inverseSquare = new double[Math.Max(highestLevel, columns) + 1];
        for (int i = 1; i < _inverseSquare.Length; i++)
            _inverseSquare[i] = 1 / ((double)i * i);
        _reciprocal = new double[box.Cells + 1];
        for (int n = 1; n < _reciprocal.Length; n++)
            _reciprocal[n] = 1.0 / n;
        _entries = new int[(levels + 1) * _stride];
        _singles = new int[levels + 1];
        _ofLevel = new int[levels + 1];
        _ofColumn = new int[_stride];
        _low = new double[_stride];
        _high = new double[_stride];
        _touched = new int[box.Cells];
    }

    /// <summary>Takes up a kernel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Begin(KernelWindow kernel)
    {
        Sums sums = new() { Count = kernel.Count, EntryLog = 0 };
        for (int id = 1; id <= kernel.LevelCount; id++)
        {
            int count = kernel.CountOfId[id], level = kernel.LevelOfId[id];
            _singles[id] = count;
            _ofLevel[id] = count;
            long square = (long)level * level;
            sums.Level += (long)count * level;
            sums.LevelSquare += count * square;
            sums.OfLevelSquare += (long)count * count;
            sums.EntryLog += _log.Product[count];
            sums.LowOfSingles += count * _inverseSquare[level];
            sums.HighOfSingles += (double)count * square;
        }
        sums.Singles = sums.Count;
        (_start, _sums) = (sums, sums);
    }

    /// <summary>Makes one entry of several single voxels of a level.</summary>
    /// <param name="id">Number of the level in the kernel.</param>
    /// <param name="level">The level.</param>
    /// <param name="voxels">Voxels that are no entries by themselves any more.</param>
    /// <param name="column">Length, size or dependence of the entry, 2 or more.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Join(int id, int level, int voxels, int column)
    {
        int singles = _singles[id], ofLevel = _ofLevel[id], left = ofLevel + 1 - voxels;
        ReadOnlySpan<long> product = _log.Product;
        int key = id * _stride + column;
        ref int entry = ref _entries[key];
        _touched[_touchedCount++] = key;
        _sums.EntryLog += product[singles - voxels] - product[singles] + product[entry + 1] - product[entry];
        entry++;
        _singles[id] = singles - voxels;
        _ofLevel[id] = left;
        _sums.OfLevelSquare += (long)left * left - (long)ofLevel * ofLevel;
        _ofColumn[column]++;
        double inverse = _inverseSquare[level], square = (double)level * level;
        _low[column] += inverse;
        _high[column] += square;
        _lastColumn = Math.Max(_lastColumn, column);
        _sums.LowOfSingles -= voxels * inverse;
        _sums.HighOfSingles -= voxels * square;
        _sums.Singles -= voxels;
        _sums.Count += 1 - voxels;
        _sums.Level += (1L - voxels) * level;
        _sums.LevelSquare += (1L - voxels) * level * level;
    }

    /// <summary>Adds the sixteen features to values, and goes back to single voxels.</summary>
    /// <param name="values">Features in the order of <see cref="CountMatrix"/>.</param>
    /// <param name="kernel">The kernel taken up.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void AddFeatures(KernelWindow kernel, Span<double> values)
    {
        Sums sums = _sums;
        // With no single voxel left, what subtraction leaves of these is rounding.
        double low = sums.Singles == 0 ? 0 : sums.LowOfSingles, high = sums.Singles == 0 ? 0 : sums.HighOfSingles;
        double allLow = low, shortEmphasis = sums.Singles, shortLow = low, shortHigh = high, longLow = low, longHigh = high;
        long columnSum = sums.Singles, columnSquares = sums.Singles, columnCountSquares = (long)sums.Singles * sums.Singles;
        for (int j = 2; j <= _lastColumn; j++)
        {
            long count = _ofColumn[j], square = (long)j * j;
            if (count == 0)
                continue;
            double inverse = _inverseSquare[j];
            columnSum += count * j;
            columnSquares += count * square;
            columnCountSquares += count * count;
            allLow += _low[j];
            shortEmphasis += count * inverse;
            shortLow += _low[j] * inverse;
            shortHigh += _high[j] * inverse;
            longLow += _low[j] * square;
            longHigh += _high[j] * square;
            (_ofColumn[j], _low[j], _high[j]) = (0, 0, 0);
        }
        double perEntry = _reciprocal[sums.Count], perPair = perEntry * perEntry;
        values[0] += shortEmphasis * perEntry;
        values[1] += columnSquares * perEntry;
        values[2] += allLow * perEntry;
        values[3] += sums.LevelSquare * perEntry;
        values[4] += shortLow * perEntry;
        values[5] += shortHigh * perEntry;
        values[6] += longLow * perEntry;
        values[7] += longHigh * perEntry;
        values[8] += sums.OfLevelSquare * perEntry;
        values[9] += sums.OfLevelSquare * perPair;
        values[10] += columnCountSquares * perEntry;
        values[11] += columnCountSquares * perPair;
        values[12] += sums.Count * _reciprocal[kernel.Count];
        values[13] += (sums.Count * sums.LevelSquare - sums.Level * sums.Level) * perPair;
        values[14] += (sums.Count * columnSquares - columnSum * columnSum) * perPair;
        values[15] += (_log.Product[sums.Count] - sums.EntryLog) * _log.Unit * perEntry;
        Restore(kernel);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Restore(KernelWindow kernel)
    {
        for (int k = 0; k < _touchedCount; k++)
        {
            int id = _touched[k] / _stride;
            _entries[_touched[k]] = 0;
            _singles[id] = kernel.CountOfId[id];
            _ofLevel[id] = kernel.CountOfId[id];
        }
        (_touchedCount, _lastColumn, _sums) = (0, 0, _start);
    }

    /// <summary>Sums over entries: how many, how many of column 1, levels, their squares, squares of entries of a level, c·log₂ c, and over
    /// those of column 1 of 1/level² and level².</summary>
    private record struct Sums(
        int Count, int Singles, long Level, long LevelSquare, long OfLevelSquare, long EntryLog, double LowOfSingles, double HighOfSingles);
}
