namespace HccPipeline.Radiomics.Voxelwise;

/// <summary>Co-occurrence of all directions of a kernel that slides along the rows of a block.</summary>
internal sealed class SlidingCooccurrence
{
    /// <summary>With more levels the tables, one for each direction, would leave the processor's caches.</summary>
    internal const int MostLevels = 256;

    private readonly int[] _steps;
    private readonly int[][] _all;
    private readonly int[][] _leaving;
    private readonly int[][] _entering;
    private readonly int _farthest;
    private int? _at;

    internal SlidingCooccurrence(KernelBox box, LevelBlock block, int highestLevel, LogCounts log, InverseDifferences inverse)
    {
        int Place(int cell)
        {
            int x = cell % box.SizeX, y = cell / box.SizeX % box.SizeY, z = cell / (box.SizeX * box.SizeY);
            return (z * block.SizeY + y) * block.SizeX + x;
        }
        int[] Places(int direction, Func<int, int, bool> chosen)
        {
            int step = box.Directions[direction].X;
            return [.. box.Pairs[direction].Where(cell => chosen(cell % box.SizeX, cell % box.SizeX + step)).Select(Place)];
        }
        Counts = [.. box.Directions.Select(_ => new SlidingCounts(highestLevel, box.MostPairs, log, inverse))];
        _steps = [.. box.Directions.Select(d => (d.Z * block.SizeY + d.Y) * block.SizeX + d.X)];
        _all = [.. Counts.Select((_, d) => Places(d, (_, _) => true))];
        _leaving = [.. Counts.Select((_, d) => Places(d, (a, b) => Math.Min(a, b) == 0))];
        _entering = [.. Counts.Select((_, d) => Places(d, (a, b) => Math.Max(a, b) == box.SizeX - 1))];
        _farthest = box.RadiusX;
    }

    /// <summary>Whether sliding is less work than counting anew, and its tables are small.</summary>
    internal static bool Pays(KernelBox box, int highestLevel) => box.RadiusX > 1 && highestLevel <= MostLevels;

    /// <summary>Counts direction by direction.</summary>
    internal SlidingCounts[] Counts { get; }

    /// <summary>Goes to the kernel in the window: slides from the one before if that is near, or counts anew.</summary>
    internal void MoveTo(KernelWindow kernel)
    {
        ReadOnlySpan<ushort> levels = kernel.Block.Levels;
        // Rows of the block are farther apart than this by their borders: what is near lies in the same row.
        bool slides = _at is { } last && kernel.FirstCell > last && kernel.FirstCell - last <= _farthest;
        for (int d = 0; d < Counts.Length; d++)
        {
            if (!slides)
            {
                Counts[d].Clear();
                Counts[d].Change(levels, kernel.FirstCell, _all[d], _steps[d], enter: true);
                continue;
            }
            for (int at = _at!.Value; at < kernel.FirstCell; at++)
            {
                Counts[d].Change(levels, at, _leaving[d], _steps[d], enter: false);
                Counts[d].Change(levels, at + 1, _entering[d], _steps[d], enter: true);
            }
        }
        _at = kernel.FirstCell;
    }
}
