using HccPipeline.FeatureWorker.Extraction;
using HccPipeline.Ingest;
using HccPipeline.Persistence.Audit;
using HccPipeline.Persistence.Runs;
using HccPipeline.Reporting.Dashboard;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace HccPipeline.Cli.Dashboard;

/// <summary>Decides on what is in quarantine: bricks through the feature worker, files from the drop folder.</summary>
internal sealed class QuarantineCommands(BrickQuarantine bricks, BrickRelease release, BrickDismissal dismissal, AuditLog audit, IServiceProvider services) : IQuarantineCommands
{
    public async Task<string> RetryBrickAsync(string runId, int brickIndex, string actor, CancellationToken ct)
    {
        if ((await bricks.RetryAsync(runId, brickIndex, actor, ct)).Count == 0)
            return "It is not in quarantine any more.";
        await release.FillAsync(ct);
        return "Put back to work.";
    }

    public async Task<string> DismissBrickAsync(string runId, int brickIndex, string actor, string reason, CancellationToken ct) =>
        (await dismissal.DismissAsync(runId, brickIndex, actor, reason, ct)).Count == 0
            ? "It is not in quarantine any more."
            : "Dismissed; its study goes on without it.";

    public async Task<string> RetryFileAsync(string centerCode, string subject, string actor, CancellationToken ct)
    {
        string folder = services.GetService<IOptions<IngestOptions>>()?.Value.DropFolder ?? "";
        if (folder.Length == 0 || services.GetService<IngestService>() is not { } ingest || DeliveryOf(folder, centerCode, subject) is not { } delivery)
            throw new InvalidOperationException($"The delivery with {subject} does not lie in a drop folder that this process can read; ingest it again: hcc ingest PATH{(centerCode.Length > 0 ? $" --center {centerCode}" : "")}");
        IngestSummary summary = await ingest.IngestAsync([delivery], centerCode, progress: null, ct);
        bool isBack = summary.Quarantined.Any(q => q.Subject == subject);
        await audit.AppendAsync(new(actor, "retry", subject, isBack ? "read again, still not usable" : "read again"), ct);
        return isBack ? "Read again; it still can't be used." : $"Read again: {summary.Stored} files stored, {summary.Quarantined.Count} in quarantine.";
    }

    /// <summary>Where the drop folder keeps what was taken: the latest delivery with this file.</summary>
    private static string? DeliveryOf(string dropFolder, string centerCode, string subject)
    {
        string name = subject.Split('/')[0], done = Path.Combine(dropFolder, centerCode, ".done");
        if (centerCode.Length == 0 || name.Length == 0 || subject.Split('/').Any(part => part.StartsWith('.')) || !Directory.Exists(done))
            return null;
        return Directory.EnumerateDirectories(done).OrderDescending(StringComparer.Ordinal)
            .Where(taken => Path.Exists(Path.Combine([taken, .. subject.Split('/')])))
            .Select(taken => Path.Combine(taken, name)).FirstOrDefault();
    }
}
