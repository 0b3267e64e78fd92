using HccPipeline.Statistics.Linear;
using MathNet.Numerics;

namespace HccPipeline.Statistics.Logistic;

/// <summary>A likelihood-ratio test between nested models.</summary>
/// <param name="ChiSquared">Difference of the deviances.</param>
/// <param name="DegreesOfFreedom">Difference of the ranks.</param>
/// <param name="PValue">Upper tail of χ²; 1 for models of equal rank.</param>
public sealed record LikelihoodRatioTest(double ChiSquared, int DegreesOfFreedom, double PValue)
{
    /// <summary>Compares two fits to the same rows.</summary>
    /// <param name="nested">The smaller model.</param>
    /// <param name="full">The larger model.</param>
    /// <exception cref="UnusableDataException">The fits have different rows, different estimators, or the ranks are the wrong way round.</exception>
    public static LikelihoodRatioTest Compare(LogisticFit nested, LogisticFit full)
    {
        if (nested.RowCount != full.RowCount)
            throw new UnusableDataException($"The models were fitted to {nested.RowCount} and {full.RowCount} rows: they cannot be compared.");
        if (nested.Estimator != full.Estimator || full.Estimator != LogisticEstimator.MaximumLikelihood)
            throw new UnusableDataException("Only two maximum likelihood fits have a likelihood ratio.");
        if (nested.Rank > full.Rank)
            throw new UnusableDataException($"The nested model has rank {nested.Rank}, the full model {full.Rank}.");
        return Of(nested.Deviance - full.Deviance, full.Rank - nested.Rank);
    }

    internal static LikelihoodRatioTest Of(double chiSquared, int degreesOfFreedom) => new(chiSquared, degreesOfFreedom,
        degreesOfFreedom == 0 || chiSquared <= 0 ? 1 : SpecialFunctions.GammaUpperRegularized(degreesOfFreedom / 2.0, chiSquared / 2));
}
