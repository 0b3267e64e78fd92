using System.Diagnostics;
using System.Globalization;
using HccPipeline.Statistics.Calibration;
using HccPipeline.Statistics.Linear;

namespace HccPipeline.Benchmarks;

/// <summary>Bootstrap optimism of the whole LASSO process (10-fold cross-validation inside each replicate) at n = 78, p = 60.</summary>
internal static class OptimismSpeed
{
    private const int Rows = 78;
    private const int Columns = 60;

    public static int Run(string[] args)
    {
        int replicates = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 1000;
        Random random = new(1);
        double Gauss() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        double[][] columns = [.. Enumerable.Range(0, Columns).Select(_ => Enumerable.Range(0, Rows).Select(_ => Gauss()).ToArray())];
        double[] y = [.. Enumerable.Range(0, Rows).Select(i => random.NextDouble() < 1 / (1 + Math.Exp(-columns[0][i] + columns[1][i])) ? 1.0 : 0)];
        Func<int[], int, double[]> refit = LassoProcess.Refit(DesignMatrix.FromColumns(columns), y);
        _ = Optimism.Bootstrap(y, refit, 20, seed: 9);
        Stopwatch watch = Stopwatch.StartNew();
        Optimism optimism = Optimism.Bootstrap(y, refit, replicates, seed: 1);
        Console.WriteLine(
            $"{replicates} replicates on {Environment.ProcessorCount} cores: {watch.Elapsed.TotalSeconds:F2} s; "
            + $"AUC apparent {optimism.Auc.Apparent:F3}, corrected {optimism.Auc.Corrected:F3}");
        return 0;
    }
}
