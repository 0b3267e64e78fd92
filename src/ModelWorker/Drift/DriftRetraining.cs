using System.Globalization;
using HccPipeline.Contracts.Drift;
using HccPipeline.Contracts.Messages;
using HccPipeline.ModelWorker.Retraining;
using MassTransit;
using Microsoft.Extensions.Options;

namespace HccPipeline.ModelWorker.Drift;

/// <summary>Asks for a new version when an alert calls for action. A cohort that holds nobody new gives the version that is there; a new version is a
/// challenger and replaces nobody by itself.</summary>
internal sealed class DriftRetrainingConsumer(RetrainingPolicy policy, IOptions<ModelWorkerOptions> worker, IOptions<DriftOptions> options) : IConsumer<DriftDetected>
{
    public async Task Consume(ConsumeContext<DriftDetected> context)
    {
        DriftDetected alert = context.Message;
        if (!options.Value.RetrainOnAction || AlertLevels.Rank(alert.Level) < AlertLevels.Rank(AlertLevels.Action)
            || await policy.FindProfileInUseAsync(context.CancellationToken) is not { } profileSha256)
            return;
        await context.Publish(
            new RetrainingRequested
            {
                ProfileSha256 = profileSha256,
                Seed = worker.Value.Seed,
                OnlyIfDue = false,
                Reason = string.Create(CultureInfo.InvariantCulture, $"drift of version {alert.ModelVersion}, alert {alert.AlertId}"),
            },
            context.CancellationToken);
    }
}
