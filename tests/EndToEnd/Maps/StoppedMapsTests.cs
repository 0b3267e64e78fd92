using System.Globalization;
using Microsoft.Data.Sqlite;
using Xunit;

namespace HccPipeline.EndToEnd.Maps;

/// <summary>Ctrl-C in the middle of maps: what is in hand goes back, nothing is counted against it, and the next call goes on.</summary>
public sealed class StoppedMapsTests : IDisposable
{
    // Seconds of one processor, in some dozens of bricks.
    private static readonly MapWork Work = new("firstorder,glcm,glrlm,glszm,gldm,ngtdm", 2, BrickMemory: 2 << 20);
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Extract_StoppedInTheMiddle_HandsBackAndGoesOnAndIsDeletedAtLast()
    {
        MapCase one = new(_folder["case"]);
        string[] arguments = one.Arguments(Work, _folder["maps"], "--cluster", "--data", _folder["data"]);
        for (int stop = 0; stop < 2; stop++)
        {
            await using HccProcess process = HccProcess.Start(Work.Environment, arguments);
            await UntilAsync(process, $"SELECT COUNT(*) FROM brick WHERE state = 'pending' AND started_ms IS NOT NULL AND (SELECT COUNT(*) FROM brick WHERE state = 'done') > {stop}");
            await process.TerminateAsync();

            Assert.Equal(130, await process.WaitAsync());
            Assert.Equal("hcc: stopped. Nothing is lost: run the command again to go on.", process.Output.Trim());
            Assert.Equal(0, await CountAsync("SELECT COUNT(*) FROM brick WHERE state <> 'done' AND (starts > 0 OR started_ms IS NOT NULL OR failures > 0)"));
        }
        long done = await CountAsync("SELECT COUNT(*) FROM brick WHERE state = 'done'"), bricks = await CountAsync("SELECT COUNT(*) FROM brick");
        Assert.InRange(done, 1, bricks - 1);

        await RunAsync(arguments);
        Assert.Equal((1L, bricks, bricks), (await CountAsync("SELECT COUNT(*) FROM extraction_run"), await CountAsync("SELECT COUNT(*) FROM brick WHERE state = 'done'"), await CountAsync("SELECT SUM(starts) FROM brick")));

        // By now the rate is known, and boxes would be cut otherwise.
        await RunAsync(arguments);
        Assert.Equal((1L, bricks), (await CountAsync("SELECT COUNT(*) FROM extraction_run"), await CountAsync("SELECT SUM(starts) FROM brick")));

        string listed = await RunAsync("maps", "list", "--data", _folder["data"]);
        string key = listed.Split('\n').Single(l => l.Contains("(files)", StringComparison.Ordinal)).Split(' ')[0];
        await RunAsync("maps", "delete", key, "--data", _folder["data"]);
        Assert.Equal((0L, 1L), (await CountAsync("SELECT COUNT(*) FROM brick"), await CountAsync("SELECT COUNT(*) FROM audit WHERE action = 'delete-maps'")));
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(_folder["data"], "blobs"), "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Extract_StoppedWithoutARegistry_SaysThatItStartsAnew()
    {
        MapCase one = new(_folder["case"]);
        await using HccProcess process = HccProcess.Start(null, one.Arguments(Work with { KernelRadius = 4 }, _folder["maps"], "--threads", "1"));
        while (!Directory.Exists(_folder["maps"]))   // made when it begins
        {
            Assert.False(process.HasExited, process.Output);
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
        await process.TerminateAsync();

        Assert.Equal(130, await process.WaitAsync());
        Assert.Equal("hcc: stopped. What was not yet written is lost; run the command again to start anew.", process.Output.Trim());
    }

    private static async Task<string> RunAsync(params string[] arguments)
    {
        (int code, string output) = await HccProcess.RunAsync(Work.Environment, arguments);
        Assert.True(code == 0, output);
        return output;
    }

    private async Task UntilAsync(HccProcess process, string count)
    {
        while (await CountAsync(count) == 0)
        {
            Assert.False(process.HasExited, process.Output);
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>A number from the registry; 0 while its tables are not there.</summary>
    private async Task<long> CountAsync(string sql)
    {
        try
        {
            await using SqliteConnection db = new($"Data Source={Path.Combine(_folder["data"], "registry.db")};Pooling=false;Mode=ReadOnly");
            await db.OpenAsync();
            await using SqliteCommand command = db.CreateCommand();
            command.CommandText = sql;
            return Convert.ToInt64(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
        }
        catch (SqliteException e) when (e.SqliteErrorCode is 1 or 14)   // no table, no file
        {
            return 0;
        }
    }
}
