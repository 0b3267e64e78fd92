using HccPipeline.Persistence.Database;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Npgsql;
using Xunit;

namespace HccPipeline.Persistence.Tests.Database;

public sealed class DatabaseOptionsTests
{
    private const string Server = "Host=db;Database=hcc;Username=hcc;Password=old";

    [Fact]
    public void ReadConnectionString_PasswordInAFile_TakesThePlaceOfTheOther()
    {
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, "s;cr et'\n");
            NpgsqlConnectionStringBuilder read = new(
                new DatabaseOptions { Provider = DatabaseProvider.PostgreSql, ConnectionString = Server, PasswordFile = file }.ReadConnectionString());

            Assert.Equal(("db", "hcc", "s;cr et'"), (read.Host, read.Username, read.Password));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void ReadConnectionString_NoFile_IsTheOneGiven() =>
        Assert.Equal(Server, new DatabaseOptions { Provider = DatabaseProvider.PostgreSql, ConnectionString = Server }.ReadConnectionString());

    [Theory]
    [InlineData("Database:ConectionString", "x", "ConectionString")]
    [InlineData("Database:ConnectionString", "", "ConnectionString")]
    [InlineData("Database:Provider", "Oracle", "Provider")]
    [InlineData("Database:PasswordFile", "/absent/password", "PasswordFile")]
    public void Validate_BadSetting_FailsAtStartAndNamesTheKey(string key, string value, string named)
    {
        Dictionary<string, string?> settings = new(StringComparer.Ordinal) { ["Database:ConnectionString"] = "Data Source=x.db", ["Blobs:Root"] = "/blobs", [key] = value };
        using ServiceProvider services = new ServiceCollection()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build())
            .AddPersistence()
            .BuildServiceProvider();

        Exception? failure = Record.Exception(() => services.GetRequiredService<IStartupValidator>().Validate());

        Assert.NotNull(failure);
        Assert.Contains(named, failure.ToString(), StringComparison.Ordinal);
    }
}
