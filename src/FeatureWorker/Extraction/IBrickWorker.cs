using HccPipeline.FeatureWorker.Profiles;
using HccPipeline.Persistence.Runs;

namespace HccPipeline.FeatureWorker.Extraction;

/// <summary>Knows how to do one kind of brick, from the database and blobs alone: the same brick gives the same bits on every node, and
/// doing it twice is doing it once.</summary>
internal interface IBrickWorker
{
    /// <summary>The kind that it does, one of <see cref="BrickKinds"/>.</summary>
    string Kind { get; }

    /// <summary>Does a brick. What it gives is stored by the caller; its time is measured by the caller.</summary>
    /// <exception cref="BrickRejectedException">The data can't give values, whoever tries.</exception>
    Task<BrickOutcome> WorkAsync(BrickJob job, CancellationToken ct);
}

/// <summary>One brick to do.</summary>
/// <param name="Key">The brick.</param>
/// <param name="Work">What there is to do, as the planner of its kind wrote it.</param>
/// <param name="Profile">Profile of its run.</param>
/// <param name="Computed">To be called, if at all, when only storing is left: another brick may be computed meanwhile.</param>
internal sealed record BrickJob(BrickKey Key, string Work, HashedProfile Profile, Action Computed);
