using HccPipeline.Contracts.Models;
using HccPipeline.Persistence.Cohort;
using HccPipeline.Statistics.Discrimination;

namespace HccPipeline.Reporting.Tests.Fixtures;

/// <summary>Puts a model document together from coefficients, so that its stored metrics belong to the snapshot.</summary>
internal static class ModelDocuments
{
    public static LogisticDocument Logistic(
        CohortSnapshot snapshot, double intercept, params (string Name, double Beta, double StandardError, double P)[] predictors) => new()
        {
            Method = "maximum-likelihood",
            Intercept = intercept,
            InterceptStandardError = 1,
            LogLikelihood = -40,
            NullLogLikelihood = -52,
            Predictors =
            [
                .. predictors.Select(p =>
                {
                    double[] values = snapshot.Column(p.Name).ToArray();
                    double mean = values.Average();
                    double sd = Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / (values.Length - 1));
                    return new PredictorDocument
                    {
                        Name = p.Name,
                        Beta = p.Beta,
                        StandardError = p.StandardError,
                        PValue = p.P,
                        OddsRatio = Math.Exp(p.Beta),
                        OddsRatioLower = Math.Exp(p.Beta - (1.959963984540054 * p.StandardError)),
                        OddsRatioUpper = Math.Exp(p.Beta + (1.959963984540054 * p.StandardError)),
                        OddsRatioPerSd = Math.Exp(p.Beta * sd),
                        Minimum = values.Min(),
                        Maximum = values.Max(),
                    };
                }),
            ],
        };

    public static SubmodelMetrics Metrics(CohortSnapshot snapshot, LogisticDocument model, double crossValidatedAuc)
    {
        double[] p = Probabilities(snapshot, model), y = snapshot.Progression();
        RocCurve curve = RocCurve.Compute(p, y);
        AucEstimate auc = DeLong.Estimate(curve);
        return new SubmodelMetrics
        {
            Auc = auc.Auc,
            AucLower = auc.Lower,
            AucUpper = auc.Upper,
            CrossValidatedAuc = crossValidatedAuc,
            Brier = p.Zip(y, (a, b) => (a - b) * (a - b)).Average(),
            RiskThreshold = model.Predictors.Count == 0 ? 0.5 : Youden.Best(curve).Threshold,
        };
    }

    public static double[] Probabilities(CohortSnapshot snapshot, LogisticDocument model) =>
    [
        .. Enumerable.Range(0, snapshot.Patients.Count).Select(i =>
            1 / (1 + Math.Exp(-(model.Intercept + model.Predictors.Sum(p => p.Beta * snapshot.Column(p.Name)[i]))))),
    ];
}
