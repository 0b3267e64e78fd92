using HccPipeline.Imaging;

namespace HccPipeline.Radiomics;

/// <summary>One image of a region that is described: the image itself or a filter's response.</summary>
public sealed class RegionImage
{
    /// <summary>Image type of the image itself.</summary>
    public const string Original = "original";

    private readonly Func<PreparedRegion> _make;

    private RegionImage(string name, ExtractionSettings settings, Func<PreparedRegion> make) => (Name, Settings, _make) = (name, settings, make);

    /// <summary>Image type in front of the features' names: <c>original</c>, <c>wavelet-LLH</c>.</summary>
    public string Name { get; }

    /// <summary>Choices as they hold for this image.</summary>
    public ExtractionSettings Settings { get; }

    /// <summary>Image and masks; a filter is applied each time.</summary>
    public PreparedRegion Make() => _make();

    /// <summary>The images that the choices ask for: the image itself, then the filters' responses. Nothing is filtered yet, so that no image need be
    /// held longer than it is used.</summary>
    /// <param name="image">Intensities.</param>
    /// <param name="mask">Region on the image's grid; every value but 0 is inside.</param>
    /// <param name="settings">Choices.</param>
    /// <param name="reference">Reference region on the same grid, where the normalisation needs one.</param>
    /// <returns>Without those that the working grid is too small for; <see cref="LeftOut"/> names them.</returns>
    /// <exception cref="RegionException">Nothing, or not enough, is left of the region.</exception>
    /// <exception cref="ArgumentException">Grids differ, or the reference region is missing.</exception>
    public static IReadOnlyList<RegionImage> Of(
        Volume<float> image, Volume<byte> mask, ExtractionSettings settings, Volume<byte>? reference = null) =>
        Of(PreparedRegion.Of(image, mask, settings, reference), settings);

    /// <summary>Filtered images that are left out because the working grid is too small for them, with the reason.</summary>
    /// <param name="grid">The working grid.</param>
    /// <param name="settings">Choices.</param>
    public static IEnumerable<string> LeftOut(Geometry grid, ExtractionSettings settings) =>
        settings.Filters.Select(f => (f.Name, Why: f.TooSmall?.Invoke(grid))).Where(f => f.Why is not null).Select(f => $"{f.Name}: {f.Why}");

    internal static IReadOnlyList<RegionImage> Of(PreparedRegion region, ExtractionSettings settings)
    {
        List<RegionImage> images = [];
        if (settings.Original)
            images.Add(new(Original, settings, () => region));
        foreach (ImageFilter filter in settings.Filters)
        {
            if (filter.TooSmall?.Invoke(region.Image.Geometry) is not null)
                continue;
            ExtractionSettings own = settings with
            {
                Preparation = filter.Bins is { } bins ? settings.Preparation with { Bins = bins } : settings.Preparation,
                Texture = filter.Texture ?? settings.Texture,
                VoxelArrayShift = filter.VoxelArrayShift ?? settings.VoxelArrayShift,
            };
            images.Add(new(filter.Name, own, () => region with { Image = filter.Of(region.Image, region.Intensity) }));
        }
        return images;
    }
}
