using System.Diagnostics;
using HccPipeline.Contracts.Drift;
using HccPipeline.ModelWorker.Drift;
using MathNet.Numerics.Distributions;

namespace HccPipeline.Benchmarks.Drift;

/// <summary>What one assessment costs a registry that watches many features over many quarters, each of which it looks at every time.</summary>
internal static class FeatureLooks
{
    private const int Centers = 6, PerCenter = 40, LearnedQuarters = 2;

    public static int Run(int features, int quarters)
    {
        Random random = new(1);
        string[] names = [.. Enumerable.Range(1, features).Select(f => $"F{f:D4}")];
        DriftPatient[] all = [.. Enumerable.Range(0, LearnedQuarters + quarters).SelectMany(quarter => Enumerable.Range(0, Centers * PerCenter).Select(i => PatientOf(quarter, i % Centers, features, random)))];
        DriftPatient[] later = [.. all.Skip(LearnedQuarters * Centers * PerCenter)];
        DriftInput input = new()
        {
            ModelVersion = 1, Submodel = "combined", IsWatched = true, PredictorCount = 3, FeatureNames = names,
            Learned = [.. all.Take(LearnedQuarters * Centers * PerCenter)], Patients = later,
            States = later.Select(p => p.Window).Distinct().ToDictionary(w => w, _ => WindowStates.Mature),
        };
        using Process process = Process.GetCurrentProcess();
        TimeSpan processor = process.TotalProcessorTime;
        long start = Stopwatch.GetTimestamp();
        DriftDocument document = DriftAssessor.Assess(input, new(), CancellationToken.None);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        process.Refresh();
        Console.WriteLine(
            $"{features} features, {quarters} quarters of {Centers} centres with {PerCenter} patients each, {input.Learned.Count} learned from: "
            + $"{document.Looks.Sum(l => l.Tested)} comparisons, {document.Looks.Sum(l => l.Moved)} of them otherwise\n"
            + $"  {seconds:F1} s, {(process.TotalProcessorTime - processor).TotalSeconds:F1} s of processor time, {process.PeakWorkingSet64 / 1048576.0:F0} MiB at most");
        return 0;
    }

    /// <summary>In the second half one centre has another scanner, which moves every third feature.</summary>
    private static DriftPatient PatientOf(int quarter, int center, int features, Random random)
    {
        double risk = Normal.Sample(random, 0, 1), shift = center == 2 && quarter > 5 ? 1 : 0;
        double[] values = new double[features];
        for (int f = 0; f < features; f++) values[f] = Normal.Sample(random, f % 3 == 0 ? shift : 0, 1);
        return new()
        {
            Center = $"C{center + 1:D2}", Window = $"{2031 + (quarter / 4)}Q{1 + (quarter % 4)}", Progression = random.NextDouble() < 1 / (1 + Math.Exp(-risk)),
            Score = 1 / (1 + Math.Exp(-risk)), Origin = ScoreOrigin.Prospective, Features = values, Scanner = shift > 0 ? "Other One" : "Maker One",
        };
    }
}
