namespace HccPipeline.Radiomics;

/// <summary>Complex Fourier transforms of lengths that are powers of 2, in place, real and imaginary parts apart.</summary>
internal static class FourierTransform
{
    /// <summary>Transforms a [z,y,x] array along all three axes; the inverse is not divided by the number of values.</summary>
    internal static void InSpace(double[] re, double[] im, int sizeX, int sizeY, int sizeZ, bool inverse)
    {
        Along(re, im, sizeX, 1, sizeY * sizeZ, k => k * sizeX, inverse);
        Along(re, im, sizeY, sizeX, sizeX * sizeZ, k => k / sizeX * sizeX * sizeY + k % sizeX, inverse);
        Along(re, im, sizeZ, sizeX * sizeY, sizeX * sizeY, k => k, inverse);
    }

    private static void Along(double[] re, double[] im, int n, int stride, int lines, Func<int, int> start, bool inverse)
    {
        if (n == 1)
            return;
        (double[] cos, double[] sin) = Roots(n);
        double[] lineRe = new double[n], lineIm = new double[n];
        int[] order = BitReversal(n);
        for (int line = 0; line < lines; line++)
        {
            int at = start(line);
            for (int k = 0; k < n; k++)
            {
                lineRe[order[k]] = re[at + k * stride];
                lineIm[order[k]] = im[at + k * stride];
            }
            Butterflies(lineRe, lineIm, cos, sin, inverse);
            for (int k = 0; k < n; k++)
            {
                re[at + k * stride] = lineRe[k];
                im[at + k * stride] = lineIm[k];
            }
        }
    }

    private static void Butterflies(double[] re, double[] im, double[] cos, double[] sin, bool inverse)
    {
        int n = re.Length;
        for (int half = 1; half < n; half *= 2)
        {
            int step = n / (2 * half);
            for (int block = 0; block < n; block += 2 * half)
            {
                for (int k = 0; k < half; k++)
                {
                    double c = cos[k * step], s = inverse ? sin[k * step] : -sin[k * step];
                    int a = block + k, b = a + half;
                    double tr = re[b] * c - im[b] * s, ti = re[b] * s + im[b] * c;
                    (re[b], im[b]) = (re[a] - tr, im[a] - ti);
                    (re[a], im[a]) = (re[a] + tr, im[a] + ti);
                }
            }
        }
    }

    /// <summary>cos and sin of 2πk/n for k &lt; n/2, by halving angles: square roots only, so that every processor has the same bits.</summary>
    private static (double[] Cos, double[] Sin) Roots(int n)
    {
        double[] cos = new double[n / 2], sin = new double[n / 2];
        cos[0] = 1;
        // Turning by half a circle, then by a quarter, an eighth, …
        double c = -1, s = 0;
        for (int span = n / 2; span >= 1; span /= 2)
        {
            if (span < n / 2)
            {
                for (int k = 0; k < n / 2; k += 2 * span)
                    (cos[k + span], sin[k + span]) = (cos[k] * c - sin[k] * s, cos[k] * s + sin[k] * c);
            }
            (c, s) = (Math.Sqrt((1 + c) / 2), s == 0 ? 1 : s / Math.Sqrt(2 * (1 + c)));
        }
        return (cos, sin);
    }

    private static int[] BitReversal(int n)
    {
        int[] order = new int[n];
        for (int k = 1; k < n; k++)
            order[k] = order[k / 2] / 2 + (k % 2 == 1 ? n / 2 : 0);
        return order;
    }
}
