using HccPipeline.Contracts.Models;
using HccPipeline.Statistics.Linear;
using HccPipeline.Statistics.Logistic;

namespace HccPipeline.ModelWorker.Training;

/// <summary>The multivariable logistic regression on selected columns; with none selected, the prevalence.</summary>
internal sealed class SelectedRegression
{
    private readonly int[] _columns;
    private readonly LogisticFit? _fit;
    private readonly int _patients, _events;

    private SelectedRegression(int[] columns, LogisticFit? fit, int patients, int events)
    {
        _columns = columns;
        _fit = fit;
        _patients = patients;
        _events = events;
    }

    /// <summary>Fits by maximum likelihood, or by Firth's where the classes are separated. A column that is an exact combination of
    /// others is dropped.</summary>
    public static SelectedRegression Fit(DesignMatrix x, int[] columns, double[] y)
    {
        int events = y.Count(v => v == 1);
        if (columns.Length == 0)
            return new(columns, null, y.Length, events);
        LogisticOptions options = new() { OnSeparation = SeparationHandling.UseFirth };
        LogisticFit fit = LogisticRegression.Fit(x.SelectColumns(columns), y, options);
        if (fit.Aliased.Length > 0)
        {
            columns = [.. columns.Where((_, i) => !fit.Aliased.Contains(i))];
            fit = LogisticRegression.Fit(x.SelectColumns(columns), y, options);
        }
        return new(columns, fit, y.Length, events);
    }

    /// <summary>Probability of progression for the rows of the matrix of all candidates.</summary>
    public double[] Probabilities(DesignMatrix x)
    {
        if (_fit is not null)
            return _fit.Predict(x.SelectColumns(_columns));
        double[] prevalence = new double[x.RowCount];
        Array.Fill(prevalence, (double)_events / _patients);
        return prevalence;
    }

    /// <summary>The regression as it is stored, with the range of each predictor in the training data.</summary>
    public LogisticDocument ToDocument(DesignMatrix x)
    {
        if (_fit is null)
        {
            double p = (double)_events / _patients;
            double logLikelihood = _events * Math.Log(p) + (_patients - _events) * Math.Log(1 - p);
            return new LogisticDocument
            {
                Method = "maximum-likelihood",
                Intercept = Math.Log(p / (1 - p)),
                InterceptStandardError = 1 / Math.Sqrt(_patients * p * (1 - p)),
                Predictors = [],
                LogLikelihood = logLikelihood,
                NullLogLikelihood = logLikelihood,
            };
        }
        OddsRatio[] perUnit = _fit.OddsRatios, perSd = _fit.OddsRatiosPerSd;
        return new LogisticDocument
        {
            Method = _fit.Estimator == LogisticEstimator.Firth ? "firth" : "maximum-likelihood",
            Intercept = _fit.Coefficients[0],
            InterceptStandardError = _fit.StandardErrors[0],
            Predictors = [.. _columns.Select((column, i) => new PredictorDocument
            {
                Name = x.ColumnNames![column],
                Beta = _fit.Coefficients[i + 1],
                StandardError = _fit.StandardErrors[i + 1],
                PValue = _fit.PValues[i + 1],
                OddsRatio = perUnit[i].Value,
                OddsRatioLower = perUnit[i].Lower,
                OddsRatioUpper = perUnit[i].Upper,
                OddsRatioPerSd = perSd[i].Value,
                Minimum = x.Column(column).ToArray().Min(),
                Maximum = x.Column(column).ToArray().Max(),
            })],
            LogLikelihood = _fit.LogLikelihood,
            NullLogLikelihood = _fit.NullLogLikelihood,
        };
    }
}
