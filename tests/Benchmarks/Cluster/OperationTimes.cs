using System.Diagnostics;
using System.Globalization;
using HccPipeline.Contracts.Messages;
using HccPipeline.FeatureWorker.Profiles;
using HccPipeline.Persistence.Runs;
using MassTransit;

namespace HccPipeline.Benchmarks.Cluster;

/// <summary>Times single operations of a brick's way, on a cluster without workers.</summary>
internal static class OperationTimes
{
    private const int Repeats = 200, Bricks = OperationCosts.ManyInFlight + OperationCosts.Many;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    public static async Task<OperationCosts> MeasureAsync(ClusterClient client)
    {
        CancellationToken ct = CancellationToken.None;
        (RunRepository runs, BrickRepository bricks, ReleaseRepository release) = (client.Get<RunRepository>(), client.Get<BrickRepository>(), client.Get<ReleaseRepository>());
        HashedProfile profile = ProfileReader.ReadDefault();
        // Work of about the length of a box's.
        RunPlan plan = new()
        {
            ProfileSha256 = profile.Sha256,
            Priority = RunPriority.Interactive,
            Bricks = [.. Enumerable.Range(0, Bricks).Select(i => new BrickPlan(BrickKinds.Box, $"{{\"box\":{i},\"subject\":\"{new string('x', 1500)}\"}}", 1000))],
        };
        string runId = plan.RunId;
        await runs.PlanAsync(plan, ct);
        int requested = 0, at = 0;
        BrickKey Next() => new(runId, at++ % Repeats);
        double few = await MedianAsync(9, async () => requested += (await release.ReleaseAsync(requested + OperationCosts.Few, int.MaxValue, ct)).Count);
        double nothingFew = await MedianAsync(Repeats, () => release.ReleaseAsync(requested, 1, ct));
        double many = await MedianAsync(3, async () => requested += (await release.ReleaseAsync(requested + OperationCosts.Many, int.MaxValue, ct)).Count);
        double nothingMany = await MedianAsync(Repeats, () => release.ReleaseAsync(requested, 1, ct));
        RunSweepRepository lost = client.Get<RunSweepRepository>();
        double sweep = await MedianAsync(Repeats / 4, async () =>
        {
            DateTimeOffset before = TimeProvider.System.GetUtcNow() - TimeSpan.FromMinutes(10);
            await lost.ListUnplannedStudiesAsync(profile.Sha256, before, ct);
            await lost.TakeStaleAsync(before, evenInWork: false, ct);
            await lost.UnblockAsync(ct);
            await lost.ListUnclosedAsync(ct);
            await lost.ListNotAnnouncedAsync(ct);
            await lost.CountOpenAsync(ct);
        });
        double find = await MedianAsync(Repeats, () => bricks.FindAsync(Next(), ct));
        double begin = await MedianAsync(Repeats, () => bricks.BeginAsync(Next(), "benchmark", ct));
        double complete = await MedianAsync(Repeats, () => bricks.CompleteAsync(Next(), new BrickOutcome { Seconds = 1, ResultSha256 = profile.Sha256 }, "benchmark", ct));
        double close = await MedianAsync(Repeats, () => runs.TryCompleteAsync(runId, ct));
        ISendEndpoint queue = await client.Get<IBus>().GetSendEndpoint(new($"exchange:{Echo.Queue}"));
        double send = await MedianAsync(Repeats, () => queue.Send(new BrickExtractionRequested { RunId = runId, BrickIndex = 0 }, ct));
        double deliver = await MedianAsync(Repeats, async () =>
        {
            string run = (at++).ToString(CultureInfo.InvariantCulture);
            Task comes = Echo.ComesAsync(run);
            await queue.Send(new BrickExtractionRequested { RunId = run, BrickIndex = 0 }, ct);
            await comes.WaitAsync(Limit, ct);
        });
        return new(find, begin, complete, close, few, many, nothingFew, nothingMany, sweep, send, deliver);
    }

    private static async Task<double> MedianAsync(int repeats, Func<Task> operation)
    {
        double[] seconds = new double[repeats];
        for (int i = 0; i < repeats; i++)
        {
            long start = Stopwatch.GetTimestamp();
            await operation();
            seconds[i] = Stopwatch.GetElapsedTime(start).TotalSeconds;
        }
        Array.Sort(seconds);
        return seconds[repeats / 2];
    }
}
