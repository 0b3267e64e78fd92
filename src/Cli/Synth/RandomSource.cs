using System.Numerics;

namespace HccPipeline.Cli.Synth;

/// <summary>The xoshiro256++ generator: one source for each purpose and patient, so that the registry has the same bytes for any
/// number of threads and on every version of the platform (the sequence of <see cref="Random"/> is no contract).</summary>
/// <remarks>Source: Blackman, Vigna, "Scrambled linear pseudorandom number generators", ACM TOMS 2021; seeded through SplitMix64,
/// as its authors advise. Not for cryptography.</remarks>
public sealed class RandomSource
{
    private ulong _a, _b, _c, _d;

    /// <summary>The stream of one purpose.</summary>
    /// <param name="seed">Seed of the registry.</param>
    /// <param name="purpose">What the numbers are for; different purposes have independent streams.</param>
    /// <param name="index">Number of the patient, candidate or centre within the purpose.</param>
    public RandomSource(ulong seed, RandomPurpose purpose, int index = 0)
    {
        ulong state = seed;
        ulong mixed = SplitMix(ref state) ^ ((ulong)purpose * 0xD1342543DE82EF95UL);
        mixed = SplitMix(ref mixed) ^ ((ulong)index * 0xA0761D6478BD642FUL);
        _a = SplitMix(ref mixed);
        _b = SplitMix(ref mixed);
        _c = SplitMix(ref mixed);
        _d = SplitMix(ref mixed);
    }

    /// <summary>Next 64 bits.</summary>
    public ulong NextBits()
    {
        ulong result = BitOperations.RotateLeft(_a + _d, 23) + _a;
        ulong shifted = _b << 17;
        _c ^= _a;
        _d ^= _b;
        _b ^= _c;
        _a ^= _d;
        _c ^= shifted;
        _d = BitOperations.RotateLeft(_d, 45);
        return result;
    }

    /// <summary>Uniform double in [0, 1) with 53 random bits.</summary>
    public double NextDouble() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform double in [from, to).</summary>
    public double NextBetween(double from, double to) => from + (to - from) * NextDouble();

    /// <summary>Uniform integer in [0, bound); the bias of the multiplication, below 2⁻³², does not matter here.</summary>
    public int NextBelow(int bound) => (int)Math.BigMul(NextBits(), (ulong)bound, out _);

    /// <summary>Standard normal deviate (Box–Muller).</summary>
    public double NextNormal() => Math.Sqrt(-2 * Math.Log(1 - NextDouble())) * Math.Cos(2 * Math.PI * NextDouble());

    /// <summary>Fisher–Yates shuffle in place.</summary>
    public void Shuffle<T>(Span<T> items)
    {
        for (int i = items.Length - 1; i > 0; i--)
        {
            int j = NextBelow(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    private static ulong SplitMix(ref ulong state)
    {
        state += 0x9E3779B97F4A7C15UL;
        ulong z = state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}

/// <summary>What a <see cref="RandomSource"/> is for.</summary>
public enum RandomPurpose
{
    /// <summary>A candidate for the response and its three predictors.</summary>
    Core = 1,

    /// <summary>All other values of the plan.</summary>
    Background = 2,

    /// <summary>A candidate for the survival times.</summary>
    Survival = 3,

    /// <summary>Dates and centres.</summary>
    Calendar = 4,

    /// <summary>The body of one patient.</summary>
    Anatomy = 5,

    /// <summary>Positioning and noise of one visit.</summary>
    Visit = 6,

    /// <summary>The texture that every patient's tissues are cut from.</summary>
    Texture = 7,

    /// <summary>The scanner of one centre.</summary>
    Scanner = 8,

    /// <summary>Unique identifiers.</summary>
    Identifiers = 9,
}
