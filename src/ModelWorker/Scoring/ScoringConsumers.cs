using HccPipeline.Contracts.Messages;
using HccPipeline.Persistence.Models;
using MassTransit;

namespace HccPipeline.ModelWorker.Scoring;

/// <summary>The champion scores each patient when features or clinical values arrive.</summary>
internal sealed class PatientScoreConsumer(PatientScorer scorer) : IConsumer<FeaturesExtracted>, IConsumer<ClinicalRecordUpdated>
{
    public Task Consume(ConsumeContext<FeaturesExtracted> context) =>
        scorer.ScoreAsync(context.Message.Pseudonym, context.Message.ProfileSha256, context.CancellationToken);

    public Task Consume(ConsumeContext<ClinicalRecordUpdated> context) => scorer.ScoreAsync(context.Message.Pseudonym, null, context.CancellationToken);
}

/// <summary>Scoring is short: few at once leave the database to others.</summary>
internal sealed class PatientScoreConsumerDefinition : ConsumerDefinition<PatientScoreConsumer>
{
    public PatientScoreConsumerDefinition() => ConcurrentMessageLimit = 4;
}

/// <summary>A champion that comes back from the bus is announced; it scores all patients whose outcome is not known yet.</summary>
internal sealed class ModelPromotedConsumer(PatientScorer scorer, PromotionRepository promotions) : IConsumer<ModelPromoted>
{
    public async Task Consume(ConsumeContext<ModelPromoted> context)
    {
        await scorer.ScoreWaitingAsync(context.CancellationToken);
        await promotions.MarkAnnouncedAsync(context.Message.ModelVersion, context.CancellationToken);
    }
}

/// <summary>One champion after the other.</summary>
internal sealed class ModelPromotedConsumerDefinition : ConsumerDefinition<ModelPromotedConsumer>
{
    public ModelPromotedConsumerDefinition() => ConcurrentMessageLimit = 1;
}
