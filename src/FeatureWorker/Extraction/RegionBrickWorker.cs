using System.Text;
using HccPipeline.FeatureWorker.Planning;
using HccPipeline.Persistence.Models;
using HccPipeline.Persistence.Runs;

namespace HccPipeline.FeatureWorker.Extraction;

/// <summary>Does region bricks: the features of the regions of one segmentation.</summary>
internal sealed class RegionBrickWorker(BrickExtractor extractor) : IBrickWorker
{
    public string Kind => BrickKinds.Region;

    public async Task<BrickOutcome> WorkAsync(BrickJob job, CancellationToken ct)
    {
        BrickWork work = CanonicalJson.Read<BrickWork>(Encoding.UTF8.GetBytes(job.Work));
        return new BrickOutcome { Values = await extractor.ExtractAsync(work, job.Profile.Profile, ct) };
    }
}
