using HccPipeline.Contracts.Messages;
using HccPipeline.Persistence.Runs;
using MassTransit;
using Microsoft.Extensions.Options;

namespace HccPipeline.FeatureWorker.Extraction;

/// <summary>The queues of bricks, one for each priority: in one queue an interactive brick would wait behind all that came before.</summary>
internal static class BrickQueues
{
    public const string Batch = "feature-brick";
    public const string Interactive = "feature-brick-interactive";

    /// <summary>Where bricks of a priority are sent. The exchange that feeds the queue, not the queue: its arguments are the worker's to declare.</summary>
    public static Uri AddressOf(RunPriority priority) => new($"exchange:{(priority == RunPriority.Interactive ? Interactive : Batch)}");
}

/// <summary>Computes bricks of the pipeline's own runs.</summary>
internal sealed class BatchBrickConsumer(BrickDelivery delivery, BrickSlots slots) : IConsumer<BrickExtractionRequested>
{
    public Task Consume(ConsumeContext<BrickExtractionRequested> context) => delivery.HandleAsync(slots, RunPriority.Batch, context);
}

/// <summary>Computes bricks of runs that somebody waits for.</summary>
internal sealed class InteractiveBrickConsumer(BrickDelivery delivery, BrickSlots slots) : IConsumer<BrickExtractionRequested>
{
    public Task Consume(ConsumeContext<BrickExtractionRequested> context) => delivery.HandleAsync(slots, RunPriority.Interactive, context);
}

/// <summary>A worker takes as many bricks as it can compute, and one more: it is at hand when a slot becomes free, while the one before is still
/// being stored. All others are left to other workers.</summary>
internal sealed class BatchBrickConsumerDefinition : ConsumerDefinition<BatchBrickConsumer>
{
    private readonly int _atHand;

    public BatchBrickConsumerDefinition(IOptions<FeatureWorkerOptions> options)
    {
        EndpointName = BrickQueues.Batch;
        ConcurrentMessageLimit = _atHand = options.Value.Slots + 1;
    }

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpoint, IConsumerConfigurator<BatchBrickConsumer> consumer, IRegistrationContext context) =>
        endpoint.PrefetchCount = _atHand;
}

/// <summary>The same for bricks that somebody waits for: the next of them stands at the gate before one of the batch. Only what is sent to
/// this queue comes here.</summary>
internal sealed class InteractiveBrickConsumerDefinition : ConsumerDefinition<InteractiveBrickConsumer>
{
    private readonly int _atHand;

    public InteractiveBrickConsumerDefinition(IOptions<FeatureWorkerOptions> options)
    {
        EndpointName = BrickQueues.Interactive;
        ConcurrentMessageLimit = _atHand = options.Value.Slots + 1;
    }

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpoint, IConsumerConfigurator<InteractiveBrickConsumer> consumer, IRegistrationContext context)
    {
        endpoint.ConfigureConsumeTopology = false;
        endpoint.PrefetchCount = _atHand;
    }
}
