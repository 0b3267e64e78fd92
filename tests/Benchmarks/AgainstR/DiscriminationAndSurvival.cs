using System.Diagnostics;
using System.Globalization;
using HccPipeline.Benchmarks.Document;
using HccPipeline.Statistics.Discrimination;
using HccPipeline.Statistics.Survival;

namespace HccPipeline.Benchmarks.AgainstR;

/// <summary>ROC with DeLong, Kaplan–Meier with log-rank, and Cox on one generated cohort, timed here and by Rscript on the same file.</summary>
internal static class DiscriminationAndSurvival
{
    private const int Repeats = 9;
    private const double Target = 3;

    /// <param name="rows">Patients.</param>
    /// <param name="record">File that keeps the timings, or null.</param>
    public static int Run(int rows, string? record)
    {
        Cohort cohort = Cohort.Generate(rows, seed: 1);
        string file = Path.GetTempFileName();
        cohort.Write(file);
        Dictionary<string, (double Seconds, double Value)> r = TimeR(file);
        File.Delete(file);
        Dictionary<string, (double Seconds, double Value)> ours = new(StringComparer.Ordinal)
        {
            ["roc"] = Time(() => DeLong.Estimate(RocCurve.Compute(cohort.Score, cohort.Y)).Lower),
            ["survfit+survdiff"] = Time(() =>
            {
                _ = KaplanMeier.EstimateByGroup(cohort.Time, cohort.Status, cohort.Group);
                return LogRank.Test(cohort.Time, cohort.Status, cohort.Group).ChiSquared;
            }),
            ["coxph 1 covariate"] = Time(() => Cox(cohort, cohort.X1, ["x1"])),
            ["coxph 3 covariates"] = Time(() => Cox(cohort, cohort.X3, ["g", "x1", "x2"])),
        };
        bool agree = true;
        Console.WriteLine($"n = {rows}, one thread, processor time, fastest of {Repeats}");
        foreach ((string what, (double seconds, double value)) in ours)
        {
            (double theirs, double expected) = r[what];
            double difference = Math.Abs(value - expected) / Math.Abs(expected);
            agree &= difference < 1e-7;
            Console.WriteLine($"{what,-20} R {theirs * 1e3,8:F1} ms  here {seconds * 1e3,7:F1} ms  {theirs / seconds,5:F1}x  same to {difference:E1}");
            if (record is not null)
                new RecordedTiming(string.Create(CultureInfo.InvariantCulture, $"{what} n = {rows}"), what.Split(' ')[0], theirs, seconds, null, Target, null).WriteTo(record);
        }
        return agree ? 0 : 1;
    }

    private static double Cox(Cohort cohort, double[] x, string[] names) =>
        CoxRegression.Fit(cohort.Time, cohort.Status, x, names).Terms[^1].Coefficient;

    private static (double Seconds, double Value) Time(Func<double> work)
    {
        double value = 0, fastest = double.PositiveInfinity;
        for (int warm = 0; warm < 3; warm++) value = work();
        for (int k = 0; k < Repeats; k++)
        {
            TimeSpan start = Environment.CpuUsage.TotalTime;
            value = work();
            fastest = Math.Min(fastest, (Environment.CpuUsage.TotalTime - start).TotalSeconds);
        }
        return (fastest, value);
    }

    private static Dictionary<string, (double Seconds, double Value)> TimeR(string file)
    {
        string script = Path.Combine(AppContext.BaseDirectory, "AgainstR", "speed.R");
        using Process process = Process.Start(new ProcessStartInfo("Rscript", [script, file, $"{Repeats}"]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        Dictionary<string, (double, double)> times = new(StringComparer.Ordinal);
        while (process.StandardOutput.ReadLine() is { } line)
        {
            string[] part = line.Split(',');
            times[part[0]] = (double.Parse(part[1], CultureInfo.InvariantCulture), double.Parse(part[2], CultureInfo.InvariantCulture));
        }
        process.WaitForExit();
        return process.ExitCode == 0 ? times : throw new InvalidOperationException($"Rscript ended with {process.ExitCode}.");
    }
}
