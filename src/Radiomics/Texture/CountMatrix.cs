using System.Numerics;
using System.Runtime.InteropServices;

namespace HccPipeline.Radiomics;

/// <summary>An entry of a matrix of grey levels by run length, zone size, distance or dependence.</summary>
/// <param name="Level">Grey level, 1-based.</param>
/// <param name="Column">Length, size, distance or dependence, 1-based.</param>
/// <param name="Count">How often, or the sum of weights.</param>
internal readonly record struct CountEntry(int Level, int Column, double Count);

/// <summary>A sparse matrix of counts, sorted by level, then column.</summary>
/// <param name="Entries">Its entries, none zero.</param>
/// <param name="Voxels">Voxels that could have been counted (times directions, where these are merged): the denominator of percentages.</param>
internal sealed record CountMatrix(CountEntry[] Entries, double Voxels)
{
    /// <summary>From a dense array [rank, column] with columns from 0 (unused) on.</summary>
    internal static CountMatrix OfDense<T>(ReadOnlySpan<T> counts, int columns, ReadOnlySpan<int> levelOfRank, double voxels) where T : INumber<T>
    {
        List<CountEntry> entries = [];
        for (int rank = 1; rank < levelOfRank.Length; rank++)
        {
            for (int column = 1; column < columns; column++)
            {
                T c = counts[rank * columns + column];
                if (c > T.Zero)
                    entries.Add(new(levelOfRank[rank], column, double.CreateChecked(c)));
            }
        }
        return new([.. entries], voxels);
    }

    /// <summary>Features in the order that the run length, size zone, distance zone and dependence families share: short and long emphasis,
    /// low and high grey level emphasis, the four combinations, non-uniformities (grey level, normalised, column, normalised), percentage,
    /// variances (grey level, column), entropy, energy.</summary>
    /// <returns>Null when there is no entry.</returns>
    internal double[]? Features()
    {
        if (Entries.Length == 0)
            return null;
        double n = 0;
        foreach (CountEntry e in Entries)
            n += e.Count;
        double meanLevel = 0, meanColumn = 0;
        double[] f = new double[17];
        foreach (CountEntry e in Entries)
        {
            double p = e.Count / n, i = e.Level, j = e.Column, i2 = i * i, j2 = j * j;
            meanLevel += p * i;
            meanColumn += p * j;
            f[0] += p / j2;
            f[1] += p * j2;
            f[2] += p / i2;
            f[3] += p * i2;
            f[4] += p / (i2 * j2);
            f[5] += p * i2 / j2;
            f[6] += p * j2 / i2;
            f[7] += p * i2 * j2;
            f[15] -= p * PortableMath.Log2(p);
            f[16] += p * p;
        }
        foreach (CountEntry e in Entries)
        {
            double p = e.Count / n, di = e.Level - meanLevel, dj = e.Column - meanColumn;
            f[13] += p * di * di;
            f[14] += p * dj * dj;
        }
        f[8] = SquaresOfSums(e => e.Level) / n;
        f[9] = f[8] / n;
        f[10] = SquaresOfSums(e => e.Column) / n;
        f[11] = f[10] / n;
        f[12] = n / Voxels;
        return f;
    }

    private double SquaresOfSums(Func<CountEntry, int> key)
    {
        Dictionary<int, double> sums = [];
        foreach (CountEntry e in Entries)
            CollectionsMarshal.GetValueRefOrAddDefault(sums, key(e), out _) += e.Count;
        double squares = 0;
        foreach (double sum in sums.Values)
            squares += sum * sum;
        return squares;
    }
}
