using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using HccPipeline.Contracts.Messages;
using HccPipeline.Persistence.Runs;
using MassTransit;
using MassTransit.Testing;
using Xunit;

namespace HccPipeline.FeatureWorker.Tests.Consumers;

/// <summary>What an operator sees of the flow.</summary>
public sealed class TelemetryTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Study_FromIngestToFeatures_IsOneTrace()
    {
        await using Rig rig = await Rig.StartAsync();
        await rig.AddStudyAsync();
        using Watch watch = new();
        ActivityTraceId trace;
        using (Activity ingest = watch.Root())
        {
            trace = ingest.TraceId;
            await rig.Harness.Bus.Publish(new StudyIngested { StudyInstanceUid = Rig.StudyUid, Pseudonym = "P", CenterCode = "C01" }, Ct);
        }

        Assert.Equal(trace, TraceOf((await FirstAsync<FeaturesExtracted>(rig)).Headers));
        Assert.Equal(2, watch.Of(trace).Count(a => a.OperationName == "brick.extract"));
        Assert.Equal(trace.ToHexString(), (await rig.ScalarAsync<string>("SELECT trace_parent FROM extraction_run"))!.Split('-')[1]);
    }

    [Fact]
    public async Task Brick_ReleasedByAnotherRunsWork_StaysInTheTraceOfItsOwnRun()
    {
        await using Rig rig = await Rig.StartAsync(withConsumers: true, ("MaxBricksInFlight", "1"), ("Concurrency", "1"));
        using Watch watch = new();
        RunPlan first, second;
        TaskCompletionSource hold = new(TaskCreationOptions.RunContinuationsAsynchronously);
        rig.Fake.Do = async (_, ct) =>
        {
            await hold.Task.WaitAsync(ct);
            return new();
        };
        ActivityTraceId traceOfFirst, traceOfSecond;
        using (Activity root = watch.Root())
        {
            traceOfFirst = root.TraceId;
            first = await PlanAsync(rig, "first", root.Id);
        }
        using (Activity root = watch.Root())
        {
            traceOfSecond = root.TraceId;
            second = await PlanAsync(rig, "second", root.Id);   // one brick is in flight: this one waits for it
        }
        hold.SetResult();
        await rig.AnnouncedAsync(2);

        Assert.Equal(first.RunId, Extracted(watch, traceOfFirst));
        Assert.Equal(second.RunId, Extracted(watch, traceOfSecond));
    }

    [Fact]
    public async Task Bricks_DoneRejectedAndFailed_AreMeasured()
    {
        ConcurrentBag<(string Instrument, double Value, string Tags)> seen = [];
        using MeterListener listener = new();
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument.Meter.Name == "HccPipeline.FeatureWorker")
                l.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => seen.Add((instrument.Name, value, Text(tags))));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => seen.Add((instrument.Name, value, Text(tags))));
        listener.Start();
        await using Rig rig = await Rig.StartAsync();
        rig.Measured.Do = (job, _) => job.Work switch
        {
            "good" => Task.FromResult(new BrickOutcome()),
            "bad" => throw new FeatureWorker.Extraction.BrickRejectedException("no region"),
            _ => throw new InvalidOperationException("no use"),
        };
        RunPlan plan = new() { ProfileSha256 = rig.Profile.Sha256, Bricks = [new(FakeWork.ForMeasures, "good", 5000), new(FakeWork.ForMeasures, "bad"), new(FakeWork.ForMeasures, "ugly")] };
        await rig.Runs.PlanAsync(plan, Ct);
        await rig.Get<ReleaseRepository>().ReleaseAsync(10, 10, Ct);
        rig.Clock.Advance(TimeSpan.FromSeconds(2));
        for (int i = 0; i < 3; i++)
            await rig.Harness.Bus.Publish(new BrickExtractionRequested { RunId = plan.RunId, BrickIndex = i }, Ct);
        for (int i = 0; i < 3; i++)
            await rig.EndedAsync(new(plan.RunId, i));

        var ours = seen.Where(s => s.Tags.Contains($"kind={FakeWork.ForMeasures}", StringComparison.Ordinal)).ToLookup(s => s.Instrument);
        Assert.Equal(
            [$"kind={FakeWork.ForMeasures} outcome=done", $"kind={FakeWork.ForMeasures} outcome=quarantined", $"kind={FakeWork.ForMeasures} outcome=rejected"],
            ours["hcc.bricks"].Select(s => s.Tags).Order(StringComparer.Ordinal));
        Assert.Equal(2, ours["hcc.brick.retries"].Sum(s => s.Value));
        Assert.Equal(5000, ours["hcc.voxels"].Sum(s => s.Value));
        Assert.All(ours["hcc.brick.queue.wait"], wait => Assert.Equal(2, wait.Value));
        double seconds = Assert.Single(ours["hcc.brick.extract.duration"]).Value;
        Assert.Equal(5000 / seconds, Assert.Single(ours["hcc.brick.voxel.rate"]).Value, 1e-6 * 5000 / seconds);
    }

    private static async Task<RunPlan> PlanAsync(Rig rig, string work, string? traceParent)
    {
        RunPlan plan = new() { ProfileSha256 = rig.Profile.Sha256, TraceParent = traceParent, Bricks = [new(FakeWork.Fake, work)] };
        await rig.Runs.PlanAsync(plan, Ct);
        await rig.Release.FillAsync(Ct);
        return plan;
    }

    private static string? Extracted(Watch watch, ActivityTraceId trace) =>
        (string?)Assert.Single(watch.Of(trace), a => a.OperationName == "brick.extract").GetTagItem("hcc.run_id");

    private static async Task<SendContext<T>> FirstAsync<T>(Rig rig) where T : class
    {
        await foreach (IPublishedMessage<T> message in rig.Harness.Published.SelectAsync<T>(Ct))
            return message.Context;
        throw new InvalidOperationException($"No {typeof(T).Name} was published.");
    }

    private static ActivityTraceId TraceOf(Headers headers) =>
        ActivityContext.Parse(Assert.IsType<string>(headers.Get<string>("MT-Activity-Id")), null).TraceId;

    private static string Text(ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        string.Join(' ', tags.ToArray().Select(t => $"{t.Key}={t.Value}"));

    /// <summary>Listens as an exporter would.</summary>
    private sealed class Watch : IDisposable
    {
        private readonly ActivitySource _own = new("HccPipeline.FeatureWorker.Tests");
        private readonly ConcurrentQueue<Activity> _activities = new();
        private readonly ActivityListener _listener;

        public Watch()
        {
            _listener = new ActivityListener
            {
                ShouldListenTo = source => source.Name is "MassTransit" or "HccPipeline.FeatureWorker" or "HccPipeline.FeatureWorker.Tests",
                Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
                ActivityStarted = _activities.Enqueue,
            };
            ActivitySource.AddActivityListener(_listener);
        }

        /// <summary>Begins a trace of its own.</summary>
        public Activity Root()
        {
            Activity.Current = null;
            return _own.StartActivity("test") ?? throw new InvalidOperationException("Nobody listens.");
        }

        public IEnumerable<Activity> Of(ActivityTraceId trace) => _activities.Where(a => a.TraceId == trace);

        public void Dispose()
        {
            _listener.Dispose();
            _own.Dispose();
        }
    }
}
