using HccPipeline.Contracts.Models;
using HccPipeline.Statistics.Linear;
using HccPipeline.Statistics.Logistic;
using HccPipeline.Statistics.Missing;

namespace HccPipeline.ModelWorker.Training;

/// <summary>The multivariable logistic regression on selected columns, pooled where there are several completed data sets; with none selected,
/// the prevalence.</summary>
internal sealed class SelectedRegression
{
    private readonly int[] _columns;
    private readonly LogisticFit[] _fits;
    private readonly PooledEstimate[] _terms;
    private readonly int _patients, _events;

    private SelectedRegression(int[] columns, LogisticFit[] fits, int patients, int events)
    {
        _columns = columns;
        _fits = fits;
        _terms = fits.Length == 0 ? [] : RubinPooling.Pool(fits);
        _patients = patients;
        _events = events;
    }

    /// <summary>Fits by maximum likelihood, or by Firth's where the classes are separated in one of the data sets. A column that is an exact
    /// combination of others in one of them is dropped.</summary>
    public static SelectedRegression Fit(DesignMatrix[] completed, int[] columns, double[] y)
    {
        int events = y.Count(v => v == 1);
        if (columns.Length == 0)
            return new(columns, [], y.Length, events);
        LogisticFit[] fits = FitEach(completed, columns, y);
        HashSet<int> aliased = [.. fits.SelectMany(f => f.Aliased)];
        if (aliased.Count > 0)
        {
            columns = [.. columns.Where((_, i) => !aliased.Contains(i))];
            fits = FitEach(completed, columns, y);
        }
        return new(columns, fits, y.Length, events);
    }

    /// <summary>Probability of progression for the rows of the completed matrices of all candidates.</summary>
    public double[] Probabilities(DesignMatrix[] completed)
    {
        if (_fits.Length == 1)
            return _fits[0].Predict(completed[0].SelectColumns(_columns));
        double[] probabilities = new double[completed[0].RowCount];
        for (int i = 0; i < probabilities.Length; i++)
            probabilities[i] = _fits.Length == 0 ? (double)_events / _patients : 1 / (1 + Math.Exp(-LogOdds(completed, i)));
        return probabilities;
    }

    /// <summary>The regression as it is stored, with the range of each predictor in the training data.</summary>
    /// <param name="observed">All candidates, NaN where a value is missing.</param>
    public LogisticDocument ToDocument(DesignMatrix observed)
    {
        if (_fits.Length == 0)
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
        return new LogisticDocument
        {
            Method = _fits[0].Estimator == LogisticEstimator.Firth ? "firth" : "maximum-likelihood",
            Intercept = _terms[0].Coefficient,
            InterceptStandardError = _terms[0].StandardError,
            Predictors = [.. _columns.Select((column, i) => Predictor(observed, column, i))],
            LogLikelihood = _fits.Average(f => f.LogLikelihood),
            NullLogLikelihood = _fits[0].NullLogLikelihood,
        };
    }

    private static LogisticFit[] FitEach(DesignMatrix[] completed, int[] columns, double[] y)
    {
        LogisticOptions options = new() { OnSeparation = SeparationHandling.UseFirth };
        LogisticFit[] fits = Array.ConvertAll(completed, x => LogisticRegression.Fit(x.SelectColumns(columns), y, options));
        // Estimates of two methods have no common mean.
        return fits.Length > 1 && fits.Any(f => f.Estimator == LogisticEstimator.Firth)
            ? Array.ConvertAll(completed, x => LogisticRegression.Fit(x.SelectColumns(columns), y, options with { Estimator = LogisticEstimator.Firth }))
            : fits;
    }

    private double LogOdds(DesignMatrix[] completed, int row)
    {
        double logOdds = _terms[0].Coefficient;
        for (int j = 0; j < _columns.Length; j++)
            logOdds += _terms[j + 1].Coefficient * completed.Average(x => x[row, _columns[j]]);
        return logOdds;
    }

    private PredictorDocument Predictor(DesignMatrix observed, int column, int i)
    {
        PooledEstimate term = _terms[i + 1];
        double[] known = [.. observed.Column(column).ToArray().Where(v => !double.IsNaN(v))];
        return new PredictorDocument
        {
            Name = observed.ColumnNames![column],
            Beta = term.Coefficient,
            StandardError = term.StandardError,
            PValue = term.PValue,
            OddsRatio = Math.Exp(term.Coefficient),
            OddsRatioLower = Math.Exp(term.Lower),
            OddsRatioUpper = Math.Exp(term.Upper),
            OddsRatioPerSd = Math.Exp(term.Coefficient * _fits.Average(f => f.ColumnDeviations[i])),
            Minimum = known.Min(),
            Maximum = known.Max(),
        };
    }
}
