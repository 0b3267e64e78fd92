using HccPipeline.Contracts.Models;
using HccPipeline.Persistence.Cohort;

namespace HccPipeline.ModelWorker.Cohort;

/// <summary>What a model says of the patients that it was trained on. Pure.</summary>
internal static class TrainingScores
{
    /// <summary>Probabilities of progression in the table's row order, with the values that training filled in where patients lack one.</summary>
    /// <param name="model">The model.</param>
    /// <param name="table">The table that it was trained on.</param>
    public static double[] Of(SubmodelDocument model, CohortSnapshot table)
    {
        double[] scores = new double[table.Patients.Count];
        Array.Fill(scores, model.Logistic.Intercept);
        foreach (PredictorDocument predictor in model.Logistic.Predictors)
        {
            double[] values = table.Column(predictor.Name).ToArray();
            foreach (ImputedCandidate filled in (model.Imputed ?? []).Where(c => c.Name == predictor.Name))
            {
                foreach ((int patient, double value) in filled.Patients.Zip(filled.Values))
                    values[patient - 1] = value;
            }
            for (int i = 0; i < scores.Length; i++)
                scores[i] += predictor.Beta * values[i];
        }
        return Array.ConvertAll(scores, logOdds => 1 / (1 + Math.Exp(-logOdds)));
    }
}
