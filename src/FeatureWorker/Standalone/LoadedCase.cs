using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using HccPipeline.FeatureWorker.Extraction;
using HccPipeline.FeatureWorker.Profiles;
using HccPipeline.Hosting;
using HccPipeline.Imaging;
using HccPipeline.Radiomics;

namespace HccPipeline.FeatureWorker.Standalone;

/// <summary>A case as it was read: what is computed on, and where it came from.</summary>
internal sealed record LoadedCase
{
    /// <summary>Image, region and reference on a grid by itself: the same bits whatever format told where it lies.</summary>
    public required MeasuredRegion Region { get; init; }

    /// <summary>The working grid in patient space.</summary>
    public required Geometry Grid { get; init; }

    /// <summary>All that values depend on.</summary>
    public required ExtractionProvenance Provenance { get; init; }

    /// <summary>Reads a case.</summary>
    /// <exception cref="ImageFileException">A file can't be used.</exception>
    public static LoadedCase Read(ExtractionCase one, HashedProfile profile)
    {
        FeatureChoices choices = profile.Profile.Features.Image!;
        string? label = one.Label ?? choices.Label?.ToString(CultureInfo.InvariantCulture);
        LoadedImage image = ImageFiles.LoadImage(one.Image, one.Stack);
        LoadedMask Load(string? region) => MaskFiles.Load(one.Mask, region, image, choices.Mask, choices.FractionThreshold, one.SameSpace);
        LoadedMask mask = Load(label);
        if (Mask.Count(mask.Mask) == 0)
            throw new ImageFileException($"{one.Mask}: the mask is empty, no voxel is inside.");
        Volume<byte>? reference = choices.Normalisation.Method == Normalisation.ReferenceRegion
            ? Load(one.Reference ?? throw new ImageFileException($"{one.Mask}: the profile normalises by a reference region; say which with --reference.")).Mask
            : null;
        ExtractionSettings settings = FeatureSettings.Of(choices, profile.Profile.Convention);
        Geometry grid = image.Volume.Geometry, byItself = grid.ByItself();
        VoxelBox box = Mask.BoundingBox(mask.Mask);
        Geometry working = WorkingGrid.Of(grid, box, settings.Preparation);
        return new()
        {
            Region = new(image.Volume.On(byItself), mask.Mask.On(byItself)) { Reference = reference?.On(byItself) },
            Grid = working,
            Provenance = new()
            {
                Profile = profile.Profile.Name,
                ProfileSha256 = profile.Sha256,
                CodeVersion = ProgramVersion.Current,
                Image = one.Image,
                ImageSha256 = HashOf(one.Image),
                Mask = one.Mask,
                MaskSha256 = HashOf(one.Mask),
                Label = label,
                MaskVoxels = Mask.Count(mask.Mask),
                MaskResampled = mask.Resampled,
                MaskGrid = mask.OwnGrid is { } own ? GridDescription.Of(own) : null,
                GridBefore = GridDescription.Of(grid),
                GridAfter = GridDescription.Of(working),
                ImagesLeftOut = [.. RegionImage.LeftOut(WorkingGrid.Of(byItself, box, settings.Preparation), settings)],
            },
        };
    }

    private static string HashOf(string path)
    {
        if (!Directory.Exists(path))
            return HashOfFile(path);
        // Names of files say nothing about the image: their order must not either.
        string[] hashes = [.. DicomFiles.Of(path).Select(HashOfFile).Order(StringComparer.Ordinal)];
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', hashes))));
    }

    private static string HashOfFile(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
