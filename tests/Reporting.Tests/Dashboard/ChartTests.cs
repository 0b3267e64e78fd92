using System.Globalization;
using System.Text.RegularExpressions;
using HccPipeline.Contracts.Drift;
using HccPipeline.Reporting.Dashboard.Parts;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace HccPipeline.Reporting.Tests.Dashboard;

/// <summary>Charts of the page Drift.</summary>
public sealed class ChartTests
{
    [Theory]
    [InlineData(0.22, 0.05, "0.0")]
    [InlineData(0.8, 0.66, "0.4")]
    [InlineData(0.55, 0.31, "0.2")]
    public async Task AucChart_AnyAuc_IsDrawnWhereTheAxisSaysItIs(double auc, double lower, string lowestTick)
    {
        string chart = await RenderAsync<AucChart>(new() { [nameof(AucChart.Windows)] = new[] { Window(new(auc, lower, 0.95)) }, [nameof(AucChart.Reference)] = 0.8 });

        Dictionary<string, double> ticks = Matches(chart, "y=\"(?<y>[0-9.]+)\" text-anchor=\"end\">(?<name>[0-9.]+)<").ToDictionary(m => m.Groups["name"].Value, m => Number(m, "y") - 4);
        Assert.Equal(lowestTick, ticks.Keys.Min(StringComparer.Ordinal));
        double low = double.Parse(lowestTick, CultureInfo.InvariantCulture), perUnit = (ticks["1.0"] - ticks[lowestTick]) / (1 - low);
        double drawn = Number(Assert.Single(Matches(chart, "cy=\"(?<y>[0-9.]+)\"")), "y");
        Assert.Equal(ticks[lowestTick] + (perUnit * (auc - low)), drawn, 0.2);
    }

    [Fact]
    public async Task ControlChart_Alarm_IsARoundDotBesideAnAxisWithTheLimit()
    {
        ChartDocument document = new("C02", "ewma", 0.05, 0.7, 1200, ["2025Q1", "2025Q1", "2025Q2"], [0.1, 0.4, 0.9], [3]);
        string chart = await RenderAsync<ControlChart>(new() { [nameof(ControlChart.Chart)] = document });

        Assert.Contains("3 patients, once above the limit, first in 2025Q2", chart, StringComparison.Ordinal);
        Assert.Equal(["0.7", "0", "0.9"], Matches(chart, "<span style=\"top: [0-9.]+%\">(?<value>[^<]+)<").Select(m => m.Groups["value"].Value));
        Assert.Single(Matches(chart, "<path class=\"dot\" d=\"M[0-9.]+ [0-9.]+h0\""));
        Assert.DoesNotContain("<circle", chart, StringComparison.Ordinal);   // in a stretched picture it is none
    }

    [Fact]
    public async Task ControlChart_OnePatient_IsOne() => Assert.Contains(
        "1 patient, never above the limit",
        await RenderAsync<ControlChart>(new() { [nameof(ControlChart.Chart)] = new ChartDocument(null, "cusum", 0.25, 7, 400, ["2025Q1"], [0.5], []) }), StringComparison.Ordinal);

    private static async Task<string> RenderAsync<T>(Dictionary<string, object?> parameters) where T : IComponent
    {
        await using ServiceProvider services = new ServiceCollection().BuildServiceProvider();
        await using HtmlRenderer renderer = new(services, NullLoggerFactory.Instance);
        return await renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync<T>(ParameterView.FromDictionary(parameters))).ToHtmlString());
    }

    private static WindowDocument Window(IntervalDocument auc) => new()
    {
        Center = "C02", Window = "2025Q1", State = WindowStates.Mature, Verdict = DriftVerdicts.Insufficient, Patients = 20, Refused = 0, Mature = 20, Cases = 9,
        Prospective = 20, Retrospective = 0, Auc = auc,
    };

    private static MatchCollection Matches(string text, string pattern) => Regex.Matches(text, pattern, RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));

    private static double Number(Match match, string group) => double.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);
}
