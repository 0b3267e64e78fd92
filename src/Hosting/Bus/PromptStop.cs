namespace HccPipeline.Hosting.Bus;

/// <summary>Says that this process ends at once: what consumers have in hand goes back undone, where an orderly stop gives them time to finish it.</summary>
public sealed class PromptStop : IDisposable
{
    private readonly CancellationTokenSource _stop = new();

    /// <summary>Cancelled when the process ends at once.</summary>
    public CancellationToken Token => _stop.Token;

    /// <summary>Ends it.</summary>
    public void Begin() => _stop.Cancel();

    /// <inheritdoc/>
    public void Dispose() => _stop.Dispose();
}
