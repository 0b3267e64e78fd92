using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace HccPipeline.Radiomics.Voxelwise;

/// <summary>Which cells of a kernel have a neighbour of their own level, direction by direction, a bit for each cell: runs, zones and
/// dependence are made of these alone, and noisy texture has few.</summary>
internal sealed class EqualNeighbours
{
    private const int CellsAtOnce = 32;
    private readonly int[] _steps;
    private readonly uint[] _hasNeighbour;
    private readonly uint[] _equal;

    internal EqualNeighbours(KernelBox box)
    {
        Words = (box.Cells + CellsAtOnce - 1) / CellsAtOnce;
        _steps = box.Steps;
        _hasNeighbour = new uint[_steps.Length * Words];
        _equal = new uint[_hasNeighbour.Length];
        for (int d = 0; d < _steps.Length; d++)
        {
            foreach (int cell in box.Pairs[d])
                _hasNeighbour[d * Words + cell / CellsAtOnce] |= 1u << (cell % CellsAtOnce);
        }
    }

    /// <summary>Words of 32 cells for each direction.</summary>
    internal int Words { get; }

    /// <summary>Cells, as bits in storage order, whose neighbour along the direction is held and of the same level.</summary>
    internal ReadOnlySpan<uint> Along(int direction) => _equal.AsSpan(direction * Words, Words);

    /// <summary>Room behind the cells of a kernel that is read but does not count.</summary>
    internal static int PaddedCells(KernelBox box) => box.Cells + box.Steps.Max() + 2 * CellsAtOnce;

    /// <summary>Looks at a kernel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Find(KernelWindow kernel)
    {
        ref ushort ids = ref MemoryMarshal.GetReference(kernel.PaddedIds);
        for (int word = 0; word < Words; word++)
        {
            nuint at = (nuint)(word * CellsAtOnce);
            Vector256<ushort> low = Vector256.LoadUnsafe(ref ids, at), high = Vector256.LoadUnsafe(ref ids, at + 16);
            uint held = ~Bits(Vector256.Equals(low, default), Vector256.Equals(high, default));
            for (int d = 0; d < _steps.Length; d++)
            {
                nuint next = at + (nuint)_steps[d];
                Vector256<ushort> nextLow = Vector256.LoadUnsafe(ref ids, next), nextHigh = Vector256.LoadUnsafe(ref ids, next + 16);
                uint equal = Bits(Vector256.Equals(low, nextLow), Vector256.Equals(high, nextHigh));
                int place = d * Words + word;
                _equal[place] = equal & held & _hasNeighbour[place];
            }
        }
    }

    private static uint Bits(Vector256<ushort> low, Vector256<ushort> high) => Vector256.Narrow(low, high).ExtractMostSignificantBits();
}
