using HccPipeline.Imaging;

namespace HccPipeline.Radiomics;

/// <summary>Stationary separable wavelet transform as PyRadiomics has it: periodic, axes of odd size lengthened by their first voxel for the time
/// being, and every level the first level of the one before, without spreading the filters.</summary>
public static class StationaryWavelet
{
    /// <summary>Response of one sub-band.</summary>
    /// <param name="image">Image.</param>
    /// <param name="wavelet">Name, one of <see cref="DiscreteWavelets"/>.</param>
    /// <param name="band">L or H along x, y and z, without the axis left alone.</param>
    /// <param name="level">Level, 1 or more; lower levels are low-passed first.</param>
    /// <param name="leftAlone">Axis that is not filtered; null for none.</param>
    /// <exception cref="ArgumentException">There is no such wavelet, the band does not fit the axes, or the level is below 1.</exception>
    public static Volume<float> Apply(Volume<float> image, string wavelet, string band, int level, Axis? leftAlone = null)
    {
        if (level < 1)
            throw new ArgumentException($"Decomposition level {level} does not exist; the first is 1.", nameof(level));
        if (band.Length != (leftAlone is null ? 3 : 2) || band.Any(c => c is not ('L' or 'H')))
            throw new ArgumentException($"'{band}' is not one of L and H for every axis that is filtered.", nameof(band));
        (double[] low, double[] high) = DiscreteWavelets.Filters(wavelet);
        Kernel l = Kernel.Centred(low).Reversed(), h = Kernel.Centred(high).Reversed();
        Geometry g = image.Geometry, even = g with { SizeX = g.SizeX + g.SizeX % 2, SizeY = g.SizeY + g.SizeY % 2, SizeZ = g.SizeZ + g.SizeZ % 2 };
        double[] values = SeparableFilter.Doubles(Copy(image, even));
        for (int j = 1; j <= level; j++)
        {
            int next = 0;
            Kernel Of(Axis axis) => axis == leftAlone ? Kernel.Identity : j < level || band[next++] == 'L' ? l : h;
            Kernel x = Of(Axis.X), y = Of(Axis.Y), z = Of(Axis.Z);
            values = SeparableFilter.Apply(values, even, x, y, z, Boundary.Periodic);
        }
        return Copy(SeparableFilter.ToVolume(values, even), g);
    }

    /// <summary>The volume cut or periodically lengthened to another size.</summary>
    private static Volume<float> Copy(Volume<float> from, Geometry to)
    {
        Geometry g = from.Geometry;
        Volume<float> result = new(to);
        for (int z = 0; z < to.SizeZ; z++)
        {
            for (int y = 0; y < to.SizeY; y++)
            {
                for (int x = 0; x < to.SizeX; x++)
                    result[x, y, z] = from[x % g.SizeX, y % g.SizeY, z % g.SizeZ];
            }
        }
        return result;
    }
}
