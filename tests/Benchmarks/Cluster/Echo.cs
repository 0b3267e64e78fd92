using System.Collections.Concurrent;
using HccPipeline.Contracts.Messages;
using MassTransit;

namespace HccPipeline.Benchmarks.Cluster;

/// <summary>Takes messages and says that they have come: what a worker does besides its work.</summary>
internal sealed class Echo : IConsumer<BrickExtractionRequested>
{
    public const string Queue = "benchmark-echo";

    private static readonly ConcurrentDictionary<string, TaskCompletionSource> Awaited = new(StringComparer.Ordinal);

    /// <summary>Ends when a message with this run has come.</summary>
    public static Task ComesAsync(string runId) => Awaited.GetOrAdd(runId, _ => new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    public Task Consume(ConsumeContext<BrickExtractionRequested> context)
    {
        if (Awaited.TryRemove(context.Message.RunId, out TaskCompletionSource? awaited))
            awaited.SetResult();
        return Task.CompletedTask;
    }
}
