using HccPipeline.Contracts.Models;
using HccPipeline.Persistence.Cohort;
using HccPipeline.Statistics.Calibration;

namespace HccPipeline.Reporting.Validation;

/// <summary>What a model says of every patient of the snapshot, in row order.</summary>
internal sealed class ModelScores
{
    private ModelScores(double[] linearPredictor)
    {
        LinearPredictor = linearPredictor;
        Probability = Array.ConvertAll(linearPredictor, Logistic);
    }

    /// <summary>Log odds of progression.</summary>
    public double[] LinearPredictor { get; }

    /// <summary>Probability of progression.</summary>
    public double[] Probability { get; }

    /// <summary>False when every patient gets the same prediction, as from a model without predictors.</summary>
    public bool Vary => LinearPredictor.AsSpan().IndexOfAnyExcept(LinearPredictor[0]) >= 0;

    /// <summary>Scores a snapshot, with the values that training filled in where patients lack one.</summary>
    /// <exception cref="InvalidDataException">The snapshot lacks a predictor or a value of one: the model was not trained on it.</exception>
    public static ModelScores Of(SubmodelDocument model, CohortSnapshot snapshot)
    {
        double[] scores = new double[snapshot.Patients.Count];
        Array.Fill(scores, model.Logistic.Intercept);
        foreach (PredictorDocument predictor in model.Logistic.Predictors)
        {
            if (!snapshot.Has(predictor.Name))
                throw new InvalidDataException($"The snapshot has no column {predictor.Name}, which the {model.Name} model needs.");
            double[] values = snapshot.Column(predictor.Name).ToArray();
            if (model.Imputed?.FirstOrDefault(c => c.Name == predictor.Name) is { } filled)
            {
                foreach ((int patient, double value) in filled.Patients.Zip(filled.Values))
                    values[patient - 1] = value;
            }
            if (values.AsSpan().ContainsAnyExceptInRange(double.MinValue, double.MaxValue))
                throw new InvalidDataException($"Column {predictor.Name} of the snapshot has missing values, so the {model.Name} model cannot score it.");
            for (int i = 0; i < scores.Length; i++)
                scores[i] += predictor.Beta * values[i];
        }
        return new ModelScores(scores);
    }

    /// <summary>Scores that are given as probabilities of progression.</summary>
    public static ModelScores OfProbabilities(IEnumerable<double> probabilities) => new(LogitRecalibration.BoundedLogits([.. probabilities]));

    private static double Logistic(double x) => x >= 0 ? 1 / (1 + Math.Exp(-x)) : Math.Exp(x) / (1 + Math.Exp(x));
}
