using HccPipeline.Statistics.Calibration;
using HccPipeline.Statistics.Linear;
using HccPipeline.Statistics.Logistic;

namespace HccPipeline.Cli.Stats;

/// <summary>A process that makes a model from rows, to be repeated by bootstrap or without a centre.</summary>
internal sealed class ModellingProcess(DesignMatrix x, double[] y, bool isLasso, int folds, ulong seed)
{
    private readonly Func<int[], int, double[]> _refit = isLasso
        ? LassoProcess.Refit(x, y, folds, seed: seed)
        : (rows, _) => Fit(x, y, rows).LinearPredictors(x);

    public string Name => isLasso ? "lasso" : "logistic";

    public double[] Y => y;

    /// <summary>Linear predictor of every row by the model made from some rows.</summary>
    public double[] Refit(int[] rows, int replicate) => _refit(rows, replicate);

    /// <summary>Intercept and coefficients of the logistic model made from all rows; null for the LASSO, which <c>hcc stats lasso</c> shows.</summary>
    public double[]? Coefficients() => isLasso ? null : LogisticRegression.Fit(x, y).Coefficients;

    // A resample of few patients can separate the classes: Firth's estimates are finite there.
    private static LogisticFit Fit(DesignMatrix x, double[] y, int[] rows) =>
        LogisticRegression.Fit(x.SelectRows(rows), Array.ConvertAll(rows, i => y[i]), new LogisticOptions { OnSeparation = SeparationHandling.UseFirth });
}
