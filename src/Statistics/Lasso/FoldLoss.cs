namespace HccPipeline.Statistics.Lasso;

/// <summary>The loss of one fold at one λ.</summary>
/// <param name="Mean">Weighted mean over its rows; for the AUC, that of the fold.</param>
/// <param name="Variance">Weighted mean of the rows' squared distances from <paramref name="Mean"/>; 0 for the AUC, which no row has.</param>
internal readonly record struct FoldLoss(double Mean, double Variance)
{
    private const double ProbabilityFloor = 1e-5;

    /// <summary>Loss of the held-out rows, from their linear predictors.</summary>
    /// <param name="loss">What to measure.</param>
    /// <param name="eta">Linear predictors, offset included.</param>
    /// <param name="y">Outcomes, 0 or 1.</param>
    /// <param name="weights">Raw weights.</param>
    public static FoldLoss Of(CrossValidationLoss loss, ReadOnlySpan<double> eta, ReadOnlySpan<double> y, ReadOnlySpan<double> weights)
    {
        if (loss == CrossValidationLoss.Auc) return new(WeightedAuc(eta, y, weights), 0);
        double sum = 0, squares = 0, total = 0;
        for (int i = 0; i < eta.Length; i++)
        {
            double own = loss == CrossValidationLoss.Deviance ? Deviance(eta[i], y[i]) : Misclassified(eta[i], y[i]);
            sum += weights[i] * own;
            squares += weights[i] * own * own;
            total += weights[i];
        }
        double mean = sum / total;
        return new(mean, Math.Max(0, (squares / total) - (mean * mean)));
    }

    private static double Deviance(double eta, double y)
    {
        double p = Math.Clamp(1 / (1 + Math.Exp(-eta)), ProbabilityFloor, 1 - ProbabilityFloor);
        return -2 * Math.Log(y == 1 ? p : 1 - p);
    }

    private static double Misclassified(double eta, double y) => (eta > 0) == (y == 1) ? 0 : 1;

    /// <summary>Σ over pairs of case and control of their weights' product times [1 case higher, ½ equal], over the pairs' total.</summary>
    /// <remarks>Probabilities are ranked, as in cv.glmnet: rows whose probabilities both round to 1 (log odds above 37) are equal.</remarks>
    private static double WeightedAuc(ReadOnlySpan<double> eta, ReadOnlySpan<double> y, ReadOnlySpan<double> weights)
    {
        double[] keys = new double[eta.Length];
        for (int i = 0; i < keys.Length; i++) keys[i] = 1 / (1 + Math.Exp(-eta[i]));
        int[] order = new int[keys.Length];
        for (int i = 0; i < order.Length; i++) order[i] = i;
        Array.Sort(keys, order);
        double controlsBelow = 0, cases = 0, favourable = 0;
        for (int start = 0; start < keys.Length;)
        {
            double tiedCases = 0, tiedControls = 0;
            int end = start;
            for (; end < keys.Length && keys[end] == keys[start]; end++)
            {
                int i = order[end];
                if (y[i] == 1) tiedCases += weights[i];
                else tiedControls += weights[i];
            }
            favourable += tiedCases * (controlsBelow + (tiedControls / 2));
            controlsBelow += tiedControls;
            cases += tiedCases;
            start = end;
        }
        return favourable / (cases * controlsBelow);
    }
}
