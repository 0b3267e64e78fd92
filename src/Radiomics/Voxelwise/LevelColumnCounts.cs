using System.Runtime.CompilerServices;

namespace HccPipeline.Radiomics.Voxelwise;

/// <summary>Counts of a kernel's levels by run length, zone size or dependence, and the sixteen features that these classes share;
/// definitions as in <see cref="CountMatrix"/>.</summary>
internal sealed class LevelColumnCounts
{
    /// <summary>Number of features.</summary>
    internal const int Features = 16;

    private readonly int _columns;
    private readonly LogCounts _log;
    private readonly double[] _inverseSquare;
    private readonly int[] _entries;
    private readonly int[] _ofLevel;
    private readonly int[] _ofColumn;
    private readonly double[] _low;
    private readonly double[] _high;
    private readonly int[] _touched;
    private int _touchedCount;
    private int _lastColumn;
    private int _n;
    private long _levelSum;
    private long _levelSquares;
    private long _levelCountSquares;
    private long _entryLog;

    /// <param name="mostLevels">Most different levels of a kernel.</param>
    /// <param name="highestLevel">Highest level.</param>
    /// <param name="mostItems">Most runs, zones or voxels of a kernel.</param>
    /// <param name="columns">Largest column.</param>
    internal LevelColumnCounts(int mostLevels, int highestLevel, int mostItems, int columns)
    {
        _columns = columns;
        _log = new(mostItems);
        _inverseSquare = new double[Math.Max(highestLevel, columns) + 1];
        for (int i = 1; i < _inverseSquare.Length; i++)
            _inverseSquare[i] = 1 / ((double)i * i);
        _entries = new int[(mostLevels + 1) * (columns + 1)];
        _ofLevel = new int[mostLevels + 1];
        _ofColumn = new int[columns + 1];
        _low = new double[columns + 1];
        _high = new double[columns + 1];
        _touched = new int[mostItems];
    }

    /// <summary>Counts one.</summary>
    /// <param name="id">Number of the level in the kernel.</param>
    /// <param name="level">The level.</param>
    /// <param name="column">Length, size or dependence.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Add(int id, int level, int column)
    {
        int key = id * (_columns + 1) + column;
        ref int entry = ref _entries[key];
        if (entry == 0)
            _touched[_touchedCount++] = key;
        _entryLog += _log.Step[entry++];
        _levelCountSquares += 2 * _ofLevel[id]++ + 1;
        _ofColumn[column]++;
        _low[column] += _inverseSquare[level];
        _high[column] += (double)level * level;
        _lastColumn = Math.Max(_lastColumn, column);
        _levelSum += level;
        _levelSquares += (long)level * level;
        _n++;
    }

    /// <summary>Adds the sixteen features to values, and empties the counts.</summary>
    /// <param name="values">Features in the order of <see cref="CountMatrix"/>.</param>
    /// <param name="voxels">Voxels in the kernel.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void AddFeaturesAndClear(Span<double> values, int voxels)
    {
        double n = _n, low = 0, shortEmphasis = 0, shortLow = 0, shortHigh = 0, longLow = 0, longHigh = 0;
        long columnSum = 0, columnSquares = 0, columnCountSquares = 0;
        for (int j = 1; j <= _lastColumn; j++)
        {
            long count = _ofColumn[j], square = (long)j * j;
            if (count == 0)
                continue;
            double inverse = _inverseSquare[j];
            columnSum += count * j;
            columnSquares += count * square;
            columnCountSquares += count * count;
            low += _low[j];
            shortEmphasis += count * inverse;
            shortLow += _low[j] * inverse;
            shortHigh += _high[j] * inverse;
            longLow += _low[j] * square;
            longHigh += _high[j] * square;
            (_ofColumn[j], _low[j], _high[j]) = (0, 0, 0);
        }
        values[0] += shortEmphasis / n;
        values[1] += columnSquares / n;
        values[2] += low / n;
        values[3] += _levelSquares / n;
        values[4] += shortLow / n;
        values[5] += shortHigh / n;
        values[6] += longLow / n;
        values[7] += longHigh / n;
        values[8] += _levelCountSquares / n;
        values[9] += _levelCountSquares / (n * n);
        values[10] += columnCountSquares / n;
        values[11] += columnCountSquares / (n * n);
        values[12] += n / voxels;
        values[13] += (_n * _levelSquares - _levelSum * _levelSum) / (n * n);
        values[14] += (_n * columnSquares - columnSum * columnSum) / (n * n);
        values[15] += (_log.Product[_n] - _entryLog) * _log.Unit / n;
        Clear();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Clear()
    {
        for (int k = 0; k < _touchedCount; k++)
        {
            _entries[_touched[k]] = 0;
            _ofLevel[_touched[k] / (_columns + 1)] = 0;
        }
        (_touchedCount, _lastColumn, _n) = (0, 0, 0);
        (_levelSum, _levelSquares, _levelCountSquares, _entryLog) = (0, 0, 0, 0);
    }
}
