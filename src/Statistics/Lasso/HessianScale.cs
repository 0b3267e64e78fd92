namespace HccPipeline.Statistics.Lasso;

/// <summary>The factor that brings an old Hessian to the present.</summary>
/// <remarks>As a fit saturates, the curvature of all rows falls; the ratio of their sums then and now says by how much. What
/// that ratio misses in the directions that matter is measured on the last step, as in a self-scaling secant method: Oren and
/// Luenberger (1974), Management Science 20(5).</remarks>
internal sealed class HessianScale
{
    private const double Smallest = 0.05;

    private double _ratio = 1;
    private double _correction = 1;
    private double _slope, _modelled;

    /// <summary>What to multiply the old Hessian by.</summary>
    public double Value { get; private set; } = 1;

    /// <summary>The Hessian is new.</summary>
    public void Renew()
    {
        _correction = 1;
        _modelled = 0;
    }

    /// <summary>A step is taken.</summary>
    /// <param name="slope">Slope of the log-likelihood along it, at its start.</param>
    /// <param name="modelled">Its curvature by the unscaled Hessian.</param>
    public void Begin(double slope, double modelled) => (_slope, _modelled) = (slope, modelled);

    /// <summary>The step was changed: it says nothing about the curvature.</summary>
    public void Forget() => _modelled = 0;

    /// <summary>Sets the scale at the end of a step.</summary>
    /// <param name="slope">Slope along the step, at its end.</param>
    /// <param name="ratio">Sum of the curvatures now over their sum when the Hessian was new.</param>
    public void End(double slope, double ratio)
    {
        if (_modelled > 0) _correction = Clamp((_slope - slope) / _modelled / _ratio);
        _modelled = 0;
        _ratio = ratio;
        Value = Clamp(ratio * _correction);
    }

    private static double Clamp(double scale) => Math.Clamp(scale, Smallest, 1 / Smallest);
}
