using System.Runtime.InteropServices;

namespace HccPipeline.Radiomics;

/// <summary>Ascending sort of floats in linear time: three passes of 11 bits over an order-preserving integer key.</summary>
internal static class RadixSort
{
    private const int Bits = 11, Buckets = 1 << Bits, Passes = 3, SmallEnough = 2_000;

    internal static void Ascending(Span<float> values)
    {
        if (values.Length < SmallEnough)
        {
            values.Sort();
            return;
        }
        using Rented<uint> first = new(values.Length), second = new(values.Length);
        Span<uint> from = first.Span, to = second.Span;
        ReadOnlySpan<uint> raw = MemoryMarshal.Cast<float, uint>(values);
        int[] starts = new int[Passes * Buckets];
        for (int i = 0; i < raw.Length; i++)
        {
            // A set sign bit reverses the order: flip all bits of negatives, only the sign of the rest.
            uint key = raw[i] ^ ((uint)((int)raw[i] >> 31) | 0x8000_0000u);
            from[i] = key;
            for (int pass = 0; pass < Passes; pass++)
                starts[pass * Buckets + Digit(key, pass)]++;
        }
        for (int pass = 0; pass < Passes; pass++)
        {
            Span<int> start = starts.AsSpan(pass * Buckets, Buckets);
            int total = 0;
            foreach (ref int bucket in start)
                (bucket, total) = (total, total + bucket);
            foreach (uint key in from)
                to[start[Digit(key, pass)]++] = key;
            Span<uint> swap = from;
            from = to;
            to = swap;
        }
        Span<uint> sorted = MemoryMarshal.Cast<float, uint>(values);
        for (int i = 0; i < sorted.Length; i++)
            sorted[i] = (from[i] & 0x8000_0000u) != 0 ? from[i] ^ 0x8000_0000u : ~from[i];
    }

    private static int Digit(uint key, int pass) => (int)(key >> (pass * Bits)) & (Buckets - 1);
}
