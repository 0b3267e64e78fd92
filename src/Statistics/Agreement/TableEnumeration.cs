using MathNet.Numerics;

namespace HccPipeline.Statistics.Agreement;

/// <summary>Visits every table with given margins, one column at a time.</summary>
internal sealed class TableEnumeration(ContingencyTable table)
{
    private readonly int[] _left = [.. table.RowTotals];
    private double _limit;
    private double _sum;

    /// <summary>Probability of all tables no likelier than the observed one, within a factor.</summary>
    public double PValue(double slack)
    {
        double constant = table.RowTotals.Sum(SpecialFunctions.FactorialLn)
            + table.ColumnTotals.Sum(SpecialFunctions.FactorialLn) - SpecialFunctions.FactorialLn(table.Total);
        double observed = constant;
        for (int i = 0; i < table.Rows; i++)
        {
            for (int j = 0; j < table.Columns; j++) observed -= SpecialFunctions.FactorialLn(table[i, j]);
        }
        _limit = observed + Math.Log(slack);
        _sum = 0;
        Fill(0, 0, table.ColumnTotals[0], constant);
        return Math.Min(1, _sum);
    }

    private void Fill(int column, int row, int remaining, double logP)
    {
        if (column == table.Columns - 1)
        {
            // The last column is what the rows have left.
            foreach (int count in _left) logP -= SpecialFunctions.FactorialLn(count);
            if (logP <= _limit) _sum += Math.Exp(logP);
            return;
        }
        if (row == table.Rows - 1)
        {
            if (remaining > _left[row]) return;
            _left[row] -= remaining;
            Fill(column + 1, 0, table.ColumnTotals[column + 1], logP - SpecialFunctions.FactorialLn(remaining));
            _left[row] += remaining;
            return;
        }
        for (int count = 0; count <= Math.Min(remaining, _left[row]); count++)
        {
            _left[row] -= count;
            Fill(column, row + 1, remaining - count, logP - SpecialFunctions.FactorialLn(count));
            _left[row] += count;
        }
    }
}
