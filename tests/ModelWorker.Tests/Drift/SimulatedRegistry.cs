using HccPipeline.Contracts.Drift;
using HccPipeline.ModelWorker.Drift;
using HccPipeline.Statistics.Lasso;
using HccPipeline.Statistics.Linear;
using HccPipeline.Statistics.Logistic;

namespace HccPipeline.Testing;

/// <summary>A registry without a database: a logistic model fitted on its first windows, held-out scores of ten folds, and patients who come after.</summary>
internal sealed record SimulatedRegistry
{
    private const int Folds = 10;

    // The AUC of the true score is 0.82 at a prevalence of 0.46; two features are noise.
    private static readonly double[] Beta = [1.0, -0.8, 0.5, 0, 0];
    private const double Intercept = -0.2;

    public int Centers { get; init; } = 6;

    public int Windows { get; init; } = 8;

    /// <summary>Patients of one centre in one window.</summary>
    public int PerCenter { get; init; } = 40;

    /// <summary>Windows that the model learns from.</summary>
    public int TrainingWindows { get; init; } = 2;

    public required int Seed { get; init; }

    /// <summary>Centre, from 1, whose scanner changes; 0 for none.</summary>
    public int ChangedCenter { get; init; }

    /// <summary>Window, from 1, from which on it does.</summary>
    public int ChangedFrom { get; init; } = 5;

    /// <summary>Whether features are compared, too.</summary>
    public bool WithFeatures { get; init; }

    public static string CenterName(int number) => $"C{number:D2}";

    public static string WindowName(int number) => $"{2023 + ((number - 1) / 4)}Q{1 + ((number - 1) % 4)}";

    /// <summary>The input as it is when window <paramref name="lastMature"/> has become mature.</summary>
    public DriftInput Build(int lastMature)
    {
        Random random = new(Seed);
        List<(DriftPatient Patient, double[] X)> all = [];
        for (int w = 1; w <= Windows; w++)
        {
            for (int i = 0; i < PerCenter; i++)
            {
                for (int c = 1; c <= Centers; c++)
                    all.Add(Draw(random, c, w));
            }
        }
        (DriftPatient Patient, double[] X)[] learned = [.. all.Take(TrainingWindows * PerCenter * Centers)];
        double[] y = [.. learned.Select(p => p.Patient.Progression == true ? 1.0 : 0.0)];
        DesignMatrix x = DesignMatrix.FromRows([.. learned.Select(p => p.X)]);
        int[] folds = StratifiedFolds.Create(y, Folds, unchecked((ulong)Seed));
        double[] heldOut = new double[y.Length];
        for (int fold = 1; fold <= Folds; fold++)
        {
            int[] inside = [.. Enumerable.Range(0, y.Length).Where(i => folds[i] != fold)];
            double[] b = LogisticRegression.Fit(x.SelectRows(inside), [.. inside.Select(i => y[i])]).Coefficients;
            for (int i = 0; i < y.Length; i++)
                if (folds[i] == fold) heldOut[i] = Probability(b, learned[i].X);
        }
        double[] beta = LogisticRegression.Fit(x, y).Coefficients;
        return new()
        {
            ModelVersion = 1,
            Submodel = "combined",
            IsWatched = true,
            PredictorCount = Beta.Length,
            FeatureNames = WithFeatures ? [.. Beta.Select((_, j) => $"x{j + 1}")] : [],
            Learned = [.. learned.Select((p, i) => p.Patient with { Score = heldOut[i] })],
            Patients = [.. all.Skip(learned.Length).Select(p => p.Patient with { Score = Probability(beta, p.X) })],
            States = Enumerable.Range(1, Windows).ToDictionary(WindowName, w => w <= lastMature ? WindowStates.Mature : w == lastMature + 1 ? WindowStates.Over : WindowStates.Open),
        };
    }

    private (DriftPatient Patient, double[] X) Draw(Random random, int center, int window)
    {
        double[] x = [.. Beta.Select(_ => Gauss(random))];
        bool progression = random.NextDouble() < Probability([Intercept, .. Beta], x);
        bool isChanged = center == ChangedCenter && window >= ChangedFrom;
        // The new scanner shifts the first feature and blurs the first two.
        double blur = Gauss(random), other = Gauss(random);
        if (isChanged)
            (x[0], x[1]) = ((0.3 * x[0]) + (0.95 * blur) + 1.2, (0.3 * x[1]) + (0.95 * other));
        return (new()
        {
            Center = CenterName(center),
            Window = WindowName(window),
            Progression = progression,
            Scanner = isChanged ? "Other B" : "Maker A",
            Features = WithFeatures ? x : [],
        }, x);
    }

    private static double Probability(double[] b, double[] x)
    {
        double eta = b[0];
        for (int j = 0; j < x.Length; j++) eta += b[j + 1] * x[j];
        return 1 / (1 + Math.Exp(-eta));
    }

    private static double Gauss(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
