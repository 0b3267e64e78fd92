using HccPipeline.Contracts.Models;

namespace HccPipeline.ModelWorker.Export;

/// <summary>How two versions differ, part by part. Pure.</summary>
public sealed record VersionDifference
{
    /// <summary>What they came from: name, first, second; those that are the same in both are not listed.</summary>
    public required IReadOnlyList<ChangedValue> Provenance { get; init; }

    /// <summary>Imaging, clinical and combined model.</summary>
    public required IReadOnlyList<SubmodelDifference> Models { get; init; }

    /// <summary>Compares two versions.</summary>
    public static VersionDifference Of(ModelDocument first, ModelDocument second) => new()
    {
        Provenance =
        [
            .. new ChangedValue[]
            {
                new("snapshot", first.SnapshotSha256, second.SnapshotSha256),
                new("profile", first.ProfileSha256, second.ProfileSha256),
                new("program", first.CodeVersion, second.CodeVersion),
                new("seed", $"{first.Seed}", $"{second.Seed}"),
                new("folds", $"{first.FoldIds.Max()}", $"{second.FoldIds.Max()}"),
                new("patients", $"{first.PatientCount}", $"{second.PatientCount}"),
                new("with progression", $"{first.ProgressionCount}", $"{second.ProgressionCount}"),
            }.Where(c => c.First != c.Second),
        ],
        Models = [.. first.Models.Zip(second.Models, SubmodelDifference.Of)],
    };
}

/// <summary>A text that differs.</summary>
/// <param name="Name">What it is.</param>
/// <param name="First">In the first version.</param>
/// <param name="Second">In the second.</param>
public sealed record ChangedValue(string Name, string First, string Second);

/// <summary>A number of both versions; null where one has none.</summary>
/// <param name="Name">What it is.</param>
/// <param name="First">In the first version.</param>
/// <param name="Second">In the second.</param>
public sealed record ChangedNumber(string Name, double? First, double? Second);

/// <summary>How one of the models differs.</summary>
/// <param name="Model"><c>imaging</c>, <c>clinical</c> or <c>combined</c>.</param>
/// <param name="CandidatesAdded">Offered in the second alone.</param>
/// <param name="CandidatesRemoved">Offered in the first alone.</param>
/// <param name="Coefficients">Intercept and predictors of either, log odds per unit.</param>
/// <param name="Metrics">Performance on their own snapshots.</param>
public sealed record SubmodelDifference(
    string Model, IReadOnlyList<string> CandidatesAdded, IReadOnlyList<string> CandidatesRemoved, IReadOnlyList<ChangedNumber> Coefficients, IReadOnlyList<ChangedNumber> Metrics)
{
    internal static SubmodelDifference Of(SubmodelDocument first, SubmodelDocument second)
    {
        Dictionary<string, double> a = Betas(first), b = Betas(second);
        return new(
            first.Name,
            [.. second.Candidates.Except(first.Candidates, StringComparer.Ordinal)],
            [.. first.Candidates.Except(second.Candidates, StringComparer.Ordinal)],
            [
                new("(intercept)", first.Logistic.Intercept, second.Logistic.Intercept),
                .. a.Keys.Union(b.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal)
                    .Select(name => new ChangedNumber(name, a.TryGetValue(name, out double x) ? x : null, b.TryGetValue(name, out double y) ? y : null)),
            ],
            [
                new("AUC", first.Metrics.Auc, second.Metrics.Auc),
                new("cross-validated AUC", first.Metrics.CrossValidatedAuc, second.Metrics.CrossValidatedAuc),
                new("Brier score", first.Metrics.Brier, second.Metrics.Brier),
                new("risk threshold", first.Metrics.RiskThreshold, second.Metrics.RiskThreshold),
                new("lambda", Lambda(first), Lambda(second)),
            ]);
    }

    private static double Lambda(SubmodelDocument model) => model.Lasso.Rule == "lambda.1se" ? model.Lasso.Lambda1Se : model.Lasso.LambdaMin;

    private static Dictionary<string, double> Betas(SubmodelDocument model) => model.Logistic.Predictors.ToDictionary(p => p.Name, p => p.Beta, StringComparer.Ordinal);
}
