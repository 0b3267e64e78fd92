using System.Diagnostics;
using HccPipeline.Benchmarks.Document;
using HccPipeline.Statistics.Lasso;
using HccPipeline.Statistics.Linear;

namespace HccPipeline.Benchmarks;

/// <summary>How time and memory of a LASSO grow with rows and columns: each size in a process of its own, so that its peak is its own, with
/// the collector's default settings.</summary>
internal static class LassoGrowth
{
    private const double Mib = 1 << 20;

    /// <summary>This program, also where it runs under the dotnet command.</summary>
    private static readonly string Program = Path.ChangeExtension(typeof(LassoGrowth).Assembly.Location, OperatingSystem.IsWindows() ? "exe" : null);


    private static readonly (int Rows, int Columns, string What)[] Sizes =
    [
        (25_000, 200, "path"), (50_000, 200, "path"), (100_000, 200, "path"), (500, 5_000, "path"), (500, 10_000, "path"), (500, 20_000, "path"),
        (100_000, 200, "cv"), (500, 20_000, "cv"),
    ];

    /// <summary>Runs all sizes and prints a line each.</summary>
    /// <param name="record">File to write the lines to, or null.</param>
    public static int Run(string? record)
    {
        List<string> lines = [RecordedGrowth.Header];
        foreach ((int rows, int columns, string what) in Sizes)
        {
            string[] arguments = ["growth-one", $"{rows}", $"{columns}", what];
            ProcessStartInfo start = new(Program, arguments) { RedirectStandardOutput = true, UseShellExecute = false };
            using Process process = Process.Start(start)!;
            string line = process.StandardOutput.ReadToEnd().Trim();
            process.WaitForExit();
            if (process.ExitCode != 0) throw new InvalidOperationException($"The run of {rows} x {columns} ended with {process.ExitCode}.");
            Console.WriteLine(line);
            lines.Add(line);
        }
        if (record is not null) File.WriteAllLines(record, lines);
        return 0;
    }

    /// <summary>Runs one size and prints its line.</summary>
    public static int RunOne(int rows, int columns, string what)
    {
        // Compiled and warm before anything is measured.
        (DesignMatrix small, double[] smallY) = Data(200, 20);
        LassoCrossValidation.Run(small, smallY, StratifiedFolds.Create(smallY, 5, seed: 1));
        double before = PeakMib();
        (DesignMatrix x, double[] y) = Data(rows, columns);
        TimeSpan start = Environment.CpuUsage.TotalTime;
        LassoPath path = what == "cv" ? LassoCrossValidation.Run(x, y, StratifiedFolds.Create(y, 10, seed: 1)).Path : LassoLogistic.FitPath(x, y);
        double seconds = (Environment.CpuUsage.TotalTime - start).TotalSeconds;
        double data = 8.0 * rows * columns / Mib;
        Console.WriteLine(new RecordedGrowth(rows, columns, what, seconds, path.Lambda.Length, data, PeakMib() - before).Line());
        return 0;
    }

    private static double PeakMib()
    {
        using Process self = Process.GetCurrentProcess();
        return self.PeakWorkingSet64 / Mib;
    }

    private static (DesignMatrix X, double[] Y) Data(int rows, int columns)
    {
        Random random = new(2);
        double[] values = new double[rows * columns], eta = new double[rows], y = new double[rows];
        double[] effects = [1.0, -0.8, 0.6, 0.5, -0.4];
        for (int j = 0; j < columns; j++)
        {
            for (int i = 0; i < rows; i++)
            {
                double normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
                values[(j * rows) + i] = normal;
                if (j < effects.Length) eta[i] += effects[j] * normal;
            }
        }
        for (int i = 0; i < rows; i++) y[i] = random.NextDouble() < 1 / (1 + Math.Exp(-eta[i])) ? 1 : 0;
        return (DesignMatrix.FromColumnMajor(values, rows, columns), y);
    }
}
