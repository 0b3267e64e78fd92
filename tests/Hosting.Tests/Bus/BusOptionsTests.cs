using HccPipeline.Hosting.Bus;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Xunit;

namespace HccPipeline.Hosting.Tests.Bus;

public sealed class BusOptionsTests
{
    [Theory]
    [InlineData("Bus:Prot", "5672", "Prot")]                      // misspelt
    [InlineData("Bus:Port", "0", "Port")]
    [InlineData("Bus:Port", "65536", "Port")]
    [InlineData("Bus:Port", "amqp", "Port")]
    [InlineData("Bus:DeliveryLimit", "0", "DeliveryLimit")]
    [InlineData("Bus:Host", "", "Host")]
    [InlineData("Bus:VirtualHost", "", "VirtualHost")]
    [InlineData("Bus:Username", "", "Username")]
    [InlineData("Bus:Transport", "Kafka", "Transport")]
    [InlineData("Bus:PasswordFile", "/absent/password", "PasswordFile")]
    public void Validate_BadSetting_FailsAtStartAndNamesTheKey(string key, string value, string named)
    {
        Exception? failure = Record.Exception(() => StartupValidation(new() { [key] = value }));

        Assert.NotNull(failure);
        Assert.Contains(named, Messages(failure), StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_EverySettingGood_Passes() => StartupValidation(new()
    {
        ["Bus:Transport"] = "RabbitMq",
        ["Bus:Host"] = "broker",
        ["Bus:Port"] = "5671",
        ["Bus:VirtualHost"] = "/hcc",
        ["Bus:Username"] = "hcc",
        ["Bus:PasswordFile"] = typeof(BusOptionsTests).Assembly.Location,   // any file that is there
        ["Bus:DeliveryLimit"] = "3",
    });

    private static void StartupValidation(Dictionary<string, string?> settings)
    {
        IConfiguration configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        using ServiceProvider services = new ServiceCollection()
            .AddSingleton(configuration)
            .AddLogging()
            .AddBus(configuration, _ => { })
            .BuildServiceProvider();
        services.GetRequiredService<IStartupValidator>().Validate();
    }

    private static string Messages(Exception? failure) => failure is null ? "" : $"{failure.Message} {Messages(failure.InnerException)}";
}
