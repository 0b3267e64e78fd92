using HccPipeline.FeatureWorker.Extraction;
using HccPipeline.Persistence.Runs;
using Microsoft.Extensions.Options;
using Xunit;

namespace HccPipeline.FeatureWorker.Tests.Extraction;

public sealed class BrickSlotsTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EnterAsync_SlotsTaken_InteractiveGoesInFirstThenInTurn()
    {
        BrickSlots slots = Slots(1);
        IDisposable first = await slots.EnterAsync(RunPriority.Batch, Ct);
        Task<IDisposable> second = slots.EnterAsync(RunPriority.Batch, Ct), third = slots.EnterAsync(RunPriority.Batch, Ct);
        Task<IDisposable> interactive = slots.EnterAsync(RunPriority.Interactive, Ct);
        Assert.False(second.IsCompleted || third.IsCompleted || interactive.IsCompleted);

        first.Dispose();
        (await interactive).Dispose();
        IDisposable taken = await second;
        Assert.False(third.IsCompleted);
        taken.Dispose();
        (await third).Dispose();
    }

    [Fact]
    public async Task EnterAsync_GivenUpWhileWaiting_IsPassedOver()
    {
        BrickSlots slots = Slots(1);
        IDisposable first = await slots.EnterAsync(RunPriority.Batch, Ct);
        using CancellationTokenSource impatient = new();
        Task<IDisposable> givenUp = slots.EnterAsync(RunPriority.Interactive, impatient.Token), patient = slots.EnterAsync(RunPriority.Batch, Ct);
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => givenUp);

        first.Dispose();

        (await patient).Dispose();
    }

    [Fact]
    public async Task Dispose_Twice_GivesTheSlotBackOnce()
    {
        BrickSlots slots = Slots(2);
        IDisposable first = await slots.EnterAsync(RunPriority.Batch, Ct);
        await slots.EnterAsync(RunPriority.Batch, Ct);
        first.Dispose();
        first.Dispose();

        await slots.EnterAsync(RunPriority.Batch, Ct);
        Assert.False(slots.EnterAsync(RunPriority.Batch, Ct).IsCompleted);
    }

    private static BrickSlots Slots(int count) => new(Options.Create(new FeatureWorkerOptions { Concurrency = count }));
}
