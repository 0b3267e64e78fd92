using System.Runtime.InteropServices;
using MathNet.Numerics;

namespace HccPipeline.Statistics.Agreement;

/// <summary>All tables with given margins, column by column. Tables that leave the rows the same totals go on alike, whatever led there, and
/// are followed together; only how likely they are so far keeps them apart.</summary>
/// <remarks>Source: Mehta and Patel, J Am Stat Assoc 1983;78:427, without its bounds on what is to come.</remarks>
internal sealed class TableNetwork
{
    /// <summary>Log probabilities closer than this are one; far below the slack that counts as a tie.</summary>
    private const double Grain = 1e-9;

    private readonly CancellationToken _cancellation;
    private readonly int[] _columns;
    private readonly int[] _rows;
    private readonly double _observed;
    private readonly double[] _logFactorial;
    private long _steps;

    public TableNetwork(ContingencyTable table, CancellationToken cancellation)
    {
        _cancellation = cancellation;
        // What is left to the rows names a place in the network: few of them, and the many ways of the large columns last.
        (_rows, int[] columns) = table.Rows <= table.Columns ? (table.RowTotals, table.ColumnTotals) : (table.ColumnTotals, table.RowTotals);
        _columns = [.. columns.Order()];
        _logFactorial = [.. Enumerable.Range(0, table.Total + 1).Select(SpecialFunctions.FactorialLn)];
        _observed = _rows.Sum(r => _logFactorial[r]) + _columns.Sum(c => _logFactorial[c]) - _logFactorial[table.Total];
        for (int i = 0; i < table.Rows; i++)
            for (int j = 0; j < table.Columns; j++) _observed -= _logFactorial[table[i, j]];
    }

    /// <summary>Probability of all tables no likelier than the observed one within a factor; null where it takes more steps than allowed.</summary>
    public double? PValue(double slack, long mostSteps)
    {
        if (_rows.Length == 1 || _columns.Length == 1) return 1;
        double limit = _observed + Math.Log(slack);
        // Reached so far: for each place, the probability of what led there by how likely each of it is.
        Dictionary<RowsLeft, Dictionary<long, double>> reached = new() { [RowsLeft.Of(_rows)] = new() { [0] = 1 } };
        for (int column = 0; column < _columns.Length - 2; column++)
        {
            Dictionary<RowsLeft, Dictionary<long, double>> next = [];
            foreach ((RowsLeft place, Dictionary<long, double> pasts) in reached)
            {
                List<(int[] Left, double LogP)> ways = Ways(place.Totals, _columns[column], mostSteps);
                _steps += (long)ways.Count * pasts.Count;
                if (_steps > mostSteps) return null;
                foreach ((int[] left, double logP) in ways)
                    Follow(pasts, logP, CollectionsMarshal.GetValueRefOrAddDefault(next, RowsLeft.Of(left), out _) ??= []);
            }
            reached = next;
        }
        double sum = 0;
        foreach ((RowsLeft place, Dictionary<long, double> pasts) in reached)
        {
            // The last column is what the last but one leaves.
            List<(int[] Left, double LogP)> ways = Ways(place.Totals, _columns[^2], mostSteps);
            _steps += ways.Count + pasts.Count;
            if (_steps > mostSteps) return null;
            double[] logP = [.. ways.Select(w => w.LogP).Order()], below = new double[logP.Length + 1];
            for (int i = 0; i < logP.Length; i++) below[i + 1] = below[i] + Math.Exp(logP[i]);
            foreach ((long past, double p) in pasts) sum += p * below[CountUpTo(logP, limit - (past * Grain))];
        }
        return Math.Min(1, sum);
    }

    private void Follow(Dictionary<long, double> pasts, double logP, Dictionary<long, double> target)
    {
        _cancellation.ThrowIfCancellationRequested();
        double p = Math.Exp(logP);
        long way = (long)Math.Round(logP / Grain);
        foreach ((long past, double before) in pasts)
            CollectionsMarshal.GetValueRefOrAddDefault(target, past + way, out _) += before * p;
    }

    /// <summary>Every way to spread a column over the rows, with what it leaves to them and its probability given the columns before.</summary>
    private List<(int[] Left, double LogP)> Ways(int[] left, int total, long most)
    {
        List<(int[] Left, double LogP)> ways = [];
        int[] rest = [.. left];
        int all = left.Sum();
        Spread(0, total, all, -LogChoose(all, total));
        return ways;

        void Spread(int row, int remaining, int room, double logP)
        {
            if (ways.Count > most) return;
            room -= left[row];
            if (row == left.Length - 1)
            {
                rest[row] = left[row] - remaining;
                ways.Add(([.. rest], logP + LogChoose(left[row], remaining)));
                return;
            }
            for (int count = Math.Max(0, remaining - room); count <= Math.Min(remaining, left[row]); count++)
            {
                rest[row] = left[row] - count;
                Spread(row + 1, remaining - count, room, logP + LogChoose(left[row], count));
            }
        }
    }

    private double LogChoose(int n, int k) => _logFactorial[n] - _logFactorial[k] - _logFactorial[n - k];

    private static int CountUpTo(double[] sorted, double limit)
    {
        int low = 0, high = sorted.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (sorted[middle] <= limit) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    /// <summary>What is left to the rows, in no order: equal rows are alike.</summary>
    private readonly struct RowsLeft : IEquatable<RowsLeft>
    {
        private RowsLeft(int[] totals) => Totals = totals;

        public int[] Totals { get; }

        public static RowsLeft Of(int[] totals) => new([.. totals.Order()]);

        public bool Equals(RowsLeft other) => Totals.AsSpan().SequenceEqual(other.Totals);

        public override bool Equals(object? obj) => obj is RowsLeft other && Equals(other);

        public override int GetHashCode()
        {
            HashCode hash = new();
            foreach (int total in Totals) hash.Add(total);
            return hash.ToHashCode();
        }
    }
}
