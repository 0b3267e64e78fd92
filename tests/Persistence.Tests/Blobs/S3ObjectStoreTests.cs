using HccPipeline.Persistence.Blobs;
using HccPipeline.Testing;
using Microsoft.Extensions.Options;
using Xunit;

namespace HccPipeline.Persistence.Tests.Blobs;

public sealed class S3ObjectStoreTests(PrivateS3 s3) : ObjectStoreTests, IClassFixture<PrivateS3>, IDisposable
{
    private readonly List<S3ObjectStore> _stores = [];
    private readonly string _prefix = $"test/{Guid.NewGuid():N}";

    protected override IObjectStore Store => field ??= Open();

    [Fact]
    public async Task CheckAsync_RightSettings_Passes()
    {
        await Store.CheckAsync(Ct);

        Assert.Equal($"bucket {PrivateS3.Bucket}/{_prefix} at {s3.ServiceUrl}", Store.Place);
    }

    [Theory]
    [InlineData("Bucket", "Blobs:Bucket")]
    [InlineData("AccessKey", "Blobs:AccessKey")]
    public async Task CheckAsync_WrongSetting_NamesIt(string wrong, string named)
    {
        S3ObjectStore store = Open(o => typeof(BlobOptions).GetProperty(wrong)!.SetValue(o, "wrong"));

        ObjectStoreException failure = await Assert.ThrowsAsync<ObjectStoreException>(() => store.CheckAsync(Ct));

        Assert.Contains(named, failure.Message, StringComparison.Ordinal);
        Assert.Contains(s3.ServiceUrl, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(PrivateS3.Key, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FindAsync_NoSuchBucket_IsAFaultAndNotAnAbsence()
    {
        S3ObjectStore store = Open(o => o.Bucket = "absent-bucket");

        await Assert.ThrowsAsync<ObjectStoreException>(() => store.FindAsync("x", Ct));
        await Assert.ThrowsAsync<ObjectStoreException>(() => store.PutAsync("x", new byte[] { 1 }, Ct));
    }

    [Fact]
    public async Task Prefix_TwoStoresOfOneBucket_SeeOnlyTheirOwn()
    {
        S3ObjectStore other = Open(o => o.Prefix = _prefix + "/inner");
        await other.PutAsync("x", new byte[] { 1 }, Ct);

        Assert.False(await Store.ExistsAsync("x", Ct));
        Assert.Equal(["inner/x"], await ListAsync("inner"));
    }

    [Fact]
    public async Task Keys_FromFiles_AreRead()
    {
        string file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, PrivateS3.Key + "\n", Ct);
            S3ObjectStore store = Open(o => (o.AccessKey, o.AccessKeyFile, o.SecretKey, o.SecretKeyFile) = ("", file, "wrong", file));

            await store.CheckAsync(Ct);
            await store.PutAsync("x", new byte[] { 1 }, Ct);
            Assert.True(await Store.ExistsAsync("x", Ct));
        }
        finally
        {
            File.Delete(file);
        }
    }

    public void Dispose() => _stores.ForEach(s => s.Dispose());

    private S3ObjectStore Open(Action<BlobOptions>? change = null)
    {
        BlobOptions options = new()
        {
            Provider = BlobProvider.S3,
            ServiceUrl = s3.ServiceUrl,
            Bucket = PrivateS3.Bucket,
            Prefix = _prefix,
            AccessKey = PrivateS3.Key,
            SecretKey = PrivateS3.Key,
        };
        change?.Invoke(options);
        S3ObjectStore store = new(Options.Create(options));
        _stores.Add(store);
        return store;
    }
}
