namespace HccPipeline.Radiomics;

/// <summary>A recursive filter of fourth order, causal and anticausal, of a Gaussian or its second derivative.</summary>
/// <remarks>h(k) = Σ over two damped oscillations (a cos ωk/σ + b sin ωk/σ)·e^(λk/σ) for k ≥ 0, mirrored. Both oscillations share their
/// frequencies and dampings among the orders, so that all have the same denominator.</remarks>
internal sealed class RecursiveKernel
{
    private const double Omega1 = 0.6681, Lambda1 = -1.3932, Omega2 = 2.0787, Lambda2 = -1.3732;

    private readonly double[] _causal, _anticausal, _denominator;

    private RecursiveKernel(double[] numerator, double[] denominator)
    {
        (_causal, _denominator) = (numerator, denominator);
        _anticausal =
        [
            numerator[1] - denominator[0] * numerator[0], numerator[2] - denominator[1] * numerator[0], numerator[3] - denominator[2] * numerator[0],
            -denominator[3] * numerator[0],
        ];
    }

    /// <summary>Gaussian whose weights add up to 1.</summary>
    /// <param name="sigma">σ, voxels.</param>
    internal static RecursiveKernel Smoothing(double sigma)
    {
        Waves waves = new(sigma);
        double[] n = waves.Numerator(1.3530, 1.8151, -0.3531, 0.0902), d = waves.Denominator();
        double sum = 2 * Moment(n, 0, 0) / Moment(d, 1, 0) - n[0];
        return new([.. n.Select(w => w * (1 / sum))], d);
    }

    /// <summary>Second derivative: 0 for a constant, 2 · factor for k².</summary>
    /// <param name="sigma">σ, voxels.</param>
    /// <param name="factor">Factor.</param>
    internal static RecursiveKernel SecondDerivative(double sigma, double factor)
    {
        Waves waves = new(sigma);
        double[] plain = waves.Numerator(1.3530, 1.8151, -0.3531, 0.0902), curved = waves.Numerator(-1.3563, 5.2318, 0.3446, -2.2355);
        double[] d = waves.Denominator();
        double d0 = Moment(d, 1, 0), d1 = MomentFromOne(d, 1), d2 = MomentFromOne(d, 2);
        double mix = -(2 * Moment(curved, 0, 0) - d0 * curved[0]) / (2 * Moment(plain, 0, 0) - d0 * plain[0]);
        double[] n = [.. curved.Zip(plain, (c, p) => c + mix * p)];
        double n0 = Moment(n, 0, 0), n1 = Moment(n, 0, 1), n2 = Moment(n, 0, 2);
        double scale = (n2 * d0 * d0 - d2 * n0 * d0 - 2 * n1 * d1 * d0 + 2 * d1 * d1 * n0) / (d0 * d0 * d0);
        return new([.. n.Select(w => w * (factor / scale))], d);
    }

