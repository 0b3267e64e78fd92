namespace HccPipeline.Statistics.Numerics;

/// <summary>Independent random streams numbered 0, 1, … under one seed, so that replicate b draws the same numbers
/// whichever thread computes it.</summary>
internal static class SeededStreams
{
    /// <summary>The stream of replicate <paramref name="index"/>; the seed and index are mixed by SplitMix64
    /// (Steele, Lea and Flood, OOPSLA 2014), so that neighbours share nothing.</summary>
    public static Random Stream(int seed, int index)
    {
        ulong z = ((ulong)(uint)seed << 32) | (uint)index;
        z += 0x9E3779B97F4A7C15UL;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return new Random((int)((z ^ (z >> 31)) & 0x7FFFFFFF));
    }
}
