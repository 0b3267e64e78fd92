using HccPipeline.Statistics.Numerics;

namespace HccPipeline.Statistics.Calibration;

/// <summary>Absolute distance between predictions and a flexible calibration curve.</summary>
/// <param name="Max">Largest (Emax).</param>
/// <param name="Percentile90">90th percentile, type 7 (E90).</param>
/// <param name="Median">Median (E50).</param>
/// <param name="Mean">Mean (Eavg, also called the integrated calibration index).</param>
/// <remarks>Source: Austin and Steyerberg, Stat Med 2019;38:4051–4065.</remarks>
public sealed record CalibrationErrors(double Max, double Percentile90, double Median, double Mean)
{
    /// <summary>Errors of predictions against a curve fitted on them.</summary>
    /// <param name="p">Predicted probabilities.</param>
    /// <param name="curve">Calibration curve of the outcome on <paramref name="p"/>.</param>
    /// <exception cref="ArgumentException">No rows, or a value outside [0, 1] (row named).</exception>
    public static CalibrationErrors Of(ReadOnlySpan<double> p, LowessCurve curve)
    {
        ArgumentNullException.ThrowIfNull(curve);
        Require.Probabilities(p, nameof(p), open: false);
        double[] errors = new double[p.Length];
        double sum = 0;
        for (int i = 0; i < errors.Length; i++)
        {
            errors[i] = Math.Abs(p[i] - curve.At(p[i]));
            sum += errors[i];
        }
        Array.Sort(errors);
        return new CalibrationErrors(errors[^1], Quantiles.Type7(errors, 0.9), Quantiles.Median(errors), sum / errors.Length);
    }
}
