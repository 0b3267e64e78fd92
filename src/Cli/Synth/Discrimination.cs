namespace HccPipeline.Cli.Synth;

/// <summary>Apparent areas under the ROC curve of the three models of the study.</summary>
/// <param name="Imaging">Logistic model of post-treatment T2 SIR and ADC mean.</param>
/// <param name="Clinical">Logistic model of NLR.</param>
/// <param name="Combined">Logistic model of all three.</param>
public sealed record Discrimination(double Imaging, double Clinical, double Combined)
{
    /// <summary>The published areas.</summary>
    public static Discrimination Published { get; } = new(0.751, 0.614, 0.811);

    /// <summary>Largest absolute difference to other areas.</summary>
    public double DistanceTo(Discrimination other) => Math.Max(
        Math.Abs(Imaging - other.Imaging), Math.Max(Math.Abs(Clinical - other.Clinical), Math.Abs(Combined - other.Combined)));

    /// <summary>The probability that a patient with progression scores higher than one without; ties count half.</summary>
    /// <param name="y">Outcome, 1 for progression; both outcomes occur.</param>
    /// <param name="score">Score of each patient.</param>
    internal static double Auc(ReadOnlySpan<int> y, ReadOnlySpan<double> score)
    {
        double wins = 0;
        int cases = 0;
        for (int i = 0; i < y.Length; i++)
        {
            if (y[i] == 0) continue;
            cases++;
            for (int j = 0; j < y.Length; j++)
            {
                if (y[j] == 0)
                    wins += score[i] > score[j] ? 1 : score[i] == score[j] ? 0.5 : 0;
            }
        }
        return wins / ((double)cases * (y.Length - cases));
    }
}
