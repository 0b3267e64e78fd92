using HccPipeline.Persistence.Runs;
using Microsoft.Extensions.Options;

namespace HccPipeline.FeatureWorker.Extraction;

/// <summary>So many bricks at a time in this process, whichever queue they come from; who waits for an interactive one goes in first.</summary>
internal sealed class BrickSlots(IOptions<FeatureWorkerOptions> options)
{
    private readonly Lock _lock = new();
    private readonly PriorityQueue<TaskCompletionSource, (int Rank, long Turn)> _waiting = new();
    private int _free = options.Value.Slots;
    private long _turns;

    /// <summary>Waits for a slot; disposing what is returned gives it back.</summary>
    public async Task<IDisposable> EnterAsync(RunPriority priority, CancellationToken ct)
    {
        TaskCompletionSource turn = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (_free > 0)
            {
                _free--;
                return new Slot(this);
            }
            _waiting.Enqueue(turn, (-(int)priority, _turns++));
        }
        await using (ct.Register(() => turn.TrySetCanceled(ct)))
            await turn.Task;
        return new Slot(this);
    }

    private void Leave()
    {
        lock (_lock)
        {
            while (_waiting.TryDequeue(out TaskCompletionSource? next, out _))
            {
                if (next.TrySetResult())
                    return;   // the slot goes straight on to who waited; who gave up is passed over
            }
            _free++;
        }
    }

    private sealed class Slot(BrickSlots slots) : IDisposable
    {
        private BrickSlots? _slots = slots;

        public void Dispose() => Interlocked.Exchange(ref _slots, null)?.Leave();
    }
}
