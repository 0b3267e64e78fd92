using HccPipeline.Persistence.Drift;
using HccPipeline.Testing;
using Xunit;

namespace HccPipeline.Persistence.Tests.Drift;

public abstract class DriftReportRepositoryTests : DatabaseTests
{
    private DriftReportRepository Reports => Get<DriftReportRepository>();

    [Fact]
    public async Task PutAsync_SamePeriodAgain_ReplacesTheKeysAndOthersStay()
    {
        await DriftDocuments.AddVersionsAsync(Get<IServiceProvider>(), Ct, count: 2);
        DriftReportRow first = Row(1, "2023Q3", "a"), other = Row(2, "2023Q4", "b"), again = first with { InputsSha256 = "new", HtmlSha256 = "page" };
        await Reports.PutAsync(first, Ct);
        await Reports.PutAsync(other, Ct);
        Assert.Equal(first, await Reports.FindAsync(1, "2023Q3", Ct));

        await Reports.PutAsync(again, Ct);

        Assert.Equal(again, await Reports.FindAsync(1, "2023Q3", Ct));
        Assert.Equal([other, again], await Reports.ListAsync(Ct));
        Assert.Null(await Reports.FindAsync(1, "2023Q4", Ct));
    }

    private static DriftReportRow Row(int version, string period, string key) =>
        new() { ModelVersion = version, Period = period, InputsSha256 = key, HtmlSha256 = key + "h", JsonSha256 = key + "j" };
}

public sealed class SqliteDriftReportRepositoryTests : DriftReportRepositoryTests
{
    protected override Task<TestDatabase> CreateDatabaseAsync() => TestDatabase.SqliteAsync(Ct);
}

public sealed class PostgreSqlDriftReportRepositoryTests(PostgreSqlServer server) : DriftReportRepositoryTests
{
    protected override Task<TestDatabase> CreateDatabaseAsync() => TestDatabase.PostgreSqlAsync(server, Ct);
}
