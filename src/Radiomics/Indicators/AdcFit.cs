using HccPipeline.Imaging;

namespace HccPipeline.Radiomics;

/// <summary>How the mono-exponential model ln S = ln S₀ − b·ADC is fitted.</summary>
public enum AdcMethod
{
    /// <summary>Least squares on ln S, every b-value with the same weight.</summary>
    LogLinear,

    /// <summary>Least squares on ln S weighted by S² (the variance of ln S is σ²/S²): first with measured, then once more with fitted signals.</summary>
    WeightedLeastSquares,
}

/// <summary>Choices of an ADC fit.</summary>
public sealed record AdcFitOptions
{
    /// <summary>Fitting method.</summary>
    public AdcMethod Method { get; init; } = AdcMethod.LogLinear;

    /// <summary>Signals at or below this value, a.u., are noise and left out of their voxel's fit.</summary>
    public float NoiseFloor { get; init; }

    /// <summary>b-values below this one, s/mm², are left out (100 leaves out most of the perfusion effect).</summary>
    public double LowestBValue { get; init; }
}

/// <summary>Diffusion images of one b-value.</summary>
/// <param name="BValue">Diffusion weighting, s/mm².</param>
/// <param name="Signal">Signal, a.u.</param>
public sealed record DiffusionVolume(double BValue, Volume<float> Signal);

/// <summary>ADC voxel by voxel from any set of two or more b-values.</summary>
public static class AdcFit
{
    /// <summary>Fits every voxel.</summary>
    /// <param name="series">One volume per b-value (or repeated measurements of one), all on the same grid.</param>
    /// <param name="options">Method, noise floor, lowest b-value.</param>
    /// <exception cref="ArgumentException">Fewer than two different b-values, a b-value that is negative, or different grids.</exception>
    public static AdcMap Fit(IReadOnlyList<DiffusionVolume> series, AdcFitOptions options)
    {
        DiffusionVolume[] used = [.. series.Where(s => !(s.BValue < options.LowestBValue)).OrderBy(s => s.BValue)];
        if (Array.Find(used, s => !(s.BValue >= 0 && double.IsFinite(s.BValue))) is { } bad)
            throw new ArgumentException($"A b-value of {bad.BValue} s/mm² is impossible.", nameof(series));
        double[] b = [.. used.Select(s => s.BValue)];
        if (b.Distinct().Count() < 2)
        {
            throw new ArgumentException(
                $"An ADC needs two different b-values; there is [{string.Join(", ", b)}] at or above {options.LowestBValue} s/mm².", nameof(series));
        }
        Geometry grid = used[0].Signal.Geometry;
        foreach (DiffusionVolume s in used)
            Mask.RequireSameGrid(grid, s.Signal.Geometry);

        Volume<float> adc = new(grid), s0 = new(grid);
        Volume<byte> fitted = new(grid);
        Span<double> signal = stackalloc double[b.Length];
        VoxelFit fit = new(b, options);
        int fits = 0;
        for (int i = 0; i < grid.VoxelCount; i++)
        {
            for (int k = 0; k < used.Length; k++)
                signal[k] = used[k].Signal.Voxels[i];
            (double slope, double lnS0) = fit.Solve(signal);
            // A rising signal has no diffusion coefficient: no fit, as where too few signals stand above the noise.
            bool good = slope >= 0;
            fits += good ? 1 : 0;
            fitted.Voxels[i] = good ? (byte)1 : (byte)0;
            adc.Voxels[i] = good ? (float)(slope * 1000) : float.NaN;
            s0.Voxels[i] = good ? (float)PortableMath.Exp(lnS0) : float.NaN;
        }
        return new(adc, s0, fitted, b, options, fits, grid.VoxelCount - fits);
    }

    /// <summary>Weighted straight lines through (b, ln S), scratch space reused from voxel to voxel.</summary>
    private sealed class VoxelFit(double[] b, AdcFitOptions options)
    {
        private readonly double[] _weight = new double[b.Length];
        private readonly double[] _lnSignal = new double[b.Length];

        /// <returns>ADC in mm²/s (NaN where fewer than two different b-values remain) and ln S₀.</returns>
        internal (double Adc, double LnS0) Solve(ReadOnlySpan<double> signal)
        {
            bool weighted = options.Method == AdcMethod.WeightedLeastSquares;
            for (int k = 0; k < b.Length; k++)
            {
                bool usable = signal[k] > Math.Max(0, options.NoiseFloor) && double.IsFinite(signal[k]);
                _weight[k] = !usable ? 0 : weighted ? signal[k] * signal[k] : 1;
                _lnSignal[k] = usable ? PortableMath.Log(signal[k]) : 0;
            }
            (double adc, double lnS0) = Line();
            if (!weighted || double.IsNaN(adc))
                return (adc, lnS0);
            for (int k = 0; k < b.Length; k++)
                _weight[k] = _weight[k] == 0 ? 0 : PortableMath.Exp(2 * (lnS0 - b[k] * adc));
            return Line();
        }

        private (double Adc, double LnS0) Line()
        {
            double w = 0, meanB = 0, meanY = 0;
            for (int k = 0; k < b.Length; k++)
            {
                w += _weight[k];
                meanB += _weight[k] * b[k];
                meanY += _weight[k] * _lnSignal[k];
            }
            meanB /= w;
            meanY /= w;
            double sbb = 0, sby = 0;
            for (int k = 0; k < b.Length; k++)
            {
                double d = b[k] - meanB;
                sbb += _weight[k] * d * d;
                sby += _weight[k] * d * (_lnSignal[k] - meanY);
            }
            if (!(sbb > 0) || !DifferentBValues())
                return (double.NaN, double.NaN);
            double adc = -sby / sbb;
            return (adc, meanY + adc * meanB);
        }

        private bool DifferentBValues()
        {
            double first = double.NaN;
            for (int k = 0; k < b.Length; k++)
            {
                if (_weight[k] == 0)
                    continue;
                if (double.IsNaN(first))
                    first = b[k];
                else if (b[k] != first)
                    return true;
            }
            return false;
        }
    }
}
