using HccPipeline.Statistics.Linear;
using MathNet.Numerics;

namespace HccPipeline.Statistics.Agreement;

/// <summary>Freeman–Halton's extension of Fisher's exact test to rows × columns.</summary>
/// <param name="P">Sum of the probabilities, given the margins, of all tables at most (1 + 10⁻⁷) times as likely as the observed one; beyond
/// the reach of <see cref="Test"/>, its Monte-Carlo estimate (1 + tables at most as likely) / (1 + tables drawn).</param>
/// <param name="Simulated">Tables drawn; 0 where <see cref="P"/> is exact.</param>
/// <remarks>Sources: Freeman and Halton, Biometrika 1951;38:141; Mehta and Patel, J Am Stat Assoc 1983;78:427, for the network; Hope, J R Stat
/// Soc B 1968;30:582, for the estimate.</remarks>
public sealed record FreemanHaltonTest(double P, int Simulated)
{
    private const double TieSlack = 1 + 1e-7;

    /// <summary>Steps through the network of tables that are taken at most: a second or two.</summary>
    private const long MostSteps = 10_000_000;

    private const int MostTables = 100_000, FewestTables = 10_000;
    private const double MostDraws = 2e8;

    /// <summary>Standard error of a simulated p-value; null where it is exact.</summary>
    public double? StandardError => Simulated == 0 ? null : Math.Sqrt(P * (1 - P) / Simulated);

    /// <summary>Tests a table of counts.</summary>
    /// <param name="counts">Counts ≥ 0.</param>
    /// <param name="seed">Seed of the tables drawn where too many have the same margins to visit them all.</param>
    /// <param name="cancellation">Stops between tables.</param>
    /// <exception cref="ArgumentException">A count is negative (cell named) or the table is empty.</exception>
    public static FreemanHaltonTest Test(int[,] counts, ulong seed = 1, CancellationToken cancellation = default)
    {
        ContingencyTable table = ContingencyTable.From(counts);
        return new TableNetwork(table, cancellation).PValue(TieSlack, MostSteps) is { } exact
            ? new FreemanHaltonTest(exact, 0)
            : Simulate(table, new SplitMix64(seed), cancellation);
    }

    private static FreemanHaltonTest Simulate(ContingencyTable table, SplitMix64 random, CancellationToken cancellation)
    {
        int tables = (int)Math.Clamp(MostDraws / table.Total, FewestTables, MostTables), reached = 0;
        int[] labels = [.. Enumerable.Range(0, table.Columns).SelectMany(j => Enumerable.Repeat(j, table.ColumnTotals[j]))];
        int[] rows = [.. table.RowTotals.Order()], counts = new int[table.Rows * table.Columns];
        for (int i = 0; i < table.Rows; i++)
            for (int j = 0; j < table.Columns; j++) counts[(i * table.Columns) + j] = table[i, j];
        double limit = LogWeight(counts) + Math.Log(TieSlack);
        for (int t = 0; t < tables; t++)
        {
            if (t % 256 == 0) cancellation.ThrowIfCancellationRequested();
            Array.Clear(counts);
            int next = 0;
            for (int i = 0; i < rows.Length; i++)
            {
                // The last row, the largest, has what the others leave.
                for (int taken = 0; taken < rows[i]; taken++, next++)
                {
                    if (i < rows.Length - 1)
                    {
                        int other = next + random.NextBelow(labels.Length - next);
                        (labels[next], labels[other]) = (labels[other], labels[next]);
                    }
                    counts[(i * table.Columns) + labels[next]]++;
                }
            }
            if (LogWeight(counts) <= limit) reached++;
        }
        return new FreemanHaltonTest((1.0 + reached) / (1 + tables), tables);
    }

    // Log probability up to a constant of the margins.
    private static double LogWeight(int[] counts)
    {
        double sum = 0;
        foreach (int count in counts) sum -= SpecialFunctions.FactorialLn(count);
        return sum;
    }
}
