namespace HccPipeline.Reporting.Views;

/// <summary>A reading that is dear enough to be shared: who asks gets the last one, and a new one is made meanwhile when that is not fresh.</summary>
/// <param name="read">Reads.</param>
/// <param name="fresh">So long it counts as fresh.</param>
/// <param name="usable">So long it is handed out while a new one is made; older, who asks waits for the new one.</param>
/// <param name="clock">Clock.</param>
internal sealed class LastReading<T>(Func<CancellationToken, Task<T>> read, TimeSpan fresh, TimeSpan usable, TimeProvider clock) where T : class
{
    private readonly Lock _gate = new();
    private Task<T>? _reading;
    private T? _last;
    private DateTimeOffset _at;

    /// <summary>The reading.</summary>
    public Task<T> GetAsync(CancellationToken ct)
    {
        Task<T> reading;
        lock (_gate)
        {
            TimeSpan age = clock.GetUtcNow() - _at;
            if (_last is not null && age <= fresh)
                return Task.FromResult(_last);
            if (_reading is null || _reading.IsCompleted)
                _reading = Task.Run(ReadAsync, CancellationToken.None);   // for everybody: who asked first may leave
            if (_last is not null && age <= usable)
                return Task.FromResult(_last);
            reading = _reading;
        }
        return reading.WaitAsync(ct);
    }

    private async Task<T> ReadAsync()
    {
        T value = await read(CancellationToken.None);
        lock (_gate)
            (_last, _at) = (value, clock.GetUtcNow());
        return value;
    }
}
