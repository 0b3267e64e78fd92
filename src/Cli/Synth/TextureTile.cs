namespace HccPipeline.Cli.Synth;

/// <summary>A periodic cube of smooth noise, mean 0 and standard deviation 1, that every tissue's texture is cut from.</summary>
public sealed class TextureTile
{
    private const int Edge = 64, Mask = Edge - 1, SmoothingPasses = 2;
    private readonly float[] _values = new float[Edge * Edge * Edge];

    /// <summary>The tile of a registry.</summary>
    public TextureTile(int seed)
    {
        RandomSource random = new((ulong)seed, RandomPurpose.Texture);
        for (int i = 0; i < _values.Length; i++)
            _values[i] = (float)random.NextNormal();
        for (int pass = 0; pass < SmoothingPasses; pass++)
        {
            foreach (int stride in (ReadOnlySpan<int>)[1, Edge, Edge * Edge])
                SmoothAlong(stride);
        }
        double mean = _values.Average(v => (double)v), sd = Math.Sqrt(_values.Average(v => (v - mean) * (v - mean)));
        for (int i = 0; i < _values.Length; i++)
            _values[i] = (float)((_values[i] - mean) / sd);
    }

    /// <summary>Value at a position in tile units (neighbouring values are 1 apart), interpolated linearly.</summary>
    public float At(float x, float y, float z)
    {
        float fx = MathF.Floor(x), fy = MathF.Floor(y), fz = MathF.Floor(z);
        float u = x - fx, v = y - fy, w = z - fz;
        int x0 = (int)fx & Mask, x1 = (x0 + 1) & Mask;
        int y0 = ((int)fy & Mask) * Edge, y1 = (((int)fy + 1) & Mask) * Edge;
        int z0 = ((int)fz & Mask) * Edge * Edge, z1 = (((int)fz + 1) & Mask) * Edge * Edge;
        float[] t = _values;
        float near = Mix(Mix(t[z0 + y0 + x0], t[z0 + y0 + x1], u), Mix(t[z0 + y1 + x0], t[z0 + y1 + x1], u), v);
        float far = Mix(Mix(t[z1 + y0 + x0], t[z1 + y0 + x1], u), Mix(t[z1 + y1 + x0], t[z1 + y1 + x1], u), v);
        return Mix(near, far, w);
    }

    private static float Mix(float a, float b, float t) => a + (b - a) * t;

    /// <summary>Binomial smoothing (1, 2, 1) along one axis, around the edge.</summary>
    private void SmoothAlong(int stride)
    {
        Span<float> line = stackalloc float[Edge];
        for (int i = 0; i < _values.Length; i++)
        {
            if (i / stride % Edge != 0) continue;
            for (int k = 0; k < Edge; k++)
                line[k] = _values[i + k * stride];
            for (int k = 0; k < Edge; k++)
                _values[i + k * stride] = 0.25f * line[(k - 1) & Mask] + 0.5f * line[k] + 0.25f * line[(k + 1) & Mask];
        }
    }
}
