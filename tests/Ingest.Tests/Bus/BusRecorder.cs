using System.Collections.Concurrent;
using System.Threading.Channels;
using MassTransit;

namespace HccPipeline.Ingest.Tests.Bus;

/// <summary>Keeps what was published, and tells when something was consumed; nothing here waits for a while and hopes.</summary>
internal sealed class BusRecorder : IPublishObserver, IConsumeObserver
{
    private readonly ConcurrentQueue<object> _published = new();
    private readonly Channel<object> _consumed = Channel.CreateUnbounded<object>();

    /// <summary>Messages of a type, in the order of their publication.</summary>
    public IReadOnlyList<T> Published<T>() => [.. _published.OfType<T>()];

    /// <summary>Waits until one more message has been consumed.</summary>
    public async Task<object> ConsumedAsync(CancellationToken ct) => await _consumed.Reader.ReadAsync(ct);

    public Task PrePublish<T>(PublishContext<T> context) where T : class => Task.CompletedTask;

    public Task PostPublish<T>(PublishContext<T> context) where T : class
    {
        _published.Enqueue(context.Message);
        return Task.CompletedTask;
    }

    public Task PublishFault<T>(PublishContext<T> context, Exception exception) where T : class => Task.CompletedTask;

    public Task PreConsume<T>(ConsumeContext<T> context) where T : class => Task.CompletedTask;

    public async Task PostConsume<T>(ConsumeContext<T> context) where T : class => await _consumed.Writer.WriteAsync(context.Message);

    public async Task ConsumeFault<T>(ConsumeContext<T> context, Exception exception) where T : class => await _consumed.Writer.WriteAsync(exception);
}
