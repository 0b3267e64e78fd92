using HccPipeline.FeatureWorker.Extraction;
using HccPipeline.FeatureWorker.Profiles;
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
        LoadedCase loaded = LoadedCase.Read(one, profile);
        try
        {
            return new(RegionFeatures.Compute(loaded.Region, profile.Profile.Features.Image!, profile.Profile.Convention, parallel), loaded.Provenance);
        }
        catch (ArgumentException e)   // as a filter that this grid can't have
        {
            throw new ImageFileException($"{one.Image}: {ImageFiles.Reason(e)}", e);
        }
    }
}
