using System.Runtime.CompilerServices;

namespace HccPipeline.Radiomics.Voxelwise;

/// <summary>What one kernel holds, gathered from its block: levels with numbers 1…n in the order in which they occur, and intensities.</summary>
internal sealed class KernelWindow
{
    private readonly LevelBlock _block;
    private readonly KernelBox _box;
    private readonly ushort[] _idOfLevel;
    private readonly ushort[] _ids;
    private readonly int[] _levels;
    private readonly int[] _levelOfId;
    private readonly int[] _countOfId;
    private readonly float[] _intensities;

    internal KernelWindow(LevelBlock block, KernelBox box, int highestLevel)
    {
        _block = block;
        _box = box;
        _idOfLevel = new ushort[highestLevel + 1];
        _ids = new ushort[EqualNeighbours.PaddedCells(box)];
        _levels = new int[box.Cells];
        int most = MostLevels(box, highestLevel);
        _levelOfId = new int[most + 1];
        _countOfId = new int[most + 1];
        _intensities = new float[box.Cells];
    }

    /// <summary>Most different levels that a kernel can hold.</summary>
    internal static int MostLevels(KernelBox box, int highestLevel) => Math.Min(box.Cells, highestLevel);

    /// <summary>The block from which kernels are gathered, and the cell of it that is the kernel's first.</summary>
    internal LevelBlock Block => _block;
    internal int FirstCell { get; private set; }

    /// <summary>Number of voxels held.</summary>
    internal int Count { get; private set; }

    /// <summary>Number of different levels held; their numbers run from 1 to it.</summary>
    internal int LevelCount { get; private set; }

    /// <summary>Whether every cell of the box is held.</summary>
    internal bool IsFull => Count == _box.Cells;

    /// <summary>Number of the level of each cell; 0 where none is held.</summary>
    internal ReadOnlySpan<ushort> Ids => _ids.AsSpan(0, _levels.Length);

    /// <summary>The same with zeros behind, so that vectors of cells and their neighbours can be read.</summary>
    internal ReadOnlySpan<ushort> PaddedIds => _ids;

    /// <summary>Level of each cell; 0 where none is held.</summary>
    internal ReadOnlySpan<int> Levels => _levels;

    /// <summary>Level by number.</summary>
    internal ReadOnlySpan<int> LevelOfId => _levelOfId;

    /// <summary>Voxels of each level by its number.</summary>
    internal ReadOnlySpan<int> CountOfId => _countOfId;

    /// <summary>Intensities of the voxels held, in storage order.</summary>
    internal ReadOnlySpan<float> Intensities => _intensities.AsSpan(0, Count);

    /// <summary>Gathers the kernel whose voxel is (x, y, z) of the core.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void MoveTo(int x, int y, int z)
    {
        for (int id = 1; id <= LevelCount; id++)
            _idOfLevel[_levelOfId[id]] = 0;
        FirstCell = (z * _block.SizeY + y) * _block.SizeX + x;
        int cell = 0, count = 0, levels = 0;
        for (int dz = 0; dz < _box.SizeZ; dz++)
        {
            for (int dy = 0; dy < _box.SizeY; dy++)
            {
                int from = ((z + dz) * _block.SizeY + y + dy) * _block.SizeX + x;
                ReadOnlySpan<ushort> row = _block.Levels.Slice(from, _box.SizeX);
                ReadOnlySpan<float> values = _block.Intensities.Slice(from, row.Length);
                for (int k = 0; k < row.Length; k++, cell++)
                {
                    int level = row[k], id = 0;
                    if (level != 0)
                    {
                        id = _idOfLevel[level];
                        if (id == 0)
                        {
                            id = ++levels;
                            _idOfLevel[level] = (ushort)id;
                            _levelOfId[id] = level;
                            _countOfId[id] = 0;
                        }
                        _countOfId[id]++;
                        _intensities[count++] = values[k];
                    }
                    _ids[cell] = (ushort)id;
                    _levels[cell] = level;
                }
            }
        }
        (Count, LevelCount) = (count, levels);
    }
}
