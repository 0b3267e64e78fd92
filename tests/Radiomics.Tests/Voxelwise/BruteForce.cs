using HccPipeline.Imaging;
using HccPipeline.Radiomics.Voxelwise;

namespace HccPipeline.Radiomics.Tests.Voxelwise;

/// <summary>Voxel maps from region code: each kernel is cut out as a small region of its own, with the levels of the whole region.</summary>
internal static class BruteForce
{
    /// <summary>Features of the kernel around one voxel, by name; null where the region code has no value.</summary>
    internal static Dictionary<string, double> Kernel(
        Volume<float> image, Volume<byte> mask, VoxelMapSettings settings, LevelScale scale, int x, int y, int z)
    {
        Volume<byte> kernel = KernelMask(image.Geometry, mask, settings, x, y, z);
        float[] roi = Mask.Gather(image, kernel);
        GreyLevels levels = new(new int[roi.Length], scale.HighestLevel);
        Discretiser.Discretise(roi, scale.Minimum, scale.Maximum, settings.Bins, Convention.PyRadiomics, levels.Levels);
        Dictionary<string, double> values = FirstOrder.Of(roi, image.Geometry.VoxelVolumeMm3, levels, settings.VoxelArrayShift).ToValues()
            .ToDictionary(v => v.Name["original_".Length..], v => v.Value);
        // Texture of a plane: its axes become x and y, so that the region code's slices are the plane.
        LevelGrid grid = settings.FlatAxis is { } flat
            ? new(Turned(kernel, flat), Turned(kernel, levels, flat))
            : new(kernel, levels);
        Aggregation aggregation = settings.FlatAxis is null ? Aggregation.VolumeAveraged : Aggregation.DirectionMerged;
        void Add(FeatureFamily family)
        {
            try
            {
                foreach (FeatureValue v in TextureFeatures.Of(
                    grid, null, aggregation, Convention.PyRadiomics, families: new HashSet<FeatureFamily> { family }))
                    values[v.Name["original_".Length..]] = v.Value;
            }
            catch (RegionException)
            {
                foreach (FeatureDefinition row in FeatureCatalogue.Of(family))
                    values[row.Name] = double.NaN;
            }
        }
        Add(FeatureFamily.Glcm);
        Add(FeatureFamily.Glrlm);
        Add(FeatureFamily.Glszm);
        Add(FeatureFamily.Gldm);
        Add(FeatureFamily.Ngtdm);
        // A kernel of one level in a region of several: PyRadiomics' matrix keeps its empty rows, and its second eigenvalue is 0.
        if (!scale.IsFlat && levels.Levels.Distinct().Count() == 1 && !double.IsNaN(values["glcm_MCC"]))
            values["glcm_MCC"] = 0;
        return values;
    }

    private static Volume<byte> KernelMask(Geometry grid, Volume<byte> mask, VoxelMapSettings settings, int x, int y, int z)
    {
        Volume<byte> kernel = new(grid);
        int Reach(Axis axis) => settings.FlatAxis == axis ? 0 : settings.KernelRadius;
        for (int kz = 0; kz < grid.SizeZ; kz++)
        {
            for (int ky = 0; ky < grid.SizeY; ky++)
            {
                for (int kx = 0; kx < grid.SizeX; kx++)
                {
                    bool near = Math.Abs(kx - x) <= Reach(Axis.X) && Math.Abs(ky - y) <= Reach(Axis.Y) && Math.Abs(kz - z) <= Reach(Axis.Z);
                    kernel[kx, ky, kz] = near && (!settings.MaskedKernel || mask[kx, ky, kz] != 0) ? (byte)1 : (byte)0;
                }
            }
        }
        return kernel;
    }

    private static (int X, int Y, int Z) Turn(int x, int y, int z, Axis flat) => flat switch
    {
        Axis.X => (y, z, x),
        Axis.Y => (x, z, y),
        _ => (x, y, z),
    };

    private static Volume<byte> Turned(Volume<byte> kernel, Axis flat)
    {
        Geometry g = kernel.Geometry;
        (int sx, int sy, int sz) = Turn(g.SizeX, g.SizeY, g.SizeZ, flat);
        Volume<byte> turned = new(new() { SizeX = sx, SizeY = sy, SizeZ = sz, SpacingMm = new(1, 1, 1) });
        foreach ((int x, int y, int z) in Cells(g))
        {
            (int tx, int ty, int tz) = Turn(x, y, z, flat);
            turned[tx, ty, tz] = kernel[x, y, z];
        }
        return turned;
    }

    private static GreyLevels Turned(Volume<byte> kernel, GreyLevels levels, Axis flat)
    {
        Geometry g = kernel.Geometry;
        (int X, int Y, int Z)[] inside = [.. Cells(g).Where(c => kernel[c.X, c.Y, c.Z] != 0).Select(c => Turn(c.X, c.Y, c.Z, flat))];
        int[] order = [.. Enumerable.Range(0, inside.Length).OrderBy(i => inside[i].Z).ThenBy(i => inside[i].Y).ThenBy(i => inside[i].X)];
        return new([.. order.Select(i => levels.Levels[i])], levels.HighestLevel);
    }

    internal static IEnumerable<(int X, int Y, int Z)> Cells(Geometry g) =>
        from z in Enumerable.Range(0, g.SizeZ)
        from y in Enumerable.Range(0, g.SizeY)
        from x in Enumerable.Range(0, g.SizeX)
        select (x, y, z);
}
