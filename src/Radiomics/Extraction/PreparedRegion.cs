using HccPipeline.Imaging;

namespace HccPipeline.Radiomics;

/// <summary>Image and masks after interpolation and re-segmentation.</summary>
/// <param name="Image">Intensities on the working grid.</param>
/// <param name="Shape">Morphological mask: the region as drawn.</param>
/// <param name="Intensity">Intensity mask: what re-segmentation left of it.</param>
public sealed record PreparedRegion(Volume<float> Image, Volume<byte> Shape, Volume<byte> Intensity)
{
    /// <summary>Normalises, interpolates, rounds and re-segments.</summary>
    /// <param name="image">Intensities.</param>
    /// <param name="mask">Region on the image's grid; every value but 0 is inside.</param>
    /// <param name="settings">Choices.</param>
    /// <param name="reference">Reference region on the same grid, where the normalisation needs one.</param>
    /// <exception cref="RegionException">Nothing, or not enough, is left of the region.</exception>
    /// <exception cref="ArgumentException">Grids differ, or the reference region is missing.</exception>
    public static PreparedRegion Of(Volume<float> image, Volume<byte> mask, ExtractionSettings settings, Volume<byte>? reference)
    {
        Volume<float> normalised = settings.Normalisation switch
        {
            Normalisation.ZScore => IntensityNormalisation.ZScore(
                image, scale: settings.NormalisationScale, clip: settings.NormalisationClip, sample: settings.Convention == Convention.PyRadiomics),
            Normalisation.ReferenceRegion => IntensityNormalisation.ByReference(
                image, reference ?? throw new ArgumentException("Normalisation by a reference region needs the region.", nameof(reference))),
            _ => image,
        };
        PreparedRegion region = Of(normalised, mask, settings.Preparation);
        region.RequireSize(settings);
        return region;
    }

    /// <summary>Interpolates, rounds and re-segments, in IBSI's order (manual, figure 2).</summary>
    /// <param name="image">Intensities.</param>
    /// <param name="mask">Region on the image's grid.</param>
    /// <param name="settings">Choices.</param>
    /// <exception cref="RegionException">Nothing is left of the region; the message says after which step.</exception>
    /// <exception cref="ArgumentException">Image and mask lie on different grids.</exception>
    public static PreparedRegion Of(Volume<float> image, Volume<byte> mask, IbsiSettings settings)
    {
        Mask.RequireSameGrid(image.Geometry, mask.Geometry);
        if (Mask.Count(mask) == 0)
            throw new RegionException("The region has no voxels.");
        (image, mask) = WorkingGrid.Apply(image, mask, settings);
        Volume<byte> intensity = Resegmentation.Apply(image, settings.LeaveOutWithoutValue ? Resegmentation.WithoutNaN(image, mask) : mask, settings);
        return new(image, settings.ResegmentShape ? intensity : mask, intensity);
    }

    private void RequireSize(ExtractionSettings settings)
    {
        int voxels = Mask.Count(Intensity);
        if (voxels < settings.MinimumVoxels)
            throw new RegionException($"The region has {voxels} voxels; the choices ask for {settings.MinimumVoxels} at least.");
        VoxelBox box = Mask.BoundingBox(Intensity);
        int dimensions = (box.SizeX > 1 ? 1 : 0) + (box.SizeY > 1 ? 1 : 0) + (box.SizeZ > 1 ? 1 : 0);
        if (dimensions < settings.MinimumDimensions)
            throw new RegionException($"The region extends along {dimensions} axes; the choices ask for {settings.MinimumDimensions} at least.");
    }
}
