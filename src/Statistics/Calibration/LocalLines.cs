namespace HccPipeline.Statistics.Calibration;

/// <summary>The local weighted lines of <see cref="Lowess"/> on sorted abscissae.</summary>
internal sealed class LocalLines(double[] x, double[] y, int span)
{
    private readonly double[] _weights = new double[x.Length];

    /// <summary>Fitted values; points closer than <paramref name="skip"/> to the last fitted one are interpolated.</summary>
    public double[] Smooth(double skip, double[]? robustness)
    {
        int n = x.Length, left = 0, right = span - 1, last = -1, i = 0;
        double[] fitted = new double[n];
        while (true)
        {
            // The window holds the span nearest points: slide it while the point to the right is nearer than the left end.
            while (right < n - 1 && x[i] - x[left] > x[right + 1] - x[i])
            {
                left++;
                right++;
            }
            fitted[i] = Line(i, left, right, robustness) ?? y[i];
            for (int j = last + 1; j < i && last >= 0; j++)
            {
                double share = (x[j] - x[last]) / (x[i] - x[last]);
                fitted[j] = (share * fitted[i]) + ((1 - share) * fitted[last]);
            }
            last = i;
            double limit = x[last] + skip;
            for (i = last + 1; i < n && x[i] <= limit; i++)
            {
                if (x[i] != x[last]) continue;
                fitted[i] = fitted[last];
                last = i;
            }
            if (last + 1 >= n) return fitted;
            i = Math.Max(last + 1, i - 1);
        }
    }

    // Null when every weight vanishes.
    private double? Line(int at, int left, int right, double[]? robustness)
    {
        double range = x[^1] - x[0], centre = x[at];
        double reach = Math.Max(centre - x[left], x[right] - centre);
        double full = 0.001 * reach, none = 0.999 * reach, total = 0;
        int j = left;
        for (; j < x.Length; j++)
        {
            double distance = Math.Abs(x[j] - centre);
            _weights[j] = 0;
            if (distance <= none)
            {
                double u = distance / reach, tricube = 1 - (u * u * u);
                _weights[j] = distance <= full ? 1 : tricube * tricube * tricube;
                if (robustness is not null) _weights[j] *= robustness[j];
                total += _weights[j];
            }
            else if (x[j] > centre) break;
        }
        if (total <= 0) return null;
        int end = j;
        double mean = 0;
        for (j = left; j < end; j++)
        {
            _weights[j] /= total;
            mean += _weights[j] * x[j];
        }
        double offset = centre - mean, spread = 0;
        for (j = left; j < end; j++) spread += _weights[j] * (x[j] - mean) * (x[j] - mean);
        bool sloped = reach > 0 && Math.Sqrt(spread) > 0.001 * range;
        double slope = sloped ? offset / spread : 0, fit = 0;
        for (j = left; j < end; j++) fit += _weights[j] * (1 + (slope * (x[j] - mean))) * y[j];
        return fit;
    }
}
