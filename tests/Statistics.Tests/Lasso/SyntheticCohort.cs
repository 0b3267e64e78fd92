using HccPipeline.Statistics.Linear;

namespace HccPipeline.Statistics.Tests.Lasso;

/// <summary>Small cohorts with a few predictors that matter, from a seed.</summary>
internal static class SyntheticCohort
{
    public static (DesignMatrix X, double[] Y) Create(int rows, int columns, int seed, double signal = 1)
    {
        Random random = new(seed);
        double[][] x = new double[rows][];
        double[] y = new double[rows];
        for (int i = 0; i < rows; i++)
        {
            x[i] = new double[columns];
            double previous = 0;
            for (int j = 0; j < columns; j++)
            {
                previous = (0.4 * previous) + Normal(random);
                x[i][j] = (previous * (1 + (j % 3))) + (j % 5);
            }
            double eta = signal * (x[i][0] - (columns > 3 ? 0.5 * (x[i][3] - 3) : 0));
            y[i] = random.NextDouble() < 1 / (1 + Math.Exp(-eta)) ? 1 : 0;
        }
        // Both classes, whatever the seed.
        (y[0], y[1], y[2], y[3]) = (0, 1, 0, 1);
        return (DesignMatrix.FromRows(x), y);
    }

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
