using HccPipeline.Imaging;

namespace HccPipeline.Radiomics.Voxelwise;

/// <summary>Grey-level scale of a whole region: what a part of it needs to know in order to get the same levels.</summary>
/// <remarks>Two numbers beside the settings, so that a planner makes it once and sends it with each brick.</remarks>
public sealed record LevelScale
{
    /// <summary>A scale from what is known of the region.</summary>
    /// <param name="minimum">Smallest intensity.</param>
    /// <param name="maximum">Largest intensity.</param>
    /// <param name="bins">Choice of bins.</param>
    /// <exception cref="ArgumentException">The range is empty or not finite.</exception>
    /// <exception cref="RegionException">The bins give too many levels, or without bins the intensities are no levels.</exception>
    public LevelScale(float minimum, float maximum, Discretisation bins)
    {
        if (!(float.IsFinite(minimum) && float.IsFinite(maximum) && minimum <= maximum))
            throw new ArgumentException($"A range of intensities from {minimum} to {maximum} is none.", nameof(minimum));
        (Minimum, Maximum, Bins) = (minimum, maximum, bins);
        GreyLevels ends = Discretiser.Discretise([minimum, maximum], bins, Convention.PyRadiomics);
        HighestLevel = ends.HighestLevel;
        IsFlat = ends.Levels[0] == ends.Levels[1];
    }

    /// <summary>Smallest intensity of the region.</summary>
    public float Minimum { get; }

    /// <summary>Largest intensity of the region.</summary>
    public float Maximum { get; }

    /// <summary>Choice of bins.</summary>
    public Discretisation Bins { get; }

    /// <summary>Ng: highest level of the region.</summary>
    public int HighestLevel { get; }

    /// <summary>Whether all of the region is of one level.</summary>
    public bool IsFlat { get; }

    /// <summary>The scale of a region, as PyRadiomics has it: with masked kernels from the region's voxels, else from all voxels of its box
    /// grown by the kernel radius (whatever the kernel may reach).</summary>
    /// <param name="image">The whole image.</param>
    /// <param name="mask">The whole region, on the image's grid.</param>
    /// <param name="settings">Bins, and what kernels hold.</param>
    /// <exception cref="RegionException">The region, or what unmasked kernels reach, is empty or not finite, or has too many levels.</exception>
    /// <exception cref="ArgumentException">Image and mask lie on different grids.</exception>
    public static LevelScale Of(Volume<float> image, Volume<byte> mask, VoxelMapSettings settings)
    {
        (float min, float max) = settings.MaskedKernel
            ? IntensityRange.Of(Mask.Gather(image, mask))
            : WithinReach(image, mask, settings.KernelRadius);
        return new(min, max, settings.Bins);
    }

    private static (float Min, float Max) WithinReach(Volume<float> image, Volume<byte> mask, int radius)
    {
        Mask.RequireSameGrid(image.Geometry, mask.Geometry);
        VoxelBox region = Mask.BoundingBox(mask);
        if (region.IsEmpty)
            throw new RegionException("The region has no voxels.");
        VoxelBox reach = region.Grow(radius, image.Geometry);
        float min = float.PositiveInfinity, max = float.NegativeInfinity;
        int bad = 0;
        for (int z = reach.Z; z < reach.Z + reach.SizeZ; z++)
        {
            for (int y = reach.Y; y < reach.Y + reach.SizeY; y++)
            {
                (float low, float high, int none) = IntensityRange.Scan(image.Voxels.Slice(image.Geometry.IndexOf(reach.X, y, z), reach.SizeX));
                (min, max, bad) = (Math.Min(min, low), Math.Max(max, high), bad + none);
            }
        }
        return bad == 0
            ? (min, max)
            : throw new RegionException(
                $"{bad} of the {reach.VoxelCount} voxels that kernels reach, the region's and those around it, have no finite intensity (NaN or infinite). Masked kernels reach the region's alone.");
    }
}
