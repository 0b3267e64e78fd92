using System.Buffers;

namespace HccPipeline.Radiomics;

/// <summary>Working memory from the shared pool, given back when disposed. Arrays of a case's size would each be a large object, whose
/// collection stops every thread and whose pages the system must clear again.</summary>
/// <typeparam name="T">Type of the entries.</typeparam>
internal readonly struct Rented<T> : IDisposable where T : unmanaged
{
    /// <summary>Longer arrays are rare, and what the pool rounds up to and keeps would be felt: they are made and left to the collector.</summary>
    private const int LongestKept = 1 << 22;

    private readonly T[] _array;
    private readonly int _length;

    /// <param name="length">Number of entries; what they hold is left over from others.</param>
    internal Rented(int length)
    {
        _array = length <= LongestKept ? ArrayPool<T>.Shared.Rent(length) : GC.AllocateUninitializedArray<T>(length);
        _length = length;
    }

    /// <summary>The entries.</summary>
    internal Span<T> Span => _array.AsSpan(0, _length);

    /// <summary>Gives the memory back.</summary>
    public void Dispose()
    {
        if (_length <= LongestKept)
            ArrayPool<T>.Shared.Return(_array);
    }
}
