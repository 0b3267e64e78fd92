using System.Text.Json.Serialization;

namespace HccPipeline.Contracts.Models;

/// <summary>One of the three models of a version.</summary>
public sealed record SubmodelDocument
{
    /// <summary><c>imaging</c>, <c>clinical</c> or <c>combined</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Names of the candidate predictors offered to the LASSO, in snapshot column order.</summary>
    public required IReadOnlyList<string> Candidates { get; init; }

    /// <summary>Candidates left out before the LASSO, with the reason.</summary>
    public required IReadOnlyList<ExcludedCandidate> Excluded { get; init; }

    /// <summary>Candidates that some patients lack and that were offered with filled values; absent where nothing was filled.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ImputedCandidate>? Imputed { get; init; }

    /// <summary>The penalised fit and its cross-validation.</summary>
    public required LassoDocument Lasso { get; init; }

    /// <summary>The multivariable logistic regression on what the LASSO selected.</summary>
    public required LogisticDocument Logistic { get; init; }

    /// <summary>Apparent performance on the snapshot, and out-of-fold.</summary>
    public required SubmodelMetrics Metrics { get; init; }
}

/// <summary>A candidate predictor that could not be offered to the LASSO.</summary>
/// <param name="Name">Feature name.</param>
/// <param name="Reason">Why.</param>
public sealed record ExcludedCandidate(string Name, string Reason);

/// <summary>A candidate predictor with filled values.</summary>
/// <param name="Name">Feature name.</param>
/// <param name="Patients">Patients who lack it, 1-based, in the snapshot's row order.</param>
/// <param name="Values">What stands for their values: means over the completed data sets, so that the model's log odds are their means, too.</param>
public sealed record ImputedCandidate(string Name, IReadOnlyList<int> Patients, IReadOnlyList<double> Values);

/// <summary>Path and cross-validation of the LASSO; arrays run along λ, descending.</summary>
public sealed record LassoDocument
{
    /// <summary>Penalties λ on the standardised scale.</summary>
    public required IReadOnlyList<double> Lambda { get; init; }

    /// <summary>Cross-validated mean binomial deviance at each λ.</summary>
    public required IReadOnlyList<double> MeanDeviance { get; init; }

    /// <summary>Standard error of <see cref="MeanDeviance"/>.</summary>
    public required IReadOnlyList<double> StandardError { get; init; }

    /// <summary>λ of the smallest mean deviance.</summary>
    public required double LambdaMin { get; init; }

    /// <summary>Largest λ within one standard error of the smallest mean deviance.</summary>
    public required double Lambda1Se { get; init; }

    /// <summary><c>lambda.1se</c>, or <c>lambda.min</c> where λ.1se selects nothing.</summary>
    public required string Rule { get; init; }

    /// <summary>Predictors with a coefficient other than zero under <see cref="Rule"/>, penalised coefficients per unit.</summary>
    public required IReadOnlyList<NamedValue> Selected { get; init; }

    /// <summary>Coefficient of each candidate along the path, per standard deviation: [candidate][λ].</summary>
    public required IReadOnlyList<IReadOnlyList<double>> StandardizedPath { get; init; }
}

/// <summary>A number with its name.</summary>
/// <param name="Name">Feature name.</param>
/// <param name="Value">Value.</param>
public sealed record NamedValue(string Name, double Value);
