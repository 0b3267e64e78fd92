using HccPipeline.Contracts.Messages;
using HccPipeline.ModelWorker.Retraining;
using HccPipeline.Persistence.Models;
using HccPipeline.Testing;
using MassTransit;
using MassTransit.Testing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace HccPipeline.ModelWorker.Tests;

public sealed class RetrainingPolicyTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EvaluateAsync_EmptyRegistry_IsNotDue()
    {
        await using TestDatabase database = await TestDatabase.SqliteAsync(Ct);
        await using ServiceProvider services = Services(database);
        Assert.Null(await services.GetRequiredService<RetrainingPolicy>().EvaluateAsync(new string('b', 64), Ct));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Consume_NothingToLearnFrom_TrainsNothingAndSucceeds(bool onlyIfDue)
    {
        await using TestDatabase database = await TestDatabase.SqliteAsync(Ct);
        await using ServiceProvider services = Services(database);
        ITestHarness harness = await services.StartTestHarness();
        await harness.Bus.Publish(new RetrainingRequested { ProfileSha256 = new string('b', 64), Seed = 1, OnlyIfDue = onlyIfDue, Reason = "test" }, Ct);

        Assert.True(await harness.Consumed.Any<RetrainingRequested>(m => m.Exception is null, Ct));
        Assert.Empty(await services.GetRequiredService<ModelRepository>().ListAsync(Ct));
    }

    private static ServiceProvider Services(TestDatabase database)
    {
        ServiceCollection services = database.Services(TimeProvider.System);
        services.AddModelWorker();
        services.AddMassTransitTestHarness(bus => bus.AddModelConsumers());
        return services.BuildServiceProvider();
    }
}
