using System.Security.Cryptography;
using System.Text;
using HccPipeline.FeatureWorker.Extraction;
using HccPipeline.FeatureWorker.Profiles;
using HccPipeline.Hosting;
using HccPipeline.Imaging;
using HccPipeline.Radiomics;

namespace HccPipeline.FeatureWorker.Standalone;

/// <summary>One image, one mask, one profile, no database.</summary>
public static class StandaloneExtraction
{
    /// <summary>Loads a case and computes its features.</summary>
    /// <param name="one">The case.</param>
    /// <param name="profile">Profile.</param>
    /// <param name="parallel">How many images and families at the same time; null for one. The values do not depend on it.</param>
    /// <exception cref="ImageFileException">A file can't be used.</exception>
    /// <exception cref="RegionException">The region can't give a feature.</exception>
    public static ExtractionResult Run(ExtractionCase one, HashedProfile profile, ParallelOptions? parallel = null)
    {
        FeatureChoices choices = profile.Profile.Features.Image!;
        string? label = one.Label ?? choices.Label?.ToString(System.Globalization.CultureInfo.InvariantCulture);
        LoadedImage image = ImageFiles.LoadImage(one.Image, one.Stack);
        LoadedMask Load(string? region) => MaskFiles.Load(one.Mask, region, image, choices.FractionThreshold, one.SameSpace);
        LoadedMask mask = Load(label);
        if (Mask.Count(mask.Mask) == 0)
            throw new ImageFileException($"{one.Mask}: the mask is empty, no voxel is inside.");
        Volume<byte>? reference = choices.Normalisation.Method == Normalisation.ReferenceRegion
            ? Load(one.Reference ?? throw new ImageFileException($"{one.Mask}: the profile normalises by a reference region; say which with --reference.")).Mask
            : null;
        Geometry grid = image.Volume.Geometry, byItself = grid.ByItself();
        IReadOnlyList<FeatureValue> values = Compute(image.Volume.On(byItself), mask.Mask.On(byItself), profile, reference?.On(byItself), one.Image, parallel);
        return new(values, new()
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
            GridAfter = GridDescription.Of(After(grid, choices)),
        });
    }

    private static IReadOnlyList<FeatureValue> Compute(
        Volume<float> image, Volume<byte> mask, HashedProfile profile, Volume<byte>? reference, string path, ParallelOptions? parallel)
    {
        try
        {
            return RegionFeatures.Compute(image, mask, profile, reference, parallel);
        }
        catch (ArgumentException e)   // as a filter that this grid can't have
        {
            throw new ImageFileException($"{path}: {ImageFiles.Reason(e)}", e);
        }
    }

    private static Geometry After(Geometry grid, FeatureChoices choices) =>
        FeatureSettings.Of(choices, Convention.Ibsi).Preparation.SpacingMm is { } spacing ? PreparedRegion.GridOf(grid, spacing) : grid;

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
