using System.Collections.Concurrent;
using HccPipeline.FeatureWorker.Extraction;
using HccPipeline.Persistence.Runs;

namespace HccPipeline.FeatureWorker.Tests.Consumers;

/// <summary>A kind of brick that does what a test says.</summary>
/// <param name="kind">Its name.</param>
/// <param name="closing">Ends what is in work when the test is over, however it ended: a bus waits for its consumers.</param>
internal sealed class FakeWork(string kind, CancellationToken closing = default) : IBrickWorker
{
    public const string Fake = "fake";
    public const string ForMeasures = "measured";
    private readonly ConcurrentQueue<BrickKey> _begun = new(), _done = new();

    public string Kind => kind;

    /// <summary>Bricks in the order in which they were begun, each try.</summary>
    public IReadOnlyCollection<BrickKey> Begun => _begun;

    /// <summary>Bricks in the order in which they were done.</summary>
    public IReadOnlyCollection<BrickKey> Done => _done;

    /// <summary>What a brick does; nothing by default.</summary>
    public Func<BrickJob, CancellationToken, Task<BrickOutcome>> Do { get; set; } = (_, _) => Task.FromResult(new BrickOutcome());

    public async Task<BrickOutcome> WorkAsync(BrickJob job, CancellationToken ct)
    {
        _begun.Enqueue(job.Key);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(ct, closing);
        BrickOutcome outcome = await Do(job, either.Token);
        _done.Enqueue(job.Key);
        return outcome;
    }
}
