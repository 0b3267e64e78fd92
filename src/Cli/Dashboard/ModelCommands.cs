using HccPipeline.Contracts.Messages;
using HccPipeline.ModelWorker;
using HccPipeline.ModelWorker.Promotion;
using HccPipeline.Persistence.Audit;
using HccPipeline.Persistence.Cohort;
using HccPipeline.Reporting.Dashboard;
using MassTransit;
using Microsoft.Extensions.Options;

namespace HccPipeline.Cli.Dashboard;

/// <summary>What people may change about models: the same as on the command line; training and reports are asked for on the bus, where any worker takes them.</summary>
/// <remarks>Who is signed in has shown a token. What is only asked for is written down before it is sent: what comes of it may come from another process.</remarks>
internal sealed class ModelCommands(PromotionService promotion, CohortReader cohort, IBus bus, IOptions<ModelWorkerOptions> options, AuditLog audit) : IModelCommands
{
    public Task<string> ApproveAsync(int modelVersion, string actor, string reason, CancellationToken ct) => SayAsync(async () =>
    {
        (StoredComparison compared, bool promoted) = await promotion.ApproveAsync(modelVersion, new(actor, IsProven: true), reason, ct);
        return promoted
            ? $"Version {modelVersion} is the champion."
            : $"Approved; {compared.MissingApprovals} more {(compared.MissingApprovals == 1 ? "approval is" : "approvals are")} needed.";
    });

    public Task<string> RollBackAsync(string actor, string reason, CancellationToken ct) =>
        SayAsync(async () => $"Version {await promotion.RollBackAsync(null, new(actor, IsProven: true), reason, ct)} is the champion again.");

    public async Task<string> RequestTrainingAsync(string actor, string reason, CancellationToken ct)
    {
        string profile = await cohort.FindProfileInUseAsync(ct) ?? throw new InvalidOperationException("No study was extracted yet; there is nothing to learn from.");
        await audit.AppendAsync(new(actor, "request-training", $"profile {profile[..Math.Min(12, profile.Length)]}", reason), ct);
        await bus.Publish(
            new RetrainingRequested { ProfileSha256 = profile, Seed = options.Value.Seed, OnlyIfDue = false, Reason = reason, RequestedBy = actor }, ct);
        return "Asked for; it shows below when a model worker takes it up.";
    }

    public async Task<string> RequestReportAsync(int modelVersion, string? period, string actor, string reason, CancellationToken ct)
    {
        ReportKind kind = period is null ? ReportKind.Validation : ReportKind.Drift;
        Dictionary<string, string> detail = new(StringComparer.Ordinal) { ["kind"] = kind.ToString().ToLowerInvariant() };
        if (period is not null)
            detail["period"] = period;
        await audit.AppendAsync(new(actor, "request-report", $"model {modelVersion}", reason, detail), ct);
        await bus.Publish(new ReportRequested { ModelVersion = modelVersion, Kind = kind, Period = period, Rebuild = true }, ct);
        return "Asked for; when it is made again, it takes the place of the stored one.";
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
