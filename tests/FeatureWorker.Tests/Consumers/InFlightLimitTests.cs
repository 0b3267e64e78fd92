using HccPipeline.FeatureWorker.Extraction;
using HccPipeline.Persistence.Workers;
using Xunit;

namespace HccPipeline.FeatureWorker.Tests.Consumers;

public sealed class InFlightLimitTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GetAsync_NotConfigured_FollowsTheWorkersThatAreAlive()
    {
        await using Rig rig = await Rig.StartAsync(withConsumers: false, ("Concurrency", "2"));
        InFlightLimit limit = rig.Get<InFlightLimit>();
        Assert.Equal(8, await limit.GetAsync(Ct));   // this process alone

        await SeeAsync("a", 3);
        await SeeAsync("b", 4);
        Assert.Equal(8, await limit.GetAsync(Ct));   // looked at a moment ago
        rig.Clock.Advance(TimeSpan.FromSeconds(15));
        Assert.Equal(28, await limit.GetAsync(Ct));

        await SeeAsync("b", 4);
        rig.Clock.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal(16, await limit.GetAsync(Ct));   // a is gone

        Task SeeAsync(string id, int slots)
        {
            long now = rig.Clock.GetUtcNow().ToUnixTimeMilliseconds();
            return rig.Get<WorkerRepository>().SeeAsync(new() { WorkerId = id, Roles = "features", Slots = slots, Version = "1", StartedMs = now, SeenMs = now }, Ct);
        }
    }

    [Fact]
    public async Task GetAsync_Configured_IsWhatWasConfigured()
    {
        await using Rig rig = await Rig.StartAsync(withConsumers: false, ("MaxBricksInFlight", "5"));

        Assert.Equal(5, await rig.Get<InFlightLimit>().GetAsync(Ct));
    }
}
