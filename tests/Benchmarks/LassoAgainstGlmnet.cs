using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using HccPipeline.Benchmarks.Document;
using HccPipeline.Statistics.Lasso;
using HccPipeline.Statistics.Linear;

namespace HccPipeline.Benchmarks;

/// <summary>Times cross-validated LASSO and single paths against glmnet, both on the same data in one run, at default settings.</summary>
/// <remarks>Beside the times stand the largest distances of both default paths from the exact solution. Each side runs a few times and its fastest run counts. One thread is measured in processor time on both sides, so
/// that other load on the machine does not decide; two threads are measured by the clock.</remarks>
internal static class LassoAgainstGlmnet
{
    private const string Script = """
        suppressMessages(library(glmnet)); a <- commandArgs(TRUE); n <- as.integer(a[2]); p <- as.integer(a[3])
        f <- file(a[1], "rb"); x <- matrix(readBin(f, "double", n * p), n, p); y <- readBin(f, "double", n); fold <- readBin(f, "integer", n); close(f)
        one <- if (a[4] == "cv") function() cv.glmnet(x, y, family = "binomial", foldid = fold) else function() glmnet(x, y, family = "binomial")
        invisible(if (n * p < 1e6) one())
        cat(min(replicate(as.integer(a[5]), sum(system.time(one())[1:2]))), "\n")
        path <- glmnet(x, y, family = "binomial"); f <- file(a[6], "wb"); writeBin(path$lambda, f); writeBin(as.vector(as.matrix(path$beta)), f); close(f)
        """;

    private const double TwoThreadTarget = 3.5;

    private static readonly Case[] Cases =
    [
        new("78x60", 78, 60, IsCrossValidated: true, Repeats: 20, Target: 10),
        new("500x2000", 500, 2_000, IsCrossValidated: true, Repeats: 3),
        new("2000x1000", 2_000, 1_000, IsCrossValidated: true, Repeats: 1),
        new("10000x200", 10_000, 200, IsCrossValidated: true, Repeats: 2),
        new("500x20000", 500, 20_000, IsCrossValidated: false, Repeats: 3),
        new("100000x200", 100_000, 200, IsCrossValidated: false, Repeats: 1),
    ];

    /// <summary>Prints seconds and ratios for the named cases, or for all.</summary>
    /// <param name="names">Cases; none for all.</param>
    /// <param name="record">File that keeps the timings, or null.</param>
    public static int Run(string[] names, string? record)
    {
        Console.WriteLine("case        what  glmnet s    ours s   ratio  2 threads s   ratio  glmnet off by  ours off by");
        foreach (Case one in Cases.Where(c => names.Length == 0 || names.Contains(c.Name, StringComparer.Ordinal)))
        {
            (DesignMatrix x, double[] y, int[] folds) = Cohort(one);
            double[] ours = [Fastest(one, x, y, folds, threads: 1), Fastest(one, x, y, folds, threads: 2)];
            (double glmnet, DistanceFromExact off) = RunGlmnet(one, x, y, folds);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{one.Name,-11} {(one.IsCrossValidated ? "cv" : "path"),-5} {glmnet,8:f3}  {ours[0],8:f4}  {glmnet / ours[0],6:f1}  {ours[1],11:f4}  {glmnet / ours[1],6:f1}  {off.Glmnet,13:e1}  {off.Ours,11:e1}"));
            if (record is not null)
            {
                new RecordedTiming(
                    $"LASSO {(one.IsCrossValidated ? "10-fold cross-validation" : "one path")} {one.Name}", one.IsCrossValidated ? "cv.glmnet" : "glmnet", glmnet, ours[0],
                    one.IsCrossValidated ? ours[1] : null, one.Target, one.IsCrossValidated ? TwoThreadTarget : null).WriteTo(record);
            }
        }
        return 0;
    }

    private static double Fastest(Case one, DesignMatrix x, double[] y, int[] folds, int threads)
    {
        double best = double.PositiveInfinity;
        // Small cases are over before the compiler has optimised them once.
        for (int repeat = 0; repeat < (one.Rows * one.Columns < 100_000 ? 200 : one.Repeats); repeat++)
        {
            Stopwatch watch = Stopwatch.StartNew();
            TimeSpan processor = Environment.CpuUsage.TotalTime;
            if (one.IsCrossValidated) LassoCrossValidation.Run(x, y, folds, threads: threads);
            else LassoLogistic.FitPath(x, y);
            TimeSpan taken = threads == 1 ? Environment.CpuUsage.TotalTime - processor : watch.Elapsed;
            best = Math.Min(best, taken.TotalSeconds);
        }
        return best;
    }

    private static (double Seconds, DistanceFromExact Off) RunGlmnet(Case one, DesignMatrix x, double[] y, int[] folds)
    {
        string data = Path.GetTempFileName(), script = Path.GetTempFileName(), path = Path.GetTempFileName();
        try
        {
            using (FileStream file = File.Create(data))
            {
                for (int j = 0; j < x.ColumnCount; j++) file.Write(MemoryMarshal.AsBytes(x.Column(j)));
                file.Write(MemoryMarshal.AsBytes<double>(y));
                file.Write(MemoryMarshal.AsBytes<int>(folds));
            }
            File.WriteAllText(script, Script);
            ProcessStartInfo start = new("Rscript") { RedirectStandardOutput = true, UseShellExecute = false };
            foreach (string argument in (string[])[script, data, $"{one.Rows}", $"{one.Columns}", one.IsCrossValidated ? "cv" : "path", $"{one.Repeats}", path])
                start.ArgumentList.Add(argument);
            using Process process = Process.Start(start) ?? throw new InvalidOperationException("Rscript did not start.");
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0
                ? (double.Parse(output, CultureInfo.InvariantCulture), DistanceFromExact.Of(x, y, MemoryMarshal.Cast<byte, double>(File.ReadAllBytes(path))))
                : throw new InvalidOperationException($"Rscript ended with {process.ExitCode}: is glmnet installed?");
        }
        finally
        {
            File.Delete(data);
            File.Delete(script);
            File.Delete(path);
        }
    }

    /// <summary>Neighbouring columns correlated by 0.5, four of them related to the outcome.</summary>
    private static (DesignMatrix X, double[] Y, int[] Folds) Cohort(Case one)
    {
        Random random = new(1);
        double[] values = new double[one.Rows * one.Columns], eta = new double[one.Rows], y = new double[one.Rows], previous = new double[one.Rows];
        (int Column, double Effect)[] effects = [(0, 1.1), (3, -0.9), (8, 0.8), (14, 0.6)];
        for (int j = 0; j < one.Columns; j++)
        {
            double effect = effects.Where(e => e.Column == j).Sum(e => e.Effect);
            for (int i = 0; i < one.Rows; i++)
            {
                double normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
                previous[i] = j == 0 ? normal : (0.5 * previous[i]) + (Math.Sqrt(0.75) * normal);
                values[(j * one.Rows) + i] = previous[i];
                eta[i] += effect * previous[i];
            }
        }
        for (int i = 0; i < one.Rows; i++) y[i] = random.NextDouble() < 1 / (1 + Math.Exp(-0.35 - eta[i])) ? 1 : 0;
        return (DesignMatrix.FromColumnMajor(values, one.Rows, one.Columns), y, StratifiedFolds.Create(y, 10, seed: 1));
    }

    private sealed record Case(string Name, int Rows, int Columns, bool IsCrossValidated, int Repeats, double Target = 2);
}
