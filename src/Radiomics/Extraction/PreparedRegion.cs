using HccPipeline.Imaging;

namespace HccPipeline.Radiomics;

/// <summary>Image and masks after interpolation and re-segmentation.</summary>
/// <param name="Image">Intensities on the working grid.</param>
/// <param name="Shape">Morphological mask: the region as drawn.</param>
/// <param name="Intensity">Intensity mask: what re-segmentation left of it.</param>
public sealed record PreparedRegion(Volume<float> Image, Volume<byte> Shape, Volume<byte> Intensity)
{
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
}
