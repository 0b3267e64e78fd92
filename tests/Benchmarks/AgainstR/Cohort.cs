using System.Globalization;

namespace HccPipeline.Benchmarks.AgainstR;

/// <summary>A generated cohort: a score with its outcome, and follow-up to a tenth of a month with two groups and two covariates.</summary>
internal sealed class Cohort
{
    public required double[] Score { get; init; }

    public required double[] Y { get; init; }

    public required double[] Time { get; init; }

    public required double[] Status { get; init; }

    public required int[] Group { get; init; }

    public required double[] X1 { get; init; }

    /// <summary>Group, x1, x2, row-major.</summary>
    public required double[] X3 { get; init; }

    public static Cohort Generate(int n, int seed)
    {
        Random random = new(seed);
        double Gauss() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        double[] score = new double[n], y = new double[n], time = new double[n], status = new double[n], x1 = new double[n], x3 = new double[3 * n];
        int[] group = new int[n];
        for (int i = 0; i < n; i++)
        {
            y[i] = random.NextDouble() < 0.55 ? 1 : 0;
            score[i] = Gauss() + y[i];
            group[i] = random.Next(2);
            x1[i] = Gauss();
            (x3[3 * i], x3[(3 * i) + 1], x3[(3 * i) + 2]) = (group[i], x1[i], Math.Round(60 + (10 * Gauss())));
            double toEvent = -Math.Log(1 - random.NextDouble()) * 8 * Math.Exp(-(0.45 * group[i]) - (0.3 * x1[i])), censored = 3 + (17 * random.NextDouble());
            status[i] = toEvent <= censored ? 1 : 0;
            time[i] = Math.Max(1, Math.Round(Math.Min(toEvent, censored) * 10)) / 10;
        }
        return new Cohort { Score = score, Y = y, Time = time, Status = status, Group = group, X1 = x1, X3 = x3 };
    }

    public void Write(string file)
    {
        using StreamWriter writer = new(file);
        writer.WriteLine("score,y,time,status,g,x1,x2");
        for (int i = 0; i < Y.Length; i++)
        {
            writer.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{Score[i]:R},{Y[i]},{Time[i]:R},{Status[i]},{Group[i]},{X1[i]:R},{X3[(3 * i) + 2]}"));
        }
    }
}
