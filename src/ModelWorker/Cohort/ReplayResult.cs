using HccPipeline.Contracts.Models;
using HccPipeline.Persistence.Cohort;

namespace HccPipeline.ModelWorker.Cohort;

/// <summary>What a version would be without some of its patients.</summary>
public sealed record ReplayResult
{
    /// <summary>The version.</summary>
    public required int ModelVersion { get; init; }

    /// <summary>Who was left out, in ordinal order.</summary>
    public required IReadOnlyList<string> Without { get; init; }

    /// <summary>Whether this program, with everyone, trains the stored version to the byte; if not, both sides are what this program trains.</summary>
    public required bool IsReproduced { get; init; }

    /// <summary>Patients.</summary>
    public required Changed<int> Patients { get; init; }

    /// <summary>Patients with progression.</summary>
    public required Changed<int> Progressions { get; init; }

    /// <summary>Imaging, clinical and combined model.</summary>
    public required IReadOnlyList<ReplayedModel> Models { get; init; }

    internal static ReplayResult Of(
        int modelVersion, IEnumerable<string> without, (ModelDocument Model, CohortSnapshot Table) before, (ModelDocument Model, CohortSnapshot Table) after,
        bool isReproduced) => new()
    {
        ModelVersion = modelVersion,
        Without = [.. without.Order(StringComparer.Ordinal)],
        IsReproduced = isReproduced,
        Patients = new(before.Model.PatientCount, after.Model.PatientCount),
        Progressions = new(before.Model.ProgressionCount, after.Model.ProgressionCount),
        Models = [.. before.Model.Models.Zip(after.Model.Models, (b, a) => ReplayedModel.Of(b, a, ScoreShift.Of(b, before.Table, a, after.Table)))],
    };
}

/// <summary>One of the three models with and without the patients.</summary>
public sealed record ReplayedModel
{
    /// <summary><c>imaging</c>, <c>clinical</c> or <c>combined</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Predictors that are selected with everyone and not without the patients.</summary>
    public required IReadOnlyList<string> Lost { get; init; }

    /// <summary>Predictors that are selected only without the patients.</summary>
    public required IReadOnlyList<string> Gained { get; init; }

    /// <summary>Intercept and coefficients per unit, log odds; null where the predictor is not selected.</summary>
    public required IReadOnlyList<ReplayedCoefficient> Coefficients { get; init; }

    /// <summary>Apparent AUC.</summary>
    public required Changed<double> Auc { get; init; }

    /// <summary>AUC on the patients left out of each fold.</summary>
    public required Changed<double> CrossValidatedAuc { get; init; }

    /// <summary>Threshold between low and high risk.</summary>
    public required Changed<double> RiskThreshold { get; init; }

    /// <summary>How far the probabilities of those who stay move.</summary>
    public required ScoreShift Scores { get; init; }

    internal static ReplayedModel Of(SubmodelDocument before, SubmodelDocument after, ScoreShift scores)
    {
        Dictionary<string, double> old = Betas(before), now = Betas(after);
        return new()
        {
            Name = before.Name,
            Lost = [.. old.Keys.Except(now.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            Gained = [.. now.Keys.Except(old.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            Coefficients =
            [
                new("(intercept)", before.Logistic.Intercept, after.Logistic.Intercept),
                .. old.Keys.Union(now.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(name =>
                    new ReplayedCoefficient(name, old.TryGetValue(name, out double b) ? b : null, now.TryGetValue(name, out double a) ? a : null)),
            ],
            Auc = new(before.Metrics.Auc, after.Metrics.Auc),
            CrossValidatedAuc = new(before.Metrics.CrossValidatedAuc, after.Metrics.CrossValidatedAuc),
            RiskThreshold = new(before.Metrics.RiskThreshold, after.Metrics.RiskThreshold),
            Scores = scores,
        };
    }

    private static Dictionary<string, double> Betas(SubmodelDocument model) =>
        model.Logistic.Predictors.ToDictionary(p => p.Name, p => p.Beta, StringComparer.Ordinal);
}

/// <summary>A coefficient with and without the patients.</summary>
/// <param name="Name">Predictor.</param>
/// <param name="With">With everyone; null where it is not selected.</param>
/// <param name="Without">Without the patients; null where it is not selected.</param>
public sealed record ReplayedCoefficient(string Name, double? With, double? Without);

/// <summary>A number with and without the patients.</summary>
/// <param name="With">With everyone.</param>
/// <param name="Without">Without the patients.</param>
public readonly record struct Changed<T>(T With, T Without);
