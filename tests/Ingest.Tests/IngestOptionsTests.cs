using HccPipeline.Ingest.Tests.Pipeline;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Xunit;

namespace HccPipeline.Ingest.Tests;

public sealed class IngestOptionsTests
{
    private static IStartupValidator Validator(string key, string value) => new ServiceCollection()
        .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(
            new Dictionary<string, string?> { ["Ingest:PseudonymKey"] = IngestWorkplace.Key, [$"Ingest:{key}"] = value }).Build())
        .AddIngest().BuildServiceProvider().GetRequiredService<IStartupValidator>();

    [Theory]
    [InlineData("PseudonymKey", "")]
    [InlineData("PseudonymKey", "too short")]
    [InlineData("MaximumDateShiftDays", "0")]
    [InlineData("DropFolder", "relative")]
    [InlineData("PostVisitMinimumDays", "200")]
    [InlineData("PseudonimKey", "x")]   // misspelt
    public void Validate_BadValue_FailsAtStart(string key, string value) => Assert.ThrowsAny<Exception>(() => Validator(key, value).Validate());

    [Fact]
    public void Validate_GoodValues_Pass()
    {
        Exception? error = Record.Exception(() => Validator("DropFolder", "/var/drop").Validate());
        Assert.Null(error);
    }
}
