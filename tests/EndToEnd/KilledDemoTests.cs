using Xunit;

namespace HccPipeline.EndToEnd;

/// <summary>A process may die at any instant; what comes after goes on where it was.</summary>
public sealed class KilledDemoTests
{
    [Fact]
    public async Task Demo_KilledThreeTimes_EndsWithTheModelAndReportOfAnUndisturbedRun()
    {
        using TemporaryFolder folder = new();
        string undisturbed = folder["undisturbed"], killed = folder["killed"];
        long started = Environment.TickCount64;
        (int code, string output) = await HccProcess.RunAsync(null, SmallDemo.Arguments(undisturbed));
        double length = Environment.TickCount64 - started;
        Assert.True(code == 0, output);

        // Moments spread over the whole run, at random within a third each, the same in every test run.
        Random random = new(11);
        for (int kill = 0; kill < 3; kill++)
        {
            await using HccProcess process = HccProcess.Start(null, SmallDemo.Arguments(killed));
            await Task.Delay(TimeSpan.FromMilliseconds(length * (kill + random.NextDouble()) / 3), TestContext.Current.CancellationToken);
            await process.KillAsync();
        }
        (code, output) = await HccProcess.RunAsync(null, SmallDemo.Arguments(killed));
        Assert.True(code == 0, output);

        IReadOnlyList<string> expected = await SmallDemo.ModelHashesAsync(undisturbed);
        Assert.Single(expected);
        Assert.Equal(expected, await SmallDemo.ModelHashesAsync(killed));
        Assert.Equal(await SmallDemo.ReportHashesAsync(undisturbed), await SmallDemo.ReportHashesAsync(killed));
    }
}
