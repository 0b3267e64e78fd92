using System.Collections.Immutable;

namespace HccPipeline.Statistics.Survival;

/// <summary>Handling of tied event times.</summary>
public enum TieMethod
{
    /// <summary>Efron, J Am Stat Assoc 1977;72:557; the default.</summary>
    Efron,

    /// <summary>Breslow, J R Stat Soc B 1972;34:216.</summary>
    Breslow,
}

/// <summary>One coefficient of a Cox model.</summary>
/// <param name="Name">Covariate.</param>
/// <param name="Coefficient">Log hazard ratio per unit.</param>
/// <param name="StandardError">From the inverse observed information.</param>
/// <param name="HazardRatio">exp(coefficient).</param>
/// <param name="Lower">Lower limit of the hazard ratio.</param>
/// <param name="Upper">Upper limit of the hazard ratio.</param>
/// <param name="Z">Wald statistic.</param>
/// <param name="P">Two-sided p-value.</param>
/// <param name="IsInfinite">The likelihood keeps rising as this coefficient runs to infinity (one side of the covariate has all or none of
/// the events at every time): the numbers are those of the last step and mean nothing by themselves.</param>
public sealed record CoxTerm(
    string Name,
    double Coefficient,
    double StandardError,
    double HazardRatio,
    double Lower,
    double Upper,
    double Z,
    double P,
    bool IsInfinite);

/// <summary>A χ² test of the whole model.</summary>
/// <param name="Statistic">χ².</param>
/// <param name="DegreesOfFreedom">Covariates.</param>
/// <param name="P">p-value.</param>
public sealed record ModelTest(double Statistic, int DegreesOfFreedom, double P);

/// <summary>A fitted Cox proportional-hazards model.</summary>
/// <param name="Terms">Coefficients in column order.</param>
/// <param name="Covariance">Covariance of the coefficients, p × p, row-major.</param>
/// <param name="NullLogLikelihood">Log partial likelihood at 0.</param>
/// <param name="LogLikelihood">Log partial likelihood at the estimates.</param>
/// <param name="LikelihoodRatio">Likelihood-ratio test.</param>
/// <param name="Wald">Wald test.</param>
/// <param name="Score">Score test; with one two-group covariate and no ties it is the log-rank test.</param>
/// <param name="LinearPredictor">xβ of each row, in row order, not centred.</param>
/// <param name="Concordance">Concordance of the linear predictor with survival.</param>
/// <param name="Rows">Rows.</param>
/// <param name="Events">Events.</param>
/// <param name="Ties">Handling of ties.</param>
public sealed record CoxFit(
    ImmutableArray<CoxTerm> Terms,
    ImmutableArray<double> Covariance,
    double NullLogLikelihood,
    double LogLikelihood,
    ModelTest LikelihoodRatio,
    ModelTest Wald,
    ModelTest Score,
    ImmutableArray<double> LinearPredictor,
    Concordance Concordance,
    int Rows,
    int Events,
    TieMethod Ties);
