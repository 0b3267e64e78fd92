using System.Runtime.InteropServices;

namespace HccPipeline.Statistics.Numerics;

/// <summary>Stable ascending sort of finite doubles, by radix for long columns: O(n), several times faster than comparing at n = 10⁵.</summary>
/// <remarks>Least significant digit first over 11-bit digits of the order-preserving bit pattern (Knuth, TAOCP 3, 5.2.5). A digit that is the
/// same in every key is skipped. −0 sorts as 0.</remarks>
internal static class StableSort
{
    private const int RadixFrom = 1024;
    private const int Bits = 11;
    private const int Buckets = 1 << Bits;
    private const int Digits = 6;
    private const ulong SignBit = 1UL << 63;

    /// <summary>Sorts in place.</summary>
    public static void Sort(double[] keys)
    {
        if (keys.Length < RadixFrom)
        {
            Array.Sort(keys);
            return;
        }
        ulong[] from = Encode(keys), to = new ulong[keys.Length];
        int[] counts = Count(from);
        for (int digit = 0; digit < Digits; digit++)
        {
            if (!Offsets(counts.AsSpan(digit * Buckets, Buckets), keys.Length)) continue;
            Span<int> at = counts.AsSpan(digit * Buckets, Buckets);
            foreach (ulong key in from) to[at[Digit(key, digit)]++] = key;
            (from, to) = (to, from);
        }
        Decode(from, keys);
    }

    /// <summary>Sorts in place and returns the original position of each sorted key; equal keys keep their order.</summary>
    public static int[] SortWithOrder(double[] keys)
    {
        int[] order = new int[keys.Length];
        for (int i = 0; i < order.Length; i++) order[i] = i;
        if (keys.Length < RadixFrom)
        {
            Array.Sort(keys, order);
            RestoreTies(keys, order);
            return order;
        }
        ulong[] from = Encode(keys), to = new ulong[keys.Length];
        int[] orderTo = new int[keys.Length], counts = Count(from);
        for (int digit = 0; digit < Digits; digit++)
        {
            if (!Offsets(counts.AsSpan(digit * Buckets, Buckets), keys.Length)) continue;
            Span<int> at = counts.AsSpan(digit * Buckets, Buckets);
            for (int i = 0; i < from.Length; i++)
            {
                int place = at[Digit(from[i], digit)]++;
                to[place] = from[i];
                orderTo[place] = order[i];
            }
            (from, to) = (to, from);
            (order, orderTo) = (orderTo, order);
        }
        Decode(from, keys);
        return order;
    }

    private static void RestoreTies(double[] keys, int[] order)
    {
        for (int start = 0; start < keys.Length;)
        {
            int end = start + 1;
            while (end < keys.Length && keys[end] == keys[start]) end++;
            if (end - start > 1) order.AsSpan(start, end - start).Sort();
            start = end;
        }
    }

    // Bit patterns of doubles sort as integers once the sign bit of positives and every bit of negatives is flipped.
    private static ulong[] Encode(double[] keys)
    {
        ulong[] codes = new ulong[keys.Length];
        for (int i = 0; i < keys.Length; i++)
        {
            ulong bits = BitConverter.DoubleToUInt64Bits(keys[i] + 0.0);
            codes[i] = (bits & SignBit) != 0 ? ~bits : bits | SignBit;
        }
        return codes;
    }

    private static void Decode(ulong[] codes, double[] keys)
    {
        Span<ulong> bits = MemoryMarshal.Cast<double, ulong>(keys.AsSpan());
        for (int i = 0; i < codes.Length; i++) bits[i] = (codes[i] & SignBit) != 0 ? codes[i] & ~SignBit : ~codes[i];
    }

    private static int Digit(ulong key, int digit) => (int)(key >> (digit * Bits)) & (Buckets - 1);

    private static int[] Count(ulong[] keys)
    {
        int[] counts = new int[Digits * Buckets];
        foreach (ulong key in keys)
        {
            for (int digit = 0; digit < Digits; digit++) counts[(digit * Buckets) + Digit(key, digit)]++;
        }
        return counts;
    }

    // Turns counts into first positions; false when all keys share the digit.
    private static bool Offsets(Span<int> counts, int n)
    {
        int sum = 0;
        for (int b = 0; b < counts.Length; b++)
        {
            if (counts[b] == n) return false;
            (counts[b], sum) = (sum, sum + counts[b]);
        }
        return true;
    }
}
