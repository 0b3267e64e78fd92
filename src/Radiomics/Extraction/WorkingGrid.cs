using HccPipeline.Imaging;

namespace HccPipeline.Radiomics;

/// <summary>The grid on which features are computed.</summary>
public static class WorkingGrid
{
    /// <summary>Relative difference below which two spacings are the same (NumPy's allclose, which PyRadiomics asks).</summary>
    private const double SameSpacing = 1e-5;

    /// <summary>The working grid of a region.</summary>
    /// <param name="grid">Grid of the image.</param>
    /// <param name="box">The region's box.</param>
    /// <param name="settings">Choices.</param>
    public static Geometry Of(Geometry grid, VoxelBox box, IbsiSettings settings) =>
        Interpolated(grid, box, settings) ?? (settings.Margin is { } margin ? Cropping.GridOf(grid, box.Grow(margin, grid)) : grid);

    /// <summary>Image and mask on their working grid.</summary>
    /// <exception cref="RegionException">No voxel of the region is left.</exception>
    internal static (Volume<float> Image, Volume<byte> Mask) Apply(Volume<float> image, Volume<byte> mask, IbsiSettings settings)
    {
        VoxelBox box = Mask.BoundingBox(mask);
        if (Interpolated(image.Geometry, box, settings) is not { } grid)
        {
            if (settings.Margin is not { } margin)
                return (image, mask);
            VoxelBox part = box.Grow(margin, image.Geometry);
            return (Cropping.To(image, part), Cropping.To(mask, part));
        }
        bool zerosBeyond = settings.Alignment == GridAlignment.Corner;
        image = Resampler.Resample(image, grid, settings.ImageInterpolation, zerosBeyond ? 0 : null);
        mask = Resampler.ResampleMask(mask, grid, settings.MaskInterpolation, settings.PartialVolumeThreshold, zerosBeyond);
        foreach (ref float v in image.Voxels)
            v = settings.RoundIntensities ? MathF.Round(v) : settings.TruncateIntensities ? MathF.Truncate(v) : v;
        Vector3D spacing = grid.SpacingMm;
        return Mask.Count(mask) > 0
            ? (image, mask)
            : throw new RegionException($"Interpolation to {spacing.X} × {spacing.Y} × {spacing.Z} mm leaves no voxel of the region.");
    }

    /// <summary>The grid to interpolate to; null where there is nothing to interpolate.</summary>
    private static Geometry? Interpolated(Geometry grid, VoxelBox box, IbsiSettings settings)
    {
        if (settings.SpacingMm is not { } wanted)
            return null;
        Vector3D own = grid.SpacingMm;
        Vector3D spacing = new(wanted.X > 0 ? wanted.X : own.X, wanted.Y > 0 ? wanted.Y : own.Y, wanted.Z > 0 ? wanted.Z : own.Z);
        if (settings.Alignment == GridAlignment.Centre)
            return Resampler.AlignedByCentre(grid, spacing);
        spacing = new(box.SizeX > 1 ? spacing.X : own.X, box.SizeY > 1 ? spacing.Y : own.Y, box.SizeZ > 1 ? spacing.Z : own.Z);
        return IsSame(own.X, spacing.X) && IsSame(own.Y, spacing.Y) && IsSame(own.Z, spacing.Z)
            ? null
            : Resampler.AlignedByCorner(grid, spacing, box, settings.Margin ?? 0);
    }

    private static bool IsSame(double own, double wanted) => Math.Abs(own - wanted) <= 1e-8 + SameSpacing * Math.Abs(wanted);
}
