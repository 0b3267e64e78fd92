using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace HccPipeline.EndToEnd.Cluster;

/// <summary>A span as a process sent it.</summary>
/// <param name="TraceId">Trace, lower-case hex.</param>
/// <param name="Name">What was done.</param>
/// <param name="Service">Service name of the process, <c>hcc-features</c>.</param>
/// <param name="Instance">The process itself.</param>
/// <param name="Attributes">Attributes that are texts or whole numbers.</param>
internal sealed record Span(string TraceId, string Name, string Service, string Instance, IReadOnlyDictionary<string, string> Attributes);

/// <summary>Receives traces over OTLP/HTTP, as a collector does.</summary>
internal sealed class SpanSink : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<Span> _spans = new();
    private int _metricPosts;

    private SpanSink()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.Urls.Add("http://127.0.0.1:0");
        _app.MapPost("/v1/traces", async (HttpRequest request) =>
        {
            foreach (Span span in OtlpTraces.Read(await BodyAsync(request)))
                _spans.Enqueue(span);
            return Results.Bytes([], "application/x-protobuf");
        });
        _app.MapPost("/v1/metrics", async (HttpRequest request) =>
        {
            if ((await BodyAsync(request)).Length > 0)
                Interlocked.Increment(ref _metricPosts);
            return Results.Bytes([], "application/x-protobuf");
        });
    }

    /// <summary>What processes need to send here.</summary>
    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string>
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single(),
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        ["OTEL_BSP_SCHEDULE_DELAY"] = "500",
        ["OTEL_METRIC_EXPORT_INTERVAL"] = "2000",
    };

    public IReadOnlyList<Span> Spans => [.. _spans];

    public int MetricPosts => _metricPosts;

    public static async Task<SpanSink> StartAsync()
    {
        SpanSink sink = new();
        await sink._app.StartAsync();
        return sink;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static async Task<byte[]> BodyAsync(HttpRequest request)
    {
        using MemoryStream body = new();
        await request.Body.CopyToAsync(body);
        return body.ToArray();
    }
}
