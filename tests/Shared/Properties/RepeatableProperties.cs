using CsCheck;

namespace HccPipeline;

/// <summary>Checks a property on values that are the same in every run.</summary>
/// <remarks>CsCheck's own <c>Sample</c> takes a seed for the first value only and draws the others from the clock. These methods carry its
/// name and stand in the namespace around all tests, where the compiler finds them before it looks at <c>using CsCheck</c>: so every property
/// of every test project is repeatable without saying so. <c>CsCheck_Seed</c> starts elsewhere and <c>CsCheck_Iter</c> draws more.</remarks>
internal static class RepeatableProperties
{
    private const uint Stream = 1;
    private const ulong Start = 20_260_101;

    /// <summary>Draws values one after the other and asserts on each; the message of a failure holds the smallest counterexample that
    /// CsCheck finds from there.</summary>
    /// <param name="values">What is drawn.</param>
    /// <param name="assert">The property.</param>
    /// <param name="seed">Where to start, as CsCheck prints it; null for the same start everywhere.</param>
    /// <param name="iter">How many values; -1 for CsCheck's default.</param>
    public static void Sample<T>(this Gen<T> values, Action<T> assert, string? seed = null, long iter = -1)
    {
        PCG random = (seed ?? Check.Seed) is { } start ? PCG.Parse(start) : new PCG(Stream, Start);
        long count = iter < 0 ? Check.Iter : iter;
        for (long i = 0; i < count; i++)
        {
            string here = random.ToString();
            T value = values.Generate(random, null, out _);
            try
            {
                assert(value);
            }
            catch (Exception e)
            {
                // Shrinks, and throws what it found.
                Check.Sample(values, assert, seed: here);
                throw new InvalidOperationException($"Failed on value {i + 1}, seed {here}, but not when tried again: {Check.Print(value)}", e);
            }
        }
    }

    /// <inheritdoc cref="Sample{T}(Gen{T}, Action{T}, string, long)"/>
    public static void Sample<T1, T2>(this Gen<(T1, T2)> values, Action<T1, T2> assert, string? seed = null, long iter = -1) =>
        values.Sample(v => assert(v.Item1, v.Item2), seed, iter);

    /// <inheritdoc cref="Sample{T}(Gen{T}, Action{T}, string, long)"/>
    public static void Sample<T1, T2, T3>(this Gen<(T1, T2, T3)> values, Action<T1, T2, T3> assert, string? seed = null, long iter = -1) =>
        values.Sample(v => assert(v.Item1, v.Item2, v.Item3), seed, iter);
}
