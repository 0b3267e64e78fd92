using HccPipeline.Contracts.Models;
using HccPipeline.Persistence.Cohort;

namespace HccPipeline.ModelWorker.Cohort;

/// <summary>How far the probabilities of the patients who stay move when others are left out of training.</summary>
public sealed record ScoreShift
{
    /// <summary>Patients in both.</summary>
    public required int Patients { get; init; }

    /// <summary>Mean of the absolute differences; 0 where nobody stays.</summary>
    public required double MeanAbsolute { get; init; }

    /// <summary>Largest absolute difference.</summary>
    public required double Largest { get; init; }

    /// <summary>Whose it is, the first in ordinal order; null where no probability moves.</summary>
    public required string? LargestPseudonym { get; init; }

    /// <summary>Patients who change between low and high risk, each model with its own threshold.</summary>
    public required int RiskGroupChanges { get; init; }

    internal static ScoreShift Of(SubmodelDocument before, CohortSnapshot beforeTable, SubmodelDocument after, CohortSnapshot afterTable)
    {
        Dictionary<string, double> old = beforeTable.Patients.Zip(TrainingScores.Of(before, beforeTable)).ToDictionary(p => p.First.Pseudonym, p => p.Second, StringComparer.Ordinal);
        double[] now = TrainingScores.Of(after, afterTable);
        double sum = 0, largest = 0;
        string? whose = null;
        int changes = 0;
        for (int i = 0; i < now.Length; i++)
        {
            string pseudonym = afterTable.Patients[i].Pseudonym;
            double difference = Math.Abs(now[i] - old[pseudonym]);
            sum += difference;
            if (difference > largest)
                (largest, whose) = (difference, pseudonym);
            if (now[i] >= after.Metrics.RiskThreshold != old[pseudonym] >= before.Metrics.RiskThreshold)
                changes++;
        }
        return new()
        {
            Patients = now.Length,
            MeanAbsolute = now.Length == 0 ? 0 : sum / now.Length,
            Largest = largest,
            LargestPseudonym = whose,
            RiskGroupChanges = changes,
        };
    }
}
