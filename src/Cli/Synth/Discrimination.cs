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
}
