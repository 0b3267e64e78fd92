using System.Diagnostics;
using System.Globalization;
using HccPipeline.Benchmarks.Document;
using HccPipeline.Statistics.Calibration;
using HccPipeline.Statistics.Linear;

namespace HccPipeline.Benchmarks;

/// <summary>Bootstrap optimism of the whole LASSO process (10-fold cross-validation inside each replicate) at n = 78, p = 60.</summary>
internal static class OptimismSpeed
{
    private const int Rows = 78;
    private const int Columns = 60;
    private const int Runs = 3;

    /// <param name="replicates">Replicates.</param>
    /// <param name="record">File that keeps the timing, or null.</param>
    public static int Run(int replicates, string? record)
    {
        Random random = new(1);
        double Gauss() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        double[][] columns = [.. Enumerable.Range(0, Columns).Select(_ => Enumerable.Range(0, Rows).Select(_ => Gauss()).ToArray())];
        double[] y = [.. Enumerable.Range(0, Rows).Select(i => random.NextDouble() < 1 / (1 + Math.Exp(-columns[0][i] + columns[1][i])) ? 1.0 : 0)];
        Func<int[], int, double[]> refit = LassoProcess.Refit(DesignMatrix.FromColumns(columns), y);
        _ = Optimism.Bootstrap(y, refit, 20, seed: 9);
        double seconds = double.PositiveInfinity, processor = double.PositiveInfinity;
        for (int run = 0; run < Runs; run++)
        {
            TimeSpan used = Environment.CpuUsage.TotalTime;
            Stopwatch watch = Stopwatch.StartNew();
            Optimism optimism = Optimism.Bootstrap(y, refit, replicates, seed: 1);
            seconds = Math.Min(seconds, watch.Elapsed.TotalSeconds);
            processor = Math.Min(processor, (Environment.CpuUsage.TotalTime - used).TotalSeconds);
            Console.WriteLine(
                $"{replicates} replicates on {Environment.ProcessorCount} cores: {watch.Elapsed.TotalSeconds:F2} s; "
                + $"AUC apparent {optimism.Auc.Apparent:F3}, corrected {optimism.Auc.Corrected:F3}");
        }
        if (record is not null)
        {
            string name = string.Create(CultureInfo.InvariantCulture, $"{replicates} bootstrap replicates of the whole process {Rows}x{Columns} (wanted: under 10 s per 1000)");
            new RecordedTiming(name, "", null, processor, seconds, null, null).WriteTo(record);
        }
        return 0;
    }
}
