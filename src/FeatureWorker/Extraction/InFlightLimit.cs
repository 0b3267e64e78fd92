using HccPipeline.Persistence.Workers;
using Microsoft.Extensions.Options;

namespace HccPipeline.FeatureWorker.Extraction;

/// <summary>How many bricks may be requested at a time: enough that no worker ever waits for the next, and no more, because in the queue
/// they can't be overtaken.</summary>
internal sealed class InFlightLimit(WorkerRepository workers, IOptions<FeatureWorkerOptions> options, TimeProvider clock)
{
    // More are requested when half of these have ended: by then each worker has as many in work and as many to come.
    private const int PerSlot = 4;
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(10);
    private Known _known = new(0, DateTimeOffset.MinValue);

    /// <returns>The configured limit; where there is none, four for each slot of the workers alive, this process counted at least.</returns>
    public async ValueTask<int> GetAsync(CancellationToken ct)
    {
        if (options.Value.MaxBricksInFlight > 0)
            return options.Value.MaxBricksInFlight;
        Known known = _known;
        if (clock.GetUtcNow() >= known.Until)
        {
            long slots = (await workers.ListAliveAsync(ct)).Sum(w => w.Slots);
            _known = known = new((int)Math.Max(slots, options.Value.Slots) * PerSlot, clock.GetUtcNow() + Lifetime);
        }
        return known.Limit;
    }

    private sealed record Known(int Limit, DateTimeOffset Until);
}
