using HccPipeline.Contracts.Messages;
using HccPipeline.Persistence.Models;
using MassTransit;
using Microsoft.Extensions.Logging;

namespace HccPipeline.ModelWorker.Promotion;

/// <summary>A new version is compared with the champion, and takes its place where the policy lets it do so by itself.</summary>
internal sealed partial class ModelTrainedConsumer(PromotionService promotion, ModelRepository models, ILogger<ModelTrainedConsumer> logger) : IConsumer<ModelTrained>
{
    public async Task Consume(ConsumeContext<ModelTrained> context)
    {
        int version = context.Message.ModelVersion;
        if (await models.FindChampionAsync(context.CancellationToken) is not { } champion || champion == version)
            return;   // the first version is the champion already
        bool promoted = await promotion.ConsiderAsync(version, context.CancellationToken);
        LogCompared(logger, version, champion, promoted);
        if (promoted)
            await context.Publish(new ModelPromoted { ModelVersion = version, Reason = "the comparison holds" }, context.CancellationToken);
    }

    [LoggerMessage(4301, LogLevel.Information, "Version {ModelVersion} was compared with version {Champion}; promoted: {Promoted}")]
    private static partial void LogCompared(ILogger logger, int modelVersion, int champion, bool promoted);
}

/// <summary>One comparison after the other: each is with who is the champion then.</summary>
internal sealed class ModelTrainedConsumerDefinition : ConsumerDefinition<ModelTrainedConsumer>
{
    public ModelTrainedConsumerDefinition() => ConcurrentMessageLimit = 1;
}
