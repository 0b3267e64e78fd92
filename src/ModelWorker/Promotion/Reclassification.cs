using MathNet.Numerics.Distributions;

namespace HccPipeline.ModelWorker.Promotion;

/// <summary>How patients move between risks when one model takes the place of another.</summary>
/// <param name="EventsUp">Patients with the event who move up a risk group.</param>
/// <param name="EventsDown">Who move down.</param>
/// <param name="NonEventsUp">Patients without the event who move up.</param>
/// <param name="NonEventsDown">Who move down.</param>
/// <param name="NetReclassification">Net reclassification improvement: (up − down) of those with the event as a share of them, plus (down − up) of
/// those without as a share of them.</param>
/// <param name="NetReclassificationP">Its p-value, two-sided.</param>
/// <param name="IntegratedDiscrimination">Integrated discrimination improvement: gain in mean probability of those with the event minus that of those
/// without.</param>
/// <param name="IntegratedDiscriminationP">Its p-value, two-sided.</param>
/// <remarks>Source: Pencina, D'Agostino, D'Agostino and Vasan, Stat Med 2008;27:157–172.</remarks>
public sealed record Reclassification(
    int EventsUp,
    int EventsDown,
    int NonEventsUp,
    int NonEventsDown,
    double NetReclassification,
    double NetReclassificationP,
    double IntegratedDiscrimination,
    double IntegratedDiscriminationP)
{
    /// <summary>Computes both measures.</summary>
    /// <param name="before">Probabilities by the model in use.</param>
    /// <param name="after">Probabilities by the new model, same patients.</param>
    /// <param name="y">Outcomes, 1 or 0; at least two of each.</param>
    /// <param name="threshold">Probability at and above which the risk is high.</param>
    public static Reclassification Compute(ReadOnlySpan<double> before, ReadOnlySpan<double> after, ReadOnlySpan<double> y, double threshold)
    {
        int[] up = [0, 0], down = [0, 0], n = [0, 0];
        double[] sum = [0, 0], squares = [0, 0];
        for (int i = 0; i < y.Length; i++)
        {
            int c = y[i] == 1 ? 1 : 0;
            n[c]++;
            if (after[i] >= threshold && before[i] < threshold) up[c]++;
            if (after[i] < threshold && before[i] >= threshold) down[c]++;
            sum[c] += after[i] - before[i];
        }
        double[] mean = [sum[0] / n[0], sum[1] / n[1]];
        for (int i = 0; i < y.Length; i++)
        {
            int c = y[i] == 1 ? 1 : 0;
            double d = after[i] - before[i] - mean[c];
            squares[c] += d * d;
        }
        double nri = ((up[1] - down[1]) / (double)n[1]) + ((down[0] - up[0]) / (double)n[0]);
        double nriVariance = ((up[1] + down[1]) / Math.Pow(n[1], 2)) + ((up[0] + down[0]) / Math.Pow(n[0], 2));
        double idi = mean[1] - mean[0];
        double idiVariance = (squares[1] / (n[1] - 1.0) / n[1]) + (squares[0] / (n[0] - 1.0) / n[0]);
        return new(up[1], down[1], up[0], down[0], nri, TwoSided(nri, nriVariance), idi, TwoSided(idi, idiVariance));
    }

    private static double TwoSided(double estimate, double variance) =>
        variance > 0 ? 2 * Normal.CDF(0, 1, -Math.Abs(estimate) / Math.Sqrt(variance)) : estimate == 0 ? 1 : 0;
}
