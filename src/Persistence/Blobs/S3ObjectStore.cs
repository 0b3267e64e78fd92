using System.Net;
using System.Runtime.CompilerServices;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Microsoft.Extensions.Options;

namespace HccPipeline.Persistence.Blobs;

/// <summary>
/// Objects in a bucket of Amazon S3 or of a store that speaks its protocol. The protocol itself makes an object appear whole or not at all. Server errors,
/// throttling and broken connections are tried again, with growing pauses.
/// </summary>
internal sealed class S3ObjectStore : IObjectStore, IDisposable
{
    private const int MostDeletedAtOnce = 1000;   // limit of the protocol
    private readonly AmazonS3Client _client;
    private readonly string _bucket;
    private readonly string _prefix;
    private readonly S3Failures _failures;

    public S3ObjectStore(IOptions<BlobOptions> options)
    {
        BlobOptions o = options.Value;
        _bucket = o.Bucket;
        _prefix = o.Prefix.Length > 0 ? o.Prefix + "/" : "";
        Place = $"bucket {o.Bucket}{(o.Prefix.Length > 0 ? "/" + o.Prefix : "")} at {(o.ServiceUrl.Length > 0 ? o.ServiceUrl : $"Amazon S3, {o.Region}")}";
        _failures = new(Place);
        _client = new(new BasicAWSCredentials(o.ReadAccessKey(), o.ReadSecretKey()), Configure(o));
    }

    public string Place { get; }

    public Task CheckAsync(CancellationToken ct) =>
        _failures.TranslateAsync(() => _client.ListObjectsV2Async(new() { BucketName = _bucket, Prefix = _prefix, MaxKeys = 1 }, ct), ct);

    public Task PutAsync(string name, ReadOnlyMemory<byte> content, CancellationToken ct)
    {
        string key = KeyOf(name);
        return _failures.TranslateAsync(() => _client.PutObjectAsync(
            new()
            {
                BucketName = _bucket,
                Key = key,
                InputStream = new MemoryStream(content.ToArray(), writable: false),
                UseChunkEncoding = false,   // one signature over the whole body: every store understands it
                ContentType = "application/octet-stream",
            }, ct), ct);
    }

    public async Task<bool> PutIfAbsentAsync(string name, ReadOnlyMemory<byte> content, CancellationToken ct)
    {
        if (await ExistsAsync(name, ct))
            return false;
        await PutAsync(name, content, ct);
        return true;
    }

    public Task<byte[]?> FindAsync(string name, CancellationToken ct) => GetAsync(new() { BucketName = _bucket, Key = KeyOf(name) }, ct);

    public async Task<byte[]?> FindRangeAsync(string name, long offset, int length, CancellationToken ct)
    {
        ObjectName.CheckRange(offset, length);
        if (length == 0)   // the protocol has no empty range
            return await SizeAsync(name, ct) is { } size ? offset <= size ? [] : throw ObjectName.BeyondEnd(name, offset, length) : null;
        try
        {
            byte[]? range = await GetAsync(new() { BucketName = _bucket, Key = KeyOf(name), ByteRange = new(offset, offset + length - 1) }, ct);
            return range is null || range.Length == length ? range : throw ObjectName.BeyondEnd(name, offset, length);
        }
        catch (ObjectStoreException e) when (e.InnerException is AmazonS3Exception { StatusCode: HttpStatusCode.RequestedRangeNotSatisfiable })
        {
            throw ObjectName.BeyondEnd(name, offset, length);
        }
    }

    public async Task<bool> ExistsAsync(string name, CancellationToken ct) => await SizeAsync(name, ct) is not null;

    public async IAsyncEnumerable<string> ListAsync(string folder, [EnumeratorCancellation] CancellationToken ct)
    {
        ListObjectsV2Request request = new() { BucketName = _bucket, Prefix = KeyOf(folder) + "/" };
        ListObjectsV2Response page;
        do
        {
            page = await _failures.TranslateAsync(() => _client.ListObjectsV2Async(request, ct), ct);
            foreach (S3Object found in page.S3Objects)
                yield return found.Key[_prefix.Length..];
            request.ContinuationToken = page.NextContinuationToken;
        }
        while (page.IsTruncated);
    }

    public Task DeleteAsync(string name, CancellationToken ct)
    {
        string key = KeyOf(name);
        return _failures.TranslateAsync(() => _client.DeleteObjectAsync(new() { BucketName = _bucket, Key = key }, ct), ct);
    }

    public async Task DeleteFolderAsync(string folder, CancellationToken ct)
    {
        List<KeyVersion> batch = [];
        await foreach (string name in ListAsync(folder, ct))
        {
            batch.Add(new() { Key = KeyOf(name) });
            if (batch.Count == MostDeletedAtOnce)
                await DeleteAsync(batch, ct);
        }
        if (batch.Count > 0)
            await DeleteAsync(batch, ct);
    }

    public void Dispose() => _client.Dispose();

    private static AmazonS3Config Configure(BlobOptions options)
    {
        AmazonS3Config config = new()
        {
            AuthenticationRegion = options.Region,
            RetryMode = RequestRetryMode.Standard,
            MaxErrorRetry = 4,
            Timeout = TimeSpan.FromSeconds(100),
            IgnoreConfiguredEndpointUrls = true,   // the address comes from the section Blobs, nowhere else
        };
        if (options.ServiceUrl.Length > 0)
        {
            config.ServiceURL = options.ServiceUrl;
            config.ForcePathStyle = true;   // a store of one's own seldom has a host name for each bucket
        }
        else
            config.RegionEndpoint = Amazon.RegionEndpoint.GetBySystemName(options.Region);
        return config;
    }

    private async Task DeleteAsync(List<KeyVersion> batch, CancellationToken ct)
    {
        await _failures.TranslateAsync(() => _client.DeleteObjectsAsync(new() { BucketName = _bucket, Objects = batch, Quiet = true }, ct), ct);
        batch.Clear();
    }

    private Task<byte[]?> GetAsync(GetObjectRequest request, CancellationToken ct) => _failures.FindAsync(async () =>
    {
        using GetObjectResponse response = await _client.GetObjectAsync(request, ct);
        byte[] content = GC.AllocateUninitializedArray<byte>(checked((int)response.ContentLength));
        await response.ResponseStream.ReadExactlyAsync(content, ct);
        return content;
    }, ct);

    private async Task<long?> SizeAsync(string name, CancellationToken ct)
    {
        GetObjectMetadataRequest request = new() { BucketName = _bucket, Key = KeyOf(name) };
        return (await _failures.FindAsync(() => _client.GetObjectMetadataAsync(request, ct), ct))?.ContentLength;
    }

    private string KeyOf(string name) => _prefix + ObjectName.Check(name);
}
