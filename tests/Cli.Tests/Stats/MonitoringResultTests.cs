using System.Text.Json;
using HccPipeline.Cli.Output;
using HccPipeline.Statistics.Drift;

namespace HccPipeline.Cli.Tests.Stats;

/// <summary><c>hcc stats drift --outcome --score</c>.</summary>
public sealed class MonitoringResultTests : IDisposable
{
    private static readonly (double[] P, double[] Y) Baseline = Cohort(200, 1.3, 4), Worse = Cohort(90, 0.1, 5);

    private readonly string _folder = Directory.CreateTempSubdirectory("hcc-monitoring-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Drift_LostDiscrimination_GivesTheLibrarysChartsAndPower()
    {
        JsonElement result = Run(Baseline, Worse, "--in-control-run-length", "100", "--runs", "300", "--window", "30", "90");
        JsonElement charts = result.GetProperty("placement_charts");
        PlacementReference reference = PlacementReference.From(Baseline.P, Baseline.Y);
        PlacementChart ewma = PlacementChart.Calibrate(reference, PlacementStatistic.Ewma, 0.05, 100, 1, 300, TestContext.Current.CancellationToken);
        PlacementCourse course = ewma.Run(reference, Worse.P, Worse.Y);
        Assert.Equal(course.Values.Select(v => -v), Numbers(charts.GetProperty("ewma").GetProperty("z")));
        Assert.Equal(-course.Limit, charts.GetProperty("ewma").GetProperty("lcl").GetDouble());
        Assert.Equal(course.FirstAlarm, charts.GetProperty("ewma").GetProperty("first_alarm").GetInt32());
        // The smoothed placements fall through the limit where the alarm is said to be, and not before.
        double[] z = Numbers(charts.GetProperty("ewma").GetProperty("z"));
        Assert.Equal(Array.FindIndex(z, v => v < -course.Limit) + 1, course.FirstAlarm);
        Assert.InRange(charts.GetProperty("cusum").GetProperty("first_alarm_lower").GetInt32(), 1, 60);
        Assert.Equal(90, charts.GetProperty("placement").GetArrayLength());

        JsonElement power = result.GetProperty("auc_power");
        AucDropPower atNinety = AucDropPower.Compute(reference.Auc, Baseline.Y.Average(), 200, 90, 0.1);
        Assert.Equal(atNinety.Power, power.GetProperty("power")[1].GetDouble());
        Assert.Equal(atNinety.DetectableDrop, power.GetProperty("minimum_detectable_drop")[1].GetDouble());
        Assert.True(result.GetProperty("discrimination").GetProperty("unpaired_delong").GetProperty("p").GetDouble() < 0.01);
        Assert.False(result.TryGetProperty("columns", out _));
    }

    [Fact]
    public void Drift_CurrentRowsOfOneClass_StillGiveCharts()
    {
        (double[] P, double[] Y) cases = ([0.3, 0.4, 0.2], [1, 1, 1]);
        JsonElement result = Run(Baseline, cases, "--runs", "100", "--in-control-run-length", "50", "--window", "90");
        Assert.Equal(JsonValueKind.Null, result.GetProperty("discrimination").GetProperty("current").ValueKind);
        Assert.Equal(3, result.GetProperty("placement_charts").GetProperty("n").GetInt32());
    }

    [Fact]
    public void Drift_BaselineBelowOneHalf_SaysThatNothingCanBeLost()
    {
        (double[] P, double[] Y) reversed = ([.. Baseline.P.Select(p => 1 - p)], Baseline.Y);
        JsonElement power = Run(reversed, Worse, "--runs", "100", "--in-control-run-length", "50").GetProperty("auc_power");
        Assert.Contains("not above 0.5", power.GetProperty("remark").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--window", "1.5", "1.5 is no number of patients")]
    [InlineData("--window", "2", "At least one case and one control must be expected")]
    public void Drift_ImpossibleWindow_SaysWhy(string option, string value, string expected)
    {
        (double[] P, double[] Y) rare = (Baseline.P, [.. Baseline.Y.Select((v, i) => i % 10 < 8 ? 0 : v)]);
        CliException e = Assert.Throws<CliException>(() => Run(rare, Worse, "--runs", "100", "--in-control-run-length", "50", option, value));
        Assert.Contains(expected, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Drift_ScoreWithoutOutcome_IsRefused()
    {
        string file = Write("a.csv", Baseline);
        CliException e = Assert.Throws<CliException>(() => StatsCall.Run("drift", "--data", file, "--current", file, "--score", "p"));
        Assert.Contains("--outcome and --score are needed together", e.Message, StringComparison.Ordinal);
    }

    private JsonElement Run((double[] P, double[] Y) before, (double[] P, double[] Y) now, params string[] args) =>
        StatsCall.Run(["drift", "--data", Write("before.csv", before), "--current", Write("now.csv", now), "--outcome", "y", "--score", "p", "--x", "p", .. args]);

    private string Write(string name, (double[] P, double[] Y) rows)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllText(path, "p,y\n" + string.Concat(rows.P.Zip(rows.Y, (p, y) => FormattableString.Invariant($"{p:R},{y}\n"))));
        return path;
    }

    private static (double[] P, double[] Y) Cohort(int rows, double shift, int seed)
    {
        Random random = new(seed);
        double[] y = [.. Enumerable.Range(0, rows).Select(i => (double)(i % 2))];
        return ([.. y.Select(v => 1 / (1 + Math.Exp(-(shift * v) - (2 * random.NextDouble()) - random.NextDouble())))], y);
    }

    private static double[] Numbers(JsonElement values) => [.. values.EnumerateArray().Select(v => v.GetDouble())];
}
