using System.Diagnostics;
using System.Text;
using HccPipeline.Contracts.Messages;
using HccPipeline.FeatureWorker.Planning;
using HccPipeline.FeatureWorker.Profiles;
using HccPipeline.Persistence.Models;
using HccPipeline.Persistence.Runs;
using MassTransit;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace HccPipeline.FeatureWorker.Extraction;

/// <summary>Computes one brick. Computes once, announces every time: a redelivery of a brick with an outcome only announces it.</summary>
internal sealed partial class BrickExtractionRequestedConsumer(
    ProfileCatalog profiles, RunRepository runs, BrickExtractor extractor, ILogger<BrickExtractionRequestedConsumer> logger)
    : IConsumer<BrickExtractionRequested>
{
    private static readonly string Worker = $"{Environment.MachineName}/{Environment.ProcessId}";

    public async Task Consume(ConsumeContext<BrickExtractionRequested> context)
    {
        CancellationToken ct = context.CancellationToken;
        BrickKey key = new(context.Message.RunId, context.Message.BrickIndex);
        BrickRow? brick = await runs.FindBrickAsync(key, ct);
        if (brick is null)
        {
            LogUnknown(logger, key.RunId, key.BrickIndex);
            return;
        }
        if (brick.State == "pending")
            await ExtractAsync(key, brick, ct);
        await context.Publish(new BrickExtracted { RunId = key.RunId, BrickIndex = key.BrickIndex }, ct);
    }

    private async Task ExtractAsync(BrickKey key, BrickRow brick, CancellationToken ct)
    {
        using Activity? span = FeatureTelemetry.Source.StartActivity("brick.extract");
        span?.SetTag("hcc.run_id", key.RunId).SetTag("hcc.brick_index", key.BrickIndex);
        long started = Stopwatch.GetTimestamp();
        HashedProfile profile = await profiles.GetAsync(brick.ProfileSha256, ct);
        BrickWork work = CanonicalJson.Read<BrickWork>(Encoding.UTF8.GetBytes(brick.Work));
        try
        {
            IReadOnlyDictionary<string, double> values = await extractor.ExtractAsync(work, profile.Profile, ct);
            await runs.CompleteBrickAsync(key, values, Worker, ct);
            FeatureTelemetry.Bricks.Add(1, new KeyValuePair<string, object?>("outcome", "done"));
        }
        catch (BrickRejectedException e)   // permanent: a result, not a fault
        {
            LogRejected(logger, key.RunId, key.BrickIndex, e.Message);
            await runs.RejectBrickAsync(key, e.Message, Worker, ct);
            FeatureTelemetry.Bricks.Add(1, new KeyValuePair<string, object?>("outcome", "rejected"));
        }
        FeatureTelemetry.BrickDuration.Record(Stopwatch.GetElapsedTime(started).TotalSeconds);
    }

    [LoggerMessage(3101, LogLevel.Warning, "Brick {BrickIndex} of run {RunId} is not in the database; the message is dropped")]
    private static partial void LogUnknown(ILogger logger, string runId, int brickIndex);

    [LoggerMessage(3102, LogLevel.Warning, "Brick {BrickIndex} of run {RunId} gives no values: {Reason}")]
    private static partial void LogRejected(ILogger logger, string runId, int brickIndex, string reason);
}

/// <summary>Minutes of work are in flight: a worker takes as many bricks as it can compute and leaves the others to other workers.</summary>
internal sealed class BrickExtractionRequestedConsumerDefinition : ConsumerDefinition<BrickExtractionRequestedConsumer>
{
    private readonly int _concurrency;

    public BrickExtractionRequestedConsumerDefinition(IOptions<FeatureWorkerOptions> options)
    {
        _concurrency = options.Value.Concurrency > 0 ? options.Value.Concurrency : Environment.ProcessorCount;
        ConcurrentMessageLimit = _concurrency;
    }

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpoint, IConsumerConfigurator<BrickExtractionRequestedConsumer> consumer, IRegistrationContext context) =>
        endpoint.PrefetchCount = _concurrency;
}

/// <summary>A brick that failed on every try is closed with its error, so that its run ends and the others go on.</summary>
internal sealed class BrickFaultConsumer(RunRepository runs) : IConsumer<Fault<BrickExtractionRequested>>
{
    public async Task Consume(ConsumeContext<Fault<BrickExtractionRequested>> context)
    {
        CancellationToken ct = context.CancellationToken;
        BrickExtractionRequested failed = context.Message.Message;
        string error = string.Join("; ", context.Message.Exceptions.Select(e => $"{e.ExceptionType}: {e.Message}"));
        await runs.RejectBrickAsync(new BrickKey(failed.RunId, failed.BrickIndex), $"failed on every try: {error}", context.Message.Host.MachineName ?? "", ct);
        await context.Publish(new BrickExtracted { RunId = failed.RunId, BrickIndex = failed.BrickIndex }, ct);
    }
}
