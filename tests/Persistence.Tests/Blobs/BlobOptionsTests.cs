using HccPipeline.Persistence.Blobs;
using HccPipeline.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Xunit;

namespace HccPipeline.Persistence.Tests.Blobs;

public sealed class BlobOptionsTests
{
    private static readonly Dictionary<string, string?> S3 = new(StringComparer.Ordinal)
    {
        ["Blobs:Provider"] = "S3",
        ["Blobs:ServiceUrl"] = "http://127.0.0.1:9",
        ["Blobs:Bucket"] = "b",
        ["Blobs:AccessKey"] = "a",
        ["Blobs:SecretKey"] = "s",
    };

    [Theory]
    [InlineData("Blobs:Root", "relative", "Blobs:Root")]
    [InlineData("Blobs:Root", "", "Blobs:Root")]
    [InlineData("Blobs:Folder", "/x", "Folder")]
    [InlineData("Blobs:Provider", "Ftp", "Provider")]
    public void Validate_BadSettingOfFiles_FailsAtStartAndNamesTheKey(string key, string value, string named) =>
        Assert.Contains(named, FailureOf(new(StringComparer.Ordinal) { ["Blobs:Root"] = "/blobs", [key] = value }), StringComparison.Ordinal);

    [Theory]
    [InlineData("Blobs:ServiceUrl", "store:9000", "Blobs:ServiceUrl")]
    [InlineData("Blobs:ServiceUrl", "ftp://store", "Blobs:ServiceUrl")]
    [InlineData("Blobs:Bucket", "", "Blobs:Bucket")]
    [InlineData("Blobs:Prefix", "/x", "Blobs:Prefix")]
    [InlineData("Blobs:Prefix", "x/", "Blobs:Prefix")]
    [InlineData("Blobs:Region", "", "Blobs:Region")]
    [InlineData("Blobs:AccessKey", "", "Blobs:AccessKey")]
    [InlineData("Blobs:SecretKey", "", "Blobs:SecretKey")]
    [InlineData("Blobs:AccessKeyFile", "/absent/key", "Blobs:AccessKeyFile")]
    [InlineData("Blobs:SecretKeyFile", "/absent/key", "Blobs:SecretKeyFile")]
    public void Validate_BadSettingOfS3_FailsAtStartAndNamesTheKey(string key, string value, string named) =>
        Assert.Contains(named, FailureOf(new(S3, StringComparer.Ordinal) { [key] = value }), StringComparison.Ordinal);

    [Theory]
    [InlineData(null, null)]
    [InlineData("Blobs:ServiceUrl", "")]
    [InlineData("Blobs:Prefix", "registry/hcc")]
    [InlineData("Blobs:Root", "")]
    public void Validate_GoodSettingOfS3_Passes(string? key, string? value) =>
        Assert.Equal("", FailureOf(key is null ? S3 : new(S3, StringComparer.Ordinal) { [key] = value }));

    [Fact]
    public async Task Start_StoreWithoutTheBucket_StopsWithOneSentence()
    {
        await using PrivateS3 s3 = new();
        await s3.InitializeAsync();
        await using ServiceProvider services = Services(new(s3.Settings("x"), StringComparer.Ordinal) { ["Blobs:Bucket"] = "absent" });
        BlobStartup startup = services.GetServices<IHostedService>().OfType<BlobStartup>().Single();

        ObjectStoreException failure = await Assert.ThrowsAsync<ObjectStoreException>(() => startup.StartAsync(TestContext.Current.CancellationToken));

        Assert.Equal($"The blob store (bucket absent/x at {s3.ServiceUrl}) does not exist: make the bucket, or correct Blobs:Bucket and Blobs:ServiceUrl.", failure.Message);
    }

    private static string FailureOf(Dictionary<string, string?> settings)
    {
        using ServiceProvider services = Services(settings);
        return Record.Exception(() => services.GetRequiredService<IStartupValidator>().Validate())?.ToString() ?? "";
    }

    private static ServiceProvider Services(Dictionary<string, string?> settings) => new ServiceCollection()
        .AddSingleton<IConfiguration>(new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?>(settings, StringComparer.Ordinal) { ["Database:ConnectionString"] = "Data Source=x.db" }).Build())
        .AddSingleton(TimeProvider.System).AddPersistence()
        .BuildServiceProvider();
}
