using System.Data.Common;
using HccPipeline.ModelWorker.Training;
using HccPipeline.Persistence.Models;

namespace HccPipeline.ModelWorker.Retraining;

/// <summary>The hold on a cohort while a training goes on: renewed in the background, with the progress; ends the training when it is lost or
/// somebody asks it to stop.</summary>
internal sealed class TrainingLease : IAsyncDisposable, IProgress<TrainingStep>
{
    private const int RenewalsPerLease = 15;
    private readonly TrainingRunRepository _runs;
    private readonly TimeSpan _lease;
    private readonly CancellationTokenSource _end;
    private readonly CancellationTokenSource _stopRenewing = new();
    private readonly PeriodicTimer _timer;
    private readonly Task _renewing;
    private volatile TrainingProgress _progress = new("snapshot", 0, 0, null);
    private int _patients, _done;

    public TrainingLease(string runId, TrainingRunRepository runs, TimeSpan lease, TimeProvider clock, CancellationToken ct)
    {
        (RunId, _runs, _lease) = (runId, runs, lease);
        _end = CancellationTokenSource.CreateLinkedTokenSource(ct);
        _timer = new(lease / RenewalsPerLease, clock);
        _renewing = Task.Run(() => RenewAsync(clock), CancellationToken.None);
    }

    public string RunId { get; }

    /// <summary>Stops the training: its caller does, or the hold is over.</summary>
    public CancellationToken Token => _end.Token;

    /// <summary>Why <see cref="Token"/> stopped it; <see cref="TrainingHold.Held"/> when the caller did.</summary>
    public TrainingHold Hold { get; private set; } = TrainingHold.Held;

    /// <summary>Notes how many patients the snapshot has.</summary>
    public void Learn(int patients)
    {
        _patients = patients;
        _progress = new("training", 0, 0, patients);
    }

    /// <inheritdoc/>
    public void Report(TrainingStep value) => _progress = new(value.Name, Interlocked.Increment(ref _done), value.Total, _patients);

    /// <summary>Writes down how far it is, now.</summary>
    public async Task ShowAsync(CancellationToken ct) => await _runs.RenewAsync(RunId, _progress, _lease, ct);

    public async ValueTask DisposeAsync()
    {
        await _stopRenewing.CancelAsync();
        await _renewing;
        _timer.Dispose();
        _stopRenewing.Dispose();
        _end.Dispose();
    }

    private async Task RenewAsync(TimeProvider clock)
    {
        DateTimeOffset renewed = clock.GetUtcNow();
        try
        {
            while (await _timer.WaitForNextTickAsync(_stopRenewing.Token))
            {
                try
                {
                    Hold = await _runs.RenewAsync(RunId, _progress, _lease, _stopRenewing.Token);
                    renewed = clock.GetUtcNow();
                }
                catch (DbException) when (clock.GetUtcNow() - renewed < _lease)
                {
                    continue;   // the database may be away for a while; the hold lasts until the lease is over
                }
                catch (DbException)
                {
                    Hold = TrainingHold.Lost;
                }
                if (Hold != TrainingHold.Held)
                {
                    await _end.CancelAsync();
                    return;
                }
            }
        }
        catch (OperationCanceledException)
        {
            return;   // the training has ended
        }
    }
}
