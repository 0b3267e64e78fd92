using System.Security.Cryptography;
using HccPipeline.Persistence.Blobs;
using Microsoft.Extensions.Options;
using Xunit;

namespace HccPipeline.Persistence.Tests.Blobs;

public sealed class BlobStoreTests : IDisposable
{
    private const string AbcSha256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";   // FIPS 180, example of the hash
    private static readonly byte[] Abc = "abc"u8.ToArray();
    private readonly string _root = Directory.CreateTempSubdirectory("hcc-blobs-").FullName;
    private readonly BlobStore _blobs;

    public BlobStoreTests() => _blobs = new(new FileObjectStore(Options.Create(new BlobOptions { Root = _root })));

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task PutAsync_Bytes_AreAFileNamedByTheirHash()
    {
        Assert.Equal(AbcSha256, await _blobs.PutAsync(Abc, Ct));
        Assert.Equal(AbcSha256, await _blobs.PutAsync(Abc, Ct));

        Assert.Equal(Abc, await File.ReadAllBytesAsync(Path.Combine(_root, "ba", AbcSha256), Ct));
        Assert.True(await _blobs.ExistsAsync(AbcSha256, Ct));
        Assert.Equal(Abc, await _blobs.GetAsync(AbcSha256, Ct));
    }

    [Fact]
    public async Task GetRangeAsync_PartOfABlob_IsThatPart()
    {
        string key = await _blobs.PutAsync(Abc, Ct);

        Assert.Equal("bc"u8.ToArray(), await _blobs.GetRangeAsync(key, 1, 2, Ct));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => _blobs.GetRangeAsync(key, 2, 2, Ct));
    }

    [Fact]
    public async Task Absent_Blob_IsReportedByName()
    {
        string key = Convert.ToHexStringLower(SHA256.HashData("elsewhere"u8));

        Assert.False(await _blobs.ExistsAsync(key, Ct));
        Assert.Contains(key, (await Assert.ThrowsAsync<FileNotFoundException>(() => _blobs.GetAsync(key, Ct))).Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<FileNotFoundException>(() => _blobs.GetRangeAsync(key, 0, 1, Ct));
    }

    [Theory]
    [InlineData("")]
    [InlineData("BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD")]
    [InlineData("../ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f2001")]
    public async Task AnyMethod_NotAHash_IsRefused(string key)
    {
        await Assert.ThrowsAsync<ArgumentException>(() => _blobs.GetAsync(key, Ct));
        await Assert.ThrowsAsync<ArgumentException>(() => _blobs.GetRangeAsync(key, 0, 1, Ct));
        await Assert.ThrowsAsync<ArgumentException>(async () => await _blobs.ExistsAsync(key, Ct));
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);
}
