using HccPipeline.Persistence.Models;
using Microsoft.Extensions.DependencyInjection;

namespace HccPipeline.Testing;

/// <summary>Versions as a training stores them, without the training; the first is the champion.</summary>
public static class StoredVersions
{
    /// <summary>Stores a version.</summary>
    public static async Task<ModelVersionRow> StoreVersionAsync(this IServiceProvider services, ModelVersionRow version, CancellationToken ct)
    {
        string runId = $"T-{Guid.NewGuid():N}";
        TrainingRunRow run = new() { RunId = runId, ProfileSha256 = runId, Seed = version.Seed, Reason = version.Reason, RequestedBy = "test", Holder = "test", RequestedMs = 0 };
        if (!await services.GetRequiredService<TrainingRunRepository>().TryStartAsync(run, TimeSpan.FromHours(1), ct))
            throw new InvalidOperationException("The training did not start.");
        return (await services.GetRequiredService<TrainedVersionStore>().StoreAsync(version with { RunId = runId }, "test", ct))!.Version;
    }
}
