using System.Collections.Immutable;
using HccPipeline.Statistics.Numerics;

namespace HccPipeline.Statistics.Agreement;

/// <summary>Pearson's χ² test of independence.</summary>
/// <param name="ChiSquared">Statistic.</param>
/// <param name="DegreesOfFreedom">(rows − 1)(columns − 1) after empty rows and columns are left out.</param>
/// <param name="P">p-value; 1 without degrees of freedom.</param>
/// <param name="SmallestExpected">Smallest expected count.</param>
/// <param name="Expected">Expected counts, row-major.</param>
/// <remarks>Source: Pearson, Phil Mag 1900;50:157; Yates' correction min(½, |O − E|), Suppl J R Stat Soc 1934;1:217.</remarks>
public sealed record ChiSquaredTest(
    double ChiSquared, int DegreesOfFreedom, double P, double SmallestExpected, ImmutableArray<double> Expected)
{
    /// <summary>Tests a table of counts.</summary>
    /// <param name="counts">Counts ≥ 0, rows × columns.</param>
    /// <param name="yates">Continuity correction, for 2 × 2 only.</param>
    /// <exception cref="ArgumentException">A count is negative (cell named) or the table is empty.</exception>
    public static ChiSquaredTest Test(int[,] counts, bool yates = false)
    {
        ContingencyTable table = ContingencyTable.From(counts);
        double n = table.Total, chi = 0, smallest = double.PositiveInfinity;
        bool correct = yates && table.Rows == 2 && table.Columns == 2;
        double[] expected = new double[table.Rows * table.Columns];
        double adjustment = correct ? 0.5 : 0;
        for (int pass = 0; pass < 2; pass++)
        {
            for (int i = 0; i < table.Rows; i++)
            {
                for (int j = 0; j < table.Columns; j++)
                {
                    double e = (double)table.RowTotals[i] * table.ColumnTotals[j] / n;
                    double distance = Math.Abs(table[i, j] - e);
                    if (pass == 0)
                    {
                        expected[(i * table.Columns) + j] = e;
                        smallest = Math.Min(smallest, e);
                        adjustment = Math.Min(adjustment, distance);
                    }
                    else
                    {
                        chi += (distance - adjustment) * (distance - adjustment) / e;
                    }
                }
            }
        }
        int df = (table.Rows - 1) * (table.Columns - 1);
        return new ChiSquaredTest(chi, df, df == 0 ? 1 : Tails.ChiSquaredUpper(chi, df), smallest, [.. expected]);
    }
}

/// <summary>A table of counts without empty rows and columns.</summary>
internal sealed class ContingencyTable
{
    private readonly int[,] _counts;

    private ContingencyTable(int[,] counts)
    {
        _counts = counts;
        RowTotals = new int[Rows];
        ColumnTotals = new int[Columns];
        for (int i = 0; i < Rows; i++)
        {
            for (int j = 0; j < Columns; j++)
            {
                RowTotals[i] += counts[i, j];
                ColumnTotals[j] += counts[i, j];
                Total += counts[i, j];
            }
        }
    }

    public int Rows => _counts.GetLength(0);

    public int Columns => _counts.GetLength(1);

    public int Total { get; }

    public int[] RowTotals { get; }

    public int[] ColumnTotals { get; }

    public int this[int row, int column] => _counts[row, column];

    public static ContingencyTable From(int[,] counts)
    {
        ArgumentNullException.ThrowIfNull(counts);
        int rows = counts.GetLength(0), columns = counts.GetLength(1);
        HashSet<int> usedRows = [], usedColumns = [];
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                if (counts[i, j] < 0) throw new ArgumentException($"Cell [{i + 1}, {j + 1}] holds {counts[i, j]}.", nameof(counts));
                if (counts[i, j] == 0) continue;
                usedRows.Add(i);
                usedColumns.Add(j);
            }
        }
        if (usedRows.Count == 0) throw new ArgumentException("The table is empty.", nameof(counts));
        int[] r = [.. usedRows.Order()], c = [.. usedColumns.Order()];
        int[,] kept = new int[r.Length, c.Length];
        for (int i = 0; i < r.Length; i++)
        {
            for (int j = 0; j < c.Length; j++) kept[i, j] = counts[r[i], c[j]];
        }
        return new ContingencyTable(kept);
    }
}
