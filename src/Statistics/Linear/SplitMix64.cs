namespace HccPipeline.Statistics.Linear;

/// <summary>The SplitMix64 generator: a 64-bit counter passed through a mixing function.</summary>
/// <remarks>Own generator because the sequence of <see cref="Random"/> is no contract and a fold assignment must be the same
/// on every version of the platform. Source: Steele, Lea, Flood, "Fast splittable pseudorandom number generators",
/// OOPSLA 2014, with Stafford's mix 13. Not for cryptography.</remarks>
internal struct SplitMix64(ulong seed)
{
    private ulong _state = seed;

    /// <summary>Next 64 bits.</summary>
    public ulong Next()
    {
        _state += 0x9E3779B97F4A7C15UL;
        ulong z = _state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }

    /// <summary>Uniform integer in [0, bound), without modulo bias (Lemire's multiply and reject).</summary>
    public int NextBelow(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bound);
        ulong range = (ulong)bound, threshold = unchecked(0UL - range) % range;
        while (true)
        {
            ulong high = Math.BigMul(Next(), range, out ulong low);
            if (low >= threshold) return (int)high;
        }
    }

    /// <summary>Uniform double in [0, 1) with 53 random bits.</summary>
    public double NextDouble() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Fisher–Yates shuffle in place.</summary>
    public void Shuffle(Span<int> items)
    {
        for (int i = items.Length - 1; i > 0; i--)
        {
            int j = NextBelow(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    /// <summary>An independent stream for task <paramref name="index"/> of a job with this seed, whatever thread runs it.</summary>
    public static SplitMix64 Stream(ulong seed, int index)
    {
        SplitMix64 mixer = new(seed);
        ulong start = mixer.Next();
        SplitMix64 stream = new(start ^ ((ulong)index * 0xD1342543DE82EF95UL));
        return new SplitMix64(stream.Next());
    }
}
