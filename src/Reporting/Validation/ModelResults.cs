using HccPipeline.Contracts.Models;
using HccPipeline.Statistics.Calibration;
using HccPipeline.Statistics.DecisionCurve;
using HccPipeline.Statistics.Discrimination;

namespace HccPipeline.Reporting.Validation;

/// <summary>The part of the report on one model.</summary>
internal static class ModelResults
{
    /// <summary>Paths in a report: of thousands of candidates, the selected and the largest; the model document has all.</summary>
    private const int MaxPaths = 150;

    public static ModelResult Of(SubmodelDocument model, ModelScores scores, double[] y, IReadOnlyList<double>? heldOut)
    {
        Brier brier = Brier.Compute(scores.Probability, y);
        return new ModelResult
        {
            Name = model.Name,
            Selection = Selection(model),
            Intercept = model.Logistic.Intercept,
            FitMethod = model.Logistic.Method,
            Predictors = [.. model.Logistic.Predictors.Select(Predictor)],
            Discrimination = Discrimination(model, scores, y, heldOut),
            Brier = brier.Score,
            ScaledBrier = brier.Scaled,
            Calibration = CalibrationResults.Of(scores, y),
            DecisionCurve = DecisionCurve(scores, y),
            HeldOut = heldOut is null ? null : HeldOut(ModelScores.OfProbabilities(heldOut), y),
        };
    }

    private static HeldOutResult HeldOut(ModelScores scores, double[] y)
    {
        Brier brier = Brier.Compute(scores.Probability, y);
        return new(brier.Score, brier.Scaled, CalibrationResults.Of(scores, y, isApparent: false), DecisionCurve(scores, y));
    }

    private static DecisionPoint[] DecisionCurve(ModelScores scores, double[] y)
    {
        NetBenefit benefit = NetBenefit.Compute(scores.Probability, y, NetBenefit.Percents.AsSpan());
        return [.. benefit.Thresholds.Select((t, k) => new DecisionPoint(t, benefit.Model[k], benefit.All[k]))];
    }

    private static SelectionResult Selection(SubmodelDocument model)
    {
        LassoDocument lasso = model.Lasso;
        return new SelectionResult
        {
            Candidates = model.Candidates.Count,
            Excluded = [.. model.Excluded.Select(e => new ExcludedRow(e.Name, e.Reason))],
            Imputed = model.Imputed?.Select(c => new ImputedRow(c.Name, c.Patients.Count)).ToArray(),
            Lambda = lasso.Lambda,
            MeanDeviance = lasso.MeanDeviance,
            StandardError = lasso.StandardError,
            NonZero = [.. Enumerable.Range(0, lasso.Lambda.Count).Select(k => lasso.StandardizedPath.Count(path => path[k] != 0))],
            LambdaMin = lasso.LambdaMin,
            Lambda1Se = lasso.Lambda1Se,
            Rule = lasso.Rule,
            Selected = [.. lasso.Selected.Select(s => s.Name)],
            Paths = Paths(model, [.. lasso.Selected.Select(s => s.Name)]),
        };
    }

    private static CoefficientPath[] Paths(SubmodelDocument model, HashSet<string> selected) =>
    [
        .. model.Candidates
            .Zip(model.Lasso.StandardizedPath, (name, values) => new CoefficientPath(name, values))
            .Where(path => path.Values.Any(v => v != 0))
            .OrderByDescending(path => selected.Contains(path.Name))
            .ThenByDescending(path => path.Values.Max(Math.Abs))
            .ThenBy(path => path.Name, StringComparer.Ordinal)
            .Take(MaxPaths),
    ];

    private static PredictorRow Predictor(PredictorDocument p)
    {
        // The document gives the odds ratio per SD without limits; the SD it used follows from it.
        double sd = p.Beta == 0 ? 0 : Math.Log(p.OddsRatioPerSd) / p.Beta;
        return new PredictorRow
        {
            Name = p.Name,
            Beta = p.Beta,
            StandardError = p.StandardError,
            OddsRatio = new Estimate(p.OddsRatio, p.OddsRatioLower, p.OddsRatioUpper),
            OddsRatioPerSd = new Estimate(p.OddsRatioPerSd, Math.Pow(p.OddsRatioLower, sd), Math.Pow(p.OddsRatioUpper, sd)),
            PValue = p.PValue,
            Minimum = p.Minimum,
            Maximum = p.Maximum,
        };
    }

    private static DiscriminationResult Discrimination(SubmodelDocument model, ModelScores scores, double[] y, IReadOnlyList<double>? heldOut)
    {
        RocCurve curve = RocCurve.Compute(scores.Probability, y);
        AucEstimate auc = DeLong.Estimate(curve);
        // Two pairs of patients may change places by rounding of the score; more means another cohort.
        if (Math.Abs(auc.Auc - model.Metrics.Auc) > 2.0 / ((double)curve.Cases * curve.Controls))
        {
            throw new InvalidDataException(
                $"The {model.Name} model was stored with an AUC of {model.Metrics.Auc}, but the snapshot gives {auc.Auc}: they do not belong together.");
        }
        return new DiscriminationResult
        {
            Auc = new Estimate(auc.Auc, auc.Lower, auc.Upper),
            CrossValidatedAuc = model.Metrics.CrossValidatedAuc,
            CrossValidated = heldOut is null ? null : Estimates.Of(DeLong.Estimate([.. heldOut], y)),
            Roc = Corners(curve),
            OperatingPoint = OperatingRowOf(OperatingPoint.At(scores.Probability, y, model.Metrics.RiskThreshold)),
        };
    }

    private static OperatingRow OperatingRowOf(OperatingPoint point) => new(
        point.Threshold,
        Estimates.Of(point.Sensitivity),
        Estimates.Of(point.Specificity),
        Estimates.Of(point.PositivePredictiveValue),
        Estimates.Of(point.NegativePredictiveValue),
        Estimates.Of(point.Accuracy));

    /// <summary>The curve from (0, 0) to (1, 1) without the points in the middle of a straight run; counts decide, so nothing is lost.</summary>
    private static List<CurvePoint> Corners(RocCurve curve)
    {
        List<(int FalsePositives, int TruePositives)> kept = [];
        for (int k = curve.Thresholds.Length - 1; k >= 0; k--)
        {
            (int X, int Y) next = (curve.Controls - curve.TrueNegatives[k], curve.TruePositives[k]);
            if (kept.Count >= 2)
            {
                (int X, int Y) a = kept[^2], b = kept[^1];
                bool straight = (long)(b.X - a.X) * (next.Y - b.Y) == (long)(next.X - b.X) * (b.Y - a.Y);
                if (straight) kept.RemoveAt(kept.Count - 1);
            }
            kept.Add(next);
        }
        return [.. kept.Select(p => new CurvePoint((double)p.FalsePositives / curve.Controls, (double)p.TruePositives / curve.Cases))];
    }
}
