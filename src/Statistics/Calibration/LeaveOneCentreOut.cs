using System.Collections.Immutable;
using HccPipeline.Statistics.Discrimination;
using HccPipeline.Statistics.Numerics;

namespace HccPipeline.Statistics.Calibration;

/// <summary>How a model made without a centre does in that centre.</summary>
/// <param name="Centre">Centre left out.</param>
/// <param name="Rows">Its patients.</param>
/// <param name="Events">Its cases.</param>
/// <param name="Auc">AUC with DeLong interval; null with fewer than two cases or two controls.</param>
/// <param name="InTheLarge">Calibration in the large; null with one class only.</param>
/// <param name="Recalibration">Intercept and slope; null with one class, a constant predictor or separation.</param>
/// <param name="Brier">Mean squared error of the probabilities.</param>
public sealed record CentreValidation(
    int Centre, int Rows, int Events, AucEstimate? Auc, LogitTerm? InTheLarge, InterceptAndSlope? Recalibration, double Brier);

/// <summary>Internal–external validation: every centre in turn is predicted by a model made from the others.</summary>
/// <param name="Centres">One entry per centre, ascending.</param>
/// <param name="LinearPredictor">Out-of-centre linear predictor of each row, in row order.</param>
/// <param name="PooledAuc">AUC of all out-of-centre predictions together.</param>
/// <remarks>Source: Steyerberg and Harrell, J Clin Epidemiol 2016;69:245–247.</remarks>
public sealed record LeaveOneCentreOut(
    ImmutableArray<CentreValidation> Centres, ImmutableArray<double> LinearPredictor, AucEstimate PooledAuc)
{
    /// <summary>Runs the validation.</summary>
    /// <param name="y">Outcomes, 1 or 0; at least two of each.</param>
    /// <param name="centre">Centre of each row; at least two different.</param>
    /// <param name="refit">Runs the whole modelling process on the given rows (0-based) and returns the linear predictor of every row.</param>
    /// <exception cref="ArgumentException">Lengths differ, a value is not 0/1 (row named), there is one centre only, the other centres of
    /// a centre hold one class only (centre named), or a refit returned the wrong length.</exception>
    public static LeaveOneCentreOut Evaluate(ReadOnlySpan<double> y, ReadOnlySpan<int> centre, Func<int[], double[]> refit)
    {
        ArgumentNullException.ThrowIfNull(refit);
        Require.SameLength(y.Length, centre.Length, nameof(centre));
        int events = Require.BothClasses(y, nameof(y));
        double[] outcome = y.ToArray();
        int[] centreOf = centre.ToArray(), labels = [.. new SortedSet<int>(centreOf)];
        if (labels.Length < 2) throw new ArgumentException("Column 'centre' holds one centre: two are needed.", nameof(centre));
        double[] lp = new double[y.Length];
        List<CentreValidation> centres = [];
        foreach (int label in labels)
        {
            int[] inside = [.. Enumerable.Range(0, outcome.Length).Where(i => centreOf[i] == label)];
            int[] outside = [.. Enumerable.Range(0, outcome.Length).Where(i => centreOf[i] != label)];
            double[] insideY = Array.ConvertAll(inside, i => outcome[i]);
            int insideEvents = (int)insideY.Sum();
            if (events == insideEvents || outside.Length == events - insideEvents)
                throw new ArgumentException($"Without centre {label} only one class is left to learn from.", nameof(centre));
            double[] predicted = refit(outside);
            Require.SameLength(y.Length, predicted.Length, nameof(refit));
            foreach (int i in inside) lp[i] = predicted[i];
            centres.Add(Validate(label, Array.ConvertAll(inside, i => predicted[i]), insideY, insideEvents));
        }
        return new LeaveOneCentreOut([.. centres], [.. lp], DeLong.Estimate(lp, outcome));
    }

    private static CentreValidation Validate(int label, double[] lp, double[] y, int events)
    {
        int controls = y.Length - events;
        bool both = events > 0 && controls > 0;
        double brier = 0;
        for (int i = 0; i < y.Length; i++)
        {
            double residual = y[i] - (1 / (1 + Math.Exp(-lp[i])));
            brier += residual * residual / y.Length;
        }
        return new CentreValidation(
            label,
            y.Length,
            events,
            events > 1 && controls > 1 ? DeLong.Estimate(lp, y) : null,
            both ? LogitRecalibration.InTheLarge(lp, y) : null,
            both ? LogitRecalibration.Fit(lp, y) : null,
            brier);
    }
}