    /// <summary>Filters a line of four or more values; beyond its ends it continues by its last value.</summary>
    /// <param name="line">Values.</param>
    /// <param name="result">Result.</param>
    /// <param name="back">Room for the anticausal part.</param>
    internal void Filter(ReadOnlySpan<double> line, Span<double> result, Span<double> back)
    {
        double[] n = _causal, m = _anticausal, d = _denominator;
        int last = line.Length - 1;
        double total = 1 + d[0] + d[1] + d[2] + d[3], first = line[0], end = line[last];
        // What the filter has settled to on a constant before the line begins.
        double steady = first * (n[0] + n[1] + n[2] + n[3]) / total, steadyBack = end * (m[0] + m[1] + m[2] + m[3]) / total;
        for (int i = 0; i <= last; i++)
        {
            double x1 = i > 0 ? line[i - 1] : first, x2 = i > 1 ? line[i - 2] : first, x3 = i > 2 ? line[i - 3] : first;
            double y1 = i > 0 ? result[i - 1] : steady, y2 = i > 1 ? result[i - 2] : steady, y3 = i > 2 ? result[i - 3] : steady, y4 = i > 3 ? result[i - 4] : steady;
            result[i] = line[i] * n[0] + x1 * n[1] + x2 * n[2] + x3 * n[3] - (y1 * d[0] + y2 * d[1] + y3 * d[2] + y4 * d[3]);
        }
        for (int i = last; i >= 0; i--)
        {
            double x1 = i < last ? line[i + 1] : end, x2 = i + 1 < last ? line[i + 2] : end, x3 = i + 2 < last ? line[i + 3] : end, x4 = i + 3 < last ? line[i + 4] : end;
            double y1 = i < last ? back[i + 1] : steadyBack, y2 = i + 1 < last ? back[i + 2] : steadyBack;
            double y3 = i + 2 < last ? back[i + 3] : steadyBack, y4 = i + 3 < last ? back[i + 4] : steadyBack;
            back[i] = x1 * m[0] + x2 * m[1] + x3 * m[2] + x4 * m[3] - (y1 * d[0] + y2 * d[1] + y3 * d[2] + y4 * d[3]);
        }
        for (int i = 0; i <= last; i++)
            result[i] += back[i];
    }

    /// <summary>Σ kᵖ·w(k), k from 0 on, and a leading coefficient.</summary>
    private static double Moment(double[] w, double leading, int power) => power switch
    {
        0 => leading + w[0] + w[1] + w[2] + w[3],
        1 => w[1] + 2 * w[2] + 3 * w[3],
        _ => w[1] + 4 * w[2] + 9 * w[3],
    };

    /// <summary>Σ kᵖ·w(k − 1), k from 1 on.</summary>
    private static double MomentFromOne(double[] w, int power) =>
        power == 1 ? w[0] + 2 * w[1] + 3 * w[2] + 4 * w[3] : w[0] + 4 * w[1] + 9 * w[2] + 16 * w[3];

    /// <summary>The two oscillations at one voxel's step.</summary>
    private readonly struct Waves
    {
        private readonly double _sin1, _cos1, _exp1, _sin2, _cos2, _exp2;

        internal Waves(double sigma)
        {
            (_sin1, _cos1) = PortableMath.SinCos(Omega1 / sigma / (2 * Math.PI));
            (_sin2, _cos2) = PortableMath.SinCos(Omega2 / sigma / (2 * Math.PI));
            (_exp1, _exp2) = (PortableMath.Exp(Lambda1 / sigma), PortableMath.Exp(Lambda2 / sigma));
        }

        /// <summary>Coefficients of the z-transform's numerator, z⁰ to z⁻³.</summary>
        internal double[] Numerator(double a1, double b1, double a2, double b2) =>
        [
            a1 + a2,
            _exp2 * (b2 * _sin2 - (a2 + 2 * a1) * _cos2) + _exp1 * (b1 * _sin1 - (a1 + 2 * a2) * _cos1),
            2 * _exp1 * _exp2 * ((a1 + a2) * _cos2 * _cos1 - b1 * _cos2 * _sin1 - b2 * _cos1 * _sin2) + a2 * _exp1 * _exp1 + a1 * _exp2 * _exp2,
            _exp2 * _exp1 * _exp1 * (b2 * _sin2 - a2 * _cos2) + _exp1 * _exp2 * _exp2 * (b1 * _sin1 - a1 * _cos1),
        ];

        /// <summary>Coefficients of its denominator, z⁻¹ to z⁻⁴; that of z⁰ is 1.</summary>
        internal double[] Denominator() =>
        [
            -2 * (_exp2 * _cos2 + _exp1 * _cos1),
            4 * _cos2 * _cos1 * _exp1 * _exp2 + _exp1 * _exp1 + _exp2 * _exp2,
            -2 * _cos1 * _exp1 * _exp2 * _exp2 - 2 * _cos2 * _exp2 * _exp1 * _exp1,
            _exp1 * _exp1 * _exp2 * _exp2,
        ];
    }
}
