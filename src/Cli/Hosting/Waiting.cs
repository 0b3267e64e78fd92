using HccPipeline.Cli.Output;
using HccPipeline.FeatureWorker.Profiles;
using HccPipeline.Persistence.Models;
using HccPipeline.Persistence.Status;

namespace HccPipeline.Cli.Hosting;

/// <summary>Waits for what the workers do, by looking at what they have recorded: it works whichever process does the work.</summary>
internal static class Waiting
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan StallLimit = TimeSpan.FromMinutes(3);

    /// <summary>Until every ready study is extracted, or what is left is in quarantine.</summary>
    public static async Task<ExtractionProgress> ForFeaturesAsync(RegistrySession session, IProgress<StageProgress> progress, CancellationToken ct)
    {
        string profile = session.Get<ProfileCatalog>().Current.Sha256;
        StatusReader status = session.Get<StatusReader>();
        ExtractionProgress now = new(0, 0, 0, 0);
        await UntilAsync(
            async () =>
            {
                now = await status.ReadProgressAsync(profile, ct);
                progress.Report(new(now.StudiesExtracted, now.StudiesReady));
                return (now.IsIdle, (now.StudiesExtracted, now.BricksOpen));
            },
            "No study was extracted", ct);
        return now;
    }

    /// <summary>One line on what became of the studies.</summary>
    public static string Describe(ExtractionProgress done) => done.StudiesHeld == 0
        ? $"{done.StudiesExtracted} studies"
        : $"{done.StudiesExtracted} studies; {done.StudiesHeld} held by bricks in quarantine: 'hcc status' says why, 'hcc retry' puts them back";

    /// <summary>Until a model version exists.</summary>
    public static async Task<ModelVersionRow> ForModelAsync(RegistrySession session, CancellationToken ct)
    {
        ModelRepository models = session.Get<ModelRepository>();
        IReadOnlyList<ModelVersionRow> versions = [];
        await UntilAsync(
            async () =>
            {
                versions = await models.ListAsync(ct);
                return (versions.Count > 0, versions.Count);
            },
            "No model was trained", ct);
        return versions[^1];
    }

    /// <summary>Until the report of a version is published.</summary>
    public static async Task<ReportRow> ForReportAsync(RegistrySession session, int modelVersion, CancellationToken ct)
    {
        ReportRepository reports = session.Get<ReportRepository>();
        ReportRow? report = null;
        await UntilAsync(
            async () =>
            {
                report = await reports.FindAsync(modelVersion, ct);
                return (report is not null, 0);
            },
            "No report was published", ct);
        return report!;
    }

    private static async Task UntilAsync<T>(Func<Task<(bool Done, T State)>> look, string stalled, CancellationToken ct)
    {
        using PeriodicTimer timer = new(Look);
        T? last = default;
        long since = Environment.TickCount64;
        while (true)
        {
            (bool done, T state) = await look();
            if (done)
                return;
            if (!EqualityComparer<T>.Default.Equals(state, last))
                (last, since) = (state, Environment.TickCount64);
            else if (Environment.TickCount64 - since > StallLimit.TotalMilliseconds)
                throw new CliException($"{stalled} for {StallLimit.TotalMinutes:F0} minutes. 'hcc status' shows what waits; warnings above say why. Running the command again goes on from here.");
            await timer.WaitForNextTickAsync(ct);
        }
    }
}
