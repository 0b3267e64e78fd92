using HccPipeline.Imaging;

namespace HccPipeline.Radiomics;

/// <summary>A region's grey levels on their grid, cut to its box with empty voxels around, so that neighbours need no bounds check.</summary>
/// <remarks>Cells hold ranks: 0 outside, else the place of the level among those present. Matrices thus grow with the levels that occur.</remarks>
public sealed class LevelGrid
{
    private readonly ushort[] _ranks;
    private readonly int[] _positions;
    private readonly int[] _levelOfRank;
    private readonly int[] _sliceStarts;

    /// <summary>Lays grey levels out on the grid of their mask.</summary>
    /// <param name="mask">Mask; its voxels inside, in storage order, have the levels.</param>
    /// <param name="levels">Level of each voxel inside.</param>
    /// <param name="reach">Empty voxels on every side: the distance to the farthest neighbours that are asked for.</param>
    /// <exception cref="ArgumentException">Not as many levels as voxels inside.</exception>
    /// <exception cref="RegionException">The region is empty.</exception>
    public LevelGrid(Volume<byte> mask, GreyLevels levels, int reach = 1)
    {
        Box = Mask.BoundingBox(mask);
        if (Box.IsEmpty)
            throw new RegionException("The region has no voxels.");
        HighestLevel = levels.HighestLevel;
        ushort[] rankOf = new ushort[HighestLevel + 1];
        foreach (int level in levels.Levels)
            rankOf[level] = 1;
        _levelOfRank = [0, .. Enumerable.Range(1, HighestLevel).Where(level => rankOf[level] == 1)];
        for (int rank = 1; rank < _levelOfRank.Length; rank++)
            rankOf[_levelOfRank[rank]] = (ushort)rank;

        (SizeX, SizeY, SizeZ) = (Box.SizeX + 2 * reach, Box.SizeY + 2 * reach, Box.SizeZ + 2 * reach);
        _ranks = new ushort[checked(SizeX * SizeY * SizeZ)];
        _positions = new int[levels.Levels.Length];
        _sliceStarts = new int[Box.SizeZ + 1];
        int n = 0;
        for (int z = 0; z < Box.SizeZ; z++)
        {
            _sliceStarts[z] = n;
            for (int y = 0; y < Box.SizeY; y++)
            {
                ReadOnlySpan<byte> row = mask.Voxels.Slice(mask.Geometry.IndexOf(Box.X, Box.Y + y, Box.Z + z), Box.SizeX);
                int at = ((z + reach) * SizeY + y + reach) * SizeX + reach;
                for (int x = 0; x < row.Length; x++)
                {
                    if (row[x] == 0)
                        continue;
                    if (n == _positions.Length)
                        throw new ArgumentException($"The mask has more voxels than the {n} grey levels given.", nameof(levels));
                    _ranks[at + x] = rankOf[levels.Levels[n]];
                    _positions[n++] = at + x;
                }
            }
        }
        _sliceStarts[Box.SizeZ] = n;
        if (n != _positions.Length)
            throw new ArgumentException($"The mask has {n} voxels, but {_positions.Length} grey levels were given.", nameof(levels));
    }

    /// <summary>Where the region lies in the mask's grid, without the padding.</summary>
    internal VoxelBox Box { get; }
    internal int SizeX { get; }
    internal int SizeY { get; }
    internal int SizeZ { get; }

    /// <summary>Ng: the highest level of the discretisation.</summary>
    public int HighestLevel { get; }

    /// <summary>Number of different levels that occur; ranks run from 1 to it.</summary>
    internal int RankCount => _levelOfRank.Length - 1;

    /// <summary>Grey level of each rank; index 0 is outside.</summary>
    internal ReadOnlySpan<int> LevelOfRank => _levelOfRank;

    /// <summary>Rank of every cell, [z,y,x], padded.</summary>
    internal ReadOnlySpan<ushort> Ranks => _ranks;

    /// <summary>Cells of the region in storage order.</summary>
    internal ReadOnlyMemory<int> Positions => _positions;

    /// <summary>Cells of the region slice by slice; slices without any left out.</summary>
    internal IEnumerable<ReadOnlyMemory<int>> Slices()
    {
        for (int z = 0; z + 1 < _sliceStarts.Length; z++)
        {
            if (_sliceStarts[z] < _sliceStarts[z + 1])
                yield return _positions.AsMemory(_sliceStarts[z].._sliceStarts[z + 1]);
        }
    }

    /// <summary>Step in cells of a direction.</summary>
    internal int Offset(Direction d) => (d.Z * SizeY + d.Y) * SizeX + d.X;
}
