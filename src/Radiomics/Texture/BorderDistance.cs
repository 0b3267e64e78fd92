using HccPipeline.Imaging;

namespace HccPipeline.Radiomics;

/// <summary>City-block distance of every cell of a region to the nearest cell outside; a cell at the border has distance 1.</summary>
internal static class BorderDistance
{
    /// <summary>Distances on the cells of a level grid, within slices or in space. The edge of the image is a border.</summary>
    internal static int[] Of(LevelGrid grid, Volume<byte> mask, bool planar)
    {
        // The mask may reach beyond the box of the levels: measure on its own box, then carry over.
        PaddedMask own = new(mask);
        int[] d = Sweep(own, planar);
        int[] result = new int[grid.Ranks.Length];
        foreach (int at in grid.Positions.Span)
        {
            int x = at % grid.SizeX + grid.Box.X - own.Box.X, y = at / grid.SizeX % grid.SizeY + grid.Box.Y - own.Box.Y;
            int z = at / (grid.SizeX * grid.SizeY) + grid.Box.Z - own.Box.Z;
            result[at] = d[(z * own.SizeY + y) * own.SizeX + x];
        }
        return result;
    }

    /// <summary>Two sweeps, forth and back, are exact for the city-block metric.</summary>
    private static int[] Sweep(PaddedMask mask, bool planar)
    {
        int[] d = new int[mask.Inside.Length];
        int row = mask.SizeX, slice = mask.SizeX * mask.SizeY, far = planar ? 1 : slice;
        ReadOnlySpan<byte> inside = mask.Inside;
        for (int at = 0; at < d.Length; at++)
        {
            if (inside[at] != 0)
                d[at] = 1 + Math.Min(d[at - 1], Math.Min(d[at - row], d[at - far]));
        }
        for (int at = d.Length - 1; at >= 0; at--)
        {
            if (inside[at] != 0)
                d[at] = Math.Min(d[at], 1 + Math.Min(d[at + 1], Math.Min(d[at + row], d[at + far])));
        }
        return d;
    }
}
