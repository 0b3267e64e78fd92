using HccPipeline.Cli.Output;
using HccPipeline.FeatureWorker.Maps;
using HccPipeline.FeatureWorker.Profiles;
using HccPipeline.FeatureWorker.Standalone;
using HccPipeline.Radiomics.Voxelwise;

namespace HccPipeline.Cli.Extract;

/// <summary>Voxel maps that somebody asks for.</summary>
internal sealed record VoxelRequest
{
    /// <summary>Image and mask.</summary>
    public required ExtractionCase Case { get; init; }

    /// <summary>Profile, with what the command line says put into it.</summary>
    public required HashedProfile Profile { get; init; }

    /// <summary>Where the maps go.</summary>
    public required string Folder { get; init; }

    /// <summary>Threads.</summary>
    public required int Threads { get; init; }

    /// <summary>The profile with a kernel radius and a selection of maps of the command line's.</summary>
    /// <exception cref="CliException">The radius or a name can't be used, or a map depends on a choice that the kernels don't know.</exception>
    public static HashedProfile Adapt(HashedProfile profile, int? kernelRadius, string? features)
    {
        VoxelChoices choices = profile.Profile.Voxel;
        if (kernelRadius is { } radius)
        {
            choices = radius is >= 1 and <= VoxelMapSettings.MaxKernelRadius
                ? choices with { KernelRadius = radius }
                : throw new CliException($"--kernel-radius is 1 to {VoxelMapSettings.MaxKernelRadius}, not {radius}.", ExitCodes.Usage);
        }
        if (features is not null)
        {
            string[] names = features.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            choices = names.Length > 0
                ? choices with { Image = names }
                : throw new CliException("--features names no map; leave it out for those of the profile.", ExitCodes.Usage);
        }
        HashedProfile adapted = ProfileReader.Hash(profile.Profile with { Voxel = choices });
        try
        {
            _ = WantedMaps.OfImage(adapted.Profile);
        }
        catch (ProfileException e)
        {
            throw new CliException(e.Message, ExitCodes.Usage);
        }
        return adapted;
    }
}

/// <summary>Maps that were written, and what they come from.</summary>
/// <param name="Maps">The maps.</param>
/// <param name="KernelRadius">Kernel radius, voxels.</param>
/// <param name="Provenance">All that they depend on.</param>
internal sealed record VoxelOutcome(IReadOnlyList<MapFile> Maps, int KernelRadius, ExtractionProvenance Provenance);
