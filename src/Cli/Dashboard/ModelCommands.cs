using HccPipeline.Contracts.Messages;
using HccPipeline.ModelWorker;
using HccPipeline.ModelWorker.Promotion;
using HccPipeline.Persistence.Cohort;
using HccPipeline.Reporting.Dashboard;
using MassTransit;
using Microsoft.Extensions.Options;

namespace HccPipeline.Cli.Dashboard;

/// <summary>What people may change about models: the same as on the command line; training and reports are asked for on the bus, where any worker takes them.</summary>
internal sealed class ModelCommands(PromotionService promotion, CohortReader cohort, IBus bus, IOptions<ModelWorkerOptions> options) : IModelCommands
{
    public Task<string> ApproveAsync(int modelVersion, string actor, string reason, CancellationToken ct) => SayAsync(async () =>
    {
        (StoredComparison compared, bool promoted) = await promotion.ApproveAsync(modelVersion, actor, reason, ct);
        return promoted
            ? $"Version {modelVersion} is the champion."
            : $"Approved; {compared.MissingApprovals} more {(compared.MissingApprovals == 1 ? "approval is" : "approvals are")} needed.";
    });

    public Task<string> RollBackAsync(string actor, string reason, CancellationToken ct) =>
        SayAsync(async () => $"Version {await promotion.RollBackAsync(null, actor, reason, ct)} is the champion again.");

    public async Task<string> RequestTrainingAsync(string actor, string reason, CancellationToken ct)
    {
        string profile = await cohort.FindProfileInUseAsync(ct) ?? throw new InvalidOperationException("No study was extracted yet; there is nothing to learn from.");
        await bus.Publish(
            new RetrainingRequested { ProfileSha256 = profile, Seed = options.Value.Seed, OnlyIfDue = false, Reason = reason, RequestedBy = actor }, ct);
        return "Asked for; it shows below when a model worker takes it up.";
    }

    public async Task<string> RequestReportAsync(int modelVersion, string? period, CancellationToken ct)
    {
        await bus.Publish(new ReportRequested { ModelVersion = modelVersion, Kind = period is null ? ReportKind.Validation : ReportKind.Drift, Period = period }, ct);
        return "Asked for.";
    }

    private static async Task<string> SayAsync(Func<Task<string>> change)
    {
        try
        {
            return await change();
        }
        catch (PromotionException e)
        {
            throw new InvalidOperationException(e.Message, e);
        }
    }
}
