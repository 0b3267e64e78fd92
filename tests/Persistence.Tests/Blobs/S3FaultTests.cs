using System.Collections.Concurrent;
using System.Net;
using System.Text;
using HccPipeline.Persistence.Blobs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Xunit;

namespace HccPipeline.Persistence.Tests.Blobs;

/// <summary>A store that answers as a test tells it to.</summary>
public sealed class S3FaultTests : IAsyncLifetime
{
    private readonly ConcurrentQueue<Func<HttpContext, Task>> _answers = [];
    private readonly ConcurrentQueue<string> _requests = [];
    private WebApplication _server = null!;
    private S3ObjectStore _store = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _server = builder.Build();
        _server.Run(async http =>
        {
            _requests.Enqueue($"{http.Request.Method} {http.Request.Path}");
            await http.Request.Body.CopyToAsync(Stream.Null, Ct);
            Assert.True(_answers.TryDequeue(out Func<HttpContext, Task>? answer), "One request more than expected.");
            await answer(http);
        });
        await _server.StartAsync(Ct);
        string address = _server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        _store = new(Options.Create(new BlobOptions { Provider = BlobProvider.S3, ServiceUrl = address, Bucket = "b", AccessKey = "a", SecretKey = "s" }));
    }

    [Theory]
    [InlineData(HttpStatusCode.InternalServerError)]
    [InlineData(HttpStatusCode.BadGateway)]
    [InlineData(HttpStatusCode.ServiceUnavailable)]
    public async Task FindAsync_ServerErrorsForAWhile_AreTriedAgain(HttpStatusCode status)
    {
        Answer(status);
        Answer(status);
        Answer(HttpStatusCode.OK, [1, 2, 3]);

        Assert.Equal([1, 2, 3], await _store.FindAsync("x", Ct));
        Assert.Equal(3, _requests.Count);
    }

    [Fact]
    public async Task PutAsync_ServerErrorOnce_SendsTheBytesAgain()
    {
        List<long?> lengths = [];
        foreach (HttpStatusCode status in (HttpStatusCode[])[HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK])
        {
            _answers.Enqueue(http =>
            {
                lengths.Add(http.Request.ContentLength);
                http.Response.StatusCode = (int)status;
                return Task.CompletedTask;
            });
        }

        await _store.PutAsync("x/y", new byte[1000], Ct);

        Assert.Equal([1000, 1000], lengths);
        Assert.Equal(["PUT /b/x/y", "PUT /b/x/y"], _requests);
    }

    [Theory]
    [InlineData("AccessDenied", "AccessDenied")]
    [InlineData("SignatureDoesNotMatch", "Blobs:SecretKey")]   // s3rver looks at no signature
    [InlineData("InvalidAccessKeyId", "Blobs:AccessKey")]
    public async Task FindAsync_RefusedForGood_IsNotTriedAgain(string code, string named)
    {
        Answer(HttpStatusCode.Forbidden, Encoding.UTF8.GetBytes($"<Error><Code>{code}</Code><Message>no</Message></Error>"));

        ObjectStoreException failure = await Assert.ThrowsAsync<ObjectStoreException>(() => _store.FindAsync("x", Ct));

        Assert.Contains(named, failure.Message, StringComparison.Ordinal);
        Assert.Single(_requests);
    }

    [Fact]
    public async Task ListAsync_SeveralPages_AsksUntilTheLast()
    {
        List<string?> tokens = [];
        foreach ((string key, string next) in (ReadOnlySpan<(string, string)>)[("f/1", "one"), ("f/2", "two"), ("f/3", "")])
        {
            string page = $"""
                <?xml version="1.0" encoding="UTF-8"?>
                <ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>b</Name><Prefix>f/</Prefix><KeyCount>1</KeyCount><MaxKeys>1</MaxKeys>
                <IsTruncated>{(next.Length > 0 ? "true" : "false")}</IsTruncated>{(next.Length > 0 ? $"<NextContinuationToken>{next}</NextContinuationToken>" : "")}
                <Contents><Key>{key}</Key><Size>1</Size><StorageClass>STANDARD</StorageClass></Contents></ListBucketResult>
                """;
            _answers.Enqueue(async http =>
            {
                tokens.Add(http.Request.Query["continuation-token"]);
                http.Response.ContentType = "application/xml";
                await http.Response.WriteAsync(page, Ct);
            });
        }

        List<string> names = [];
        await foreach (string name in _store.ListAsync("f", Ct))
            names.Add(name);

        Assert.Equal(["f/1", "f/2", "f/3"], names);
        Assert.Equal([null, "one", "two"], tokens);
    }

    [Theory]
    [InlineData(5, 3, "bytes=5-7")]
    [InlineData(0, 1, "bytes=0-0")]   // s3rver takes this for the whole object
    public async Task FindRangeAsync_Request_AsksForThatRangeOnly(long offset, int length, string asked)
    {
        string? range = null;
        byte[] part = [.. Enumerable.Range(7, length).Select(i => (byte)i)];
        _answers.Enqueue(async http =>
        {
            range = http.Request.Headers.Range;
            http.Response.StatusCode = (int)HttpStatusCode.PartialContent;
            http.Response.ContentLength = length;
            await http.Response.Body.WriteAsync(part, Ct);
        });

        Assert.Equal(part, await _store.FindRangeAsync("x", offset, length, Ct));
        Assert.Equal(asked, range);
    }

    [Fact]
    public async Task FindAsync_Cancelled_IsACancellation()
    {
        using CancellationTokenSource impatient = new();
        TaskCompletionSource asked = new();
        _answers.Enqueue(async http =>
        {
            asked.SetResult();
            await Task.Delay(Timeout.Infinite, http.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        });

        Task<byte[]?> find = _store.FindAsync("x", impatient.Token);
        await asked.Task;
        await impatient.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => find);
    }

    public async ValueTask DisposeAsync()
    {
        _store.Dispose();
        await _server.DisposeAsync();
    }

    private void Answer(HttpStatusCode status, byte[]? body = null) => _answers.Enqueue(async http =>
    {
        http.Response.StatusCode = (int)status;
        http.Response.ContentLength = body?.Length ?? 0;
        if (body is not null)
            await http.Response.Body.WriteAsync(body, Ct);
    });
}
