using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using HccPipeline.FeatureWorker.Volumes;
using HccPipeline.Imaging;
using HccPipeline.Radiomics;
using HccPipeline.Radiomics.Voxelwise;

namespace HccPipeline.FeatureWorker.Maps;

/// <summary>A subject, and the region that its boxes are cut from.</summary>
/// <param name="Subject">The subject.</param>
/// <param name="Region">Its region, on the grid of the stored volumes.</param>
public sealed record PreparedSubject(MapSubject Subject, Volume<byte> Region);

/// <summary>Stores an image and its region as far as kernels reach, and measures what a part of the region can't know of the whole.</summary>
public sealed class MapPreparation(ChunkedVolumeWriter volumes)
{
    /// <summary>Prepares one image.</summary>
    /// <param name="imageType">Image type in front of the maps' names.</param>
    /// <param name="image">Intensities on the working grid.</param>
    /// <param name="region">Region on the same grid.</param>
    /// <param name="settings">Choices.</param>
    /// <param name="indicators">Maps of the voxels themselves.</param>
    /// <param name="ct">Cancels.</param>
    /// <exception cref="RegionException">The region is empty or not finite, or has too many levels.</exception>
    public async Task<PreparedSubject> PrepareAsync(
        string imageType, Volume<float> image, Volume<byte> region, MapSettings settings, IReadOnlyList<IndicatorMap> indicators, CancellationToken ct)
    {
        VoxelBox reach = Mask.BoundingBox(region).Grow(settings.KernelRadius, image.Geometry);
        if (reach.IsEmpty)
            throw new RegionException("The region has no voxels.");
        Volume<float> nearImage = Cropping.To(image, reach);
        Volume<byte> nearRegion = Cropping.To(region, reach);
        // Without kernels there are no grey levels to make, and a voxel of an indicator may lack a value.
        (float minimum, float maximum) = settings.Features.Count > 0
            ? ScaleOf(nearImage, nearRegion, settings)
            : IntensityRange.Of(Array.FindAll(Mask.Gather(nearImage, nearRegion), v => !float.IsNaN(v)));
        string imageVolume = IdOf(nearImage), regionVolume = IdOf(nearRegion);
        await volumes.WriteAsync(imageVolume, nearImage, 0f, ct);
        await volumes.WriteAsync<byte>(regionVolume, nearRegion, 0, ct);
        MapSubject subject = new()
        {
            ImageType = imageType,
            ImageVolume = imageVolume,
            RegionVolume = regionVolume,
            Offset = [reach.X, reach.Y, reach.Z],
            RegionVoxels = Mask.Count(nearRegion),
            Minimum = minimum,
            Maximum = maximum,
            Settings = settings,
            Indicators = indicators,
        };
        return new(subject, nearRegion);
    }

    private static (float Minimum, float Maximum) ScaleOf(Volume<float> image, Volume<byte> region, MapSettings settings)
    {
        LevelScale scale = LevelScale.Of(image, region, settings.ToKernelSettings());
        return (scale.Minimum, scale.Maximum);
    }

    /// <summary>Name of a volume: the hash of its voxels and grid, so that what is stored under it never changes.</summary>
    private static string IdOf<T>(Volume<T> volume) where T : unmanaged
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Geometry g = volume.Geometry;
        hash.AppendData(Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture, $"{typeof(T).Name} {g.SizeX} {g.SizeY} {g.SizeZ} {g.SpacingMm} {g.Origin} {g.XAxis} {g.YAxis} {g.ZAxis}\n")));
        hash.AppendData(MemoryMarshal.AsBytes(volume.Voxels));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
