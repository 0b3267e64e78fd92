using System.Text.Json;
using System.Text.RegularExpressions;
using HccPipeline.Testing;
using Xunit;

namespace HccPipeline.EndToEnd.Cluster;

/// <summary>What a running cluster tells those who watch it, and what it must not tell.</summary>
public sealed partial class MonitoringTests(MonitoredCluster cluster) : IClassFixture<MonitoredCluster>
{
    [Fact]
    public async Task Traces_StudyFromTheDropFolder_OneTraceGoesThroughAllRoles()
    {
        // The study that completed the cohort: its trace goes on into training and report.
        IReadOnlyList<Span> trace = await MonitoredCluster.EventuallyAsync(
            () => Task.FromResult<IReadOnlyList<Span>>([.. cluster.Sink.Spans.GroupBy(s => s.TraceId).FirstOrDefault(t => t.Any(s => s.Name == "model.train") && t.Any(s => s.Name == "report.publish")) ?? Enumerable.Empty<Span>()]),
            t => t.Any(s => s.Name == "report.publish"),
            _ => $"No trace reached the report; spans: {string.Join(", ", cluster.Sink.Spans.CountBy(s => $"{s.Service} {s.Name}"))}");

        Span announced = Assert.Single(trace, s => s.Name == "study.announce");
        Assert.Equal("hcc-ingest", announced.Service);
        Assert.StartsWith("2.25.", announced.Attributes["hcc.study_uid"], StringComparison.Ordinal);
        Assert.All(trace.Where(s => s.Name == "brick.extract"), s => Assert.Equal("hcc-features", s.Service));
        Assert.Contains(trace, s => s.Name == "brick.extract");
        Assert.All(trace.Where(s => s.Name == "model.train"), s => Assert.Equal("hcc-models", s.Service));
        Assert.All(trace.Where(s => s.Name == "report.publish"), s => Assert.Equal("hcc-reporting", s.Service));
        Assert.True(trace.Select(s => s.Instance).Distinct().Count() >= 4, "One process did it all.");
    }

    [Fact]
    public async Task Traces_StudyThatCameAfterTheModel_OneTraceGoesFromIngestToPrediction()
    {
        IReadOnlyList<Span> trace = await MonitoredCluster.EventuallyAsync(
            () => Task.FromResult<IReadOnlyList<Span>>([.. cluster.Sink.Spans.GroupBy(s => s.TraceId)
                .FirstOrDefault(t => t.Any(s => s.Name == "study.announce") && t.Any(IsPrediction)) ?? Enumerable.Empty<Span>()]),
            t => t.Count > 0,
            _ => $"No trace leads from a study to a prediction; spans: {string.Join(", ", cluster.Sink.Spans.CountBy(s => $"{s.Service} {s.Name} {s.Attributes.GetValueOrDefault("hcc.scored")}"))}");

        Assert.Equal(
            ["hcc-ingest study.announce", "hcc-features brick.extract", "hcc-models model.score"],
            trace.Where(s => s.Name is "study.announce" or "brick.extract" or "model.score").Select(s => $"{s.Service} {s.Name}").Distinct().OrderBy(OrderOf));
        Assert.Equal("1", trace.Single(IsPrediction).Attributes["hcc.model_version"]);

        static bool IsPrediction(Span span) => span.Name == "model.score" && span.Attributes["hcc.scored"] != "0";
        static int OrderOf(string step) => step.EndsWith("announce", StringComparison.Ordinal) ? 0 : step.EndsWith("extract", StringComparison.Ordinal) ? 1 : 2;
    }

    [Fact]
    public async Task Traces_EveryStudy_HasItsOwn()
    {
        IReadOnlyList<Span> announced = await MonitoredCluster.EventuallyAsync(
            () => Task.FromResult<IReadOnlyList<Span>>([.. cluster.Sink.Spans.Where(s => s.Name == "study.announce")]),
            spans => spans.Count >= MonitoredCluster.Studies, spans => $"{spans.Count} studies announced");

        Assert.Equal(announced.Count, announced.DistinctBy(s => s.TraceId).Count());
        Assert.True(cluster.Sink.MetricPosts > 0);   // metrics go the same way
    }

    [Fact]
    public void Logs_EverythingWritten_NamesNoPatientAndShowsNoMessage()
    {
        Assert.Equal(["features-1", "features-2", "ingest", "models", "reporting"], cluster.WorkerLogs.Keys.Order(StringComparer.Ordinal));
        foreach ((string name, string log) in cluster.WorkerLogs)
        {
            Assert.Contains("\"LogLevel\":\"Trace\"", log, StringComparison.Ordinal);   // it does write all that it can
            Assert.DoesNotContain("SYN-", log, StringComparison.Ordinal);               // patient ID, and folders named after patients
            Assert.DoesNotContain("SYNTHETIC", log, StringComparison.OrdinalIgnoreCase);   // patient name, institution
            Assert.DoesNotContain("MUELLER", log, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("messageType", log, StringComparison.Ordinal);        // the envelope of a message
            Assert.DoesNotContain("\"pseudonym\"", log, StringComparison.OrdinalIgnoreCase);
            Assert.False(Birthdays().IsMatch(log), $"{name}: {Birthdays().Match(log).Value}");
        }
    }

    [Fact]
    public async Task Logs_LineOfAWorker_CarriesTheTraceOfTheStudy()
    {
        string[] lines = cluster.WorkerLogs["models"].Split('\n', StringSplitOptions.RemoveEmptyEntries);
        JsonElement trained = lines.Select(l => JsonDocument.Parse(l).RootElement).Single(l => l.GetProperty("EventId").GetInt32() == 4002);
        string trace = trained.GetProperty("Scopes").EnumerateArray().Select(s => s.TryGetProperty("TraceId", out JsonElement id) ? id.GetString()! : "").First(id => id.Length > 0);

        await MonitoredCluster.EventuallyAsync(   // spans are sent some time after they end
            () => Task.FromResult(cluster.Sink.Spans.Any(s => s.TraceId == trace && s.Name == "study.announce")), found => found, _ => $"Trace {trace} holds no study.");
    }

    [Fact]
    public async Task Dashboard_EveryPanel_GetsData()
    {
        (string Title, string Query)[] queries = [.. Panels()];
        Assert.True(queries.Length > 25, $"{queries.Length} queries");
        foreach ((string title, string query) in queries)
        {
            var series = await MonitoredCluster.EventuallyAsync(
                () => cluster.Prometheus.QueryAsync(query), s => s is { Count: > 0 }, _ => $"Panel '{title}' gets nothing for {query}");
            Assert.NotEmpty(series!);
        }
    }

    [Fact]
    public async Task Dashboard_Numbers_AreThoseOfTheRegistry()
    {
        int bricks = await cluster.BricksDoneAsync();
        Assert.True(bricks >= MonitoredCluster.Studies * 4, $"{bricks} bricks");   // a study: two sequences, a preparation and a collection at least
        await EqualsAsync(bricks, """max(hcc_registry_bricks{state="done"})""");
        await EqualsAsync(bricks, """sum(hcc_bricks_total{outcome="done"})""");
        await EqualsAsync(MonitoredCluster.Studies, "sum(hcc_ingest_studies_announced_total)");
        await EqualsAsync(2, """sum(up{job="hcc",role="features"})""");
        await EqualsAsync(SmallDemo.Patients, "hcc_model_patients");
        await EqualsAsync(1, "sum(hcc_registry_quarantine)");   // the file that is none
        var auc = (await cluster.Prometheus.QueryAsync("""hcc_model_auc{model="combined",estimate="apparent",model_version="1"}"""))!;
        Assert.InRange(Assert.Single(auc).Value, 0.5, 1);

        // What is asked for is there at some scrape after it has happened.
        async Task EqualsAsync(int expected, string query) => await MonitoredCluster.EventuallyAsync(
            () => cluster.Prometheus.QueryAsync(query),
            series => series is [{ Value: double value }] && value == expected,
            series => $"{query} is to be {expected}: {string.Join(", ", series?.Select(s => s.Value) ?? [])}");
    }

    [Fact]
    public async Task Alerts_ClusterAtWork_OnlyTheQuarantinedFileIsTold()
    {
        IReadOnlyList<string> alerts = await MonitoredCluster.EventuallyAsync(
            cluster.Prometheus.AlertsAsync, a => a is ["HccFilesQuarantined"], a => $"Alerts: {string.Join(", ", a)}");
        Assert.Single(alerts);
    }

    private static IEnumerable<(string Title, string Query)> Panels()
    {
        string file = Path.Combine(ConformanceData.Repository!, "infra", "grafana", "dashboards", "hcc.json");
        foreach (JsonElement panel in JsonDocument.Parse(File.ReadAllText(file)).RootElement.GetProperty("panels").EnumerateArray())
        {
            if (!panel.TryGetProperty("targets", out JsonElement targets))
                continue;
            foreach (JsonElement target in targets.EnumerateArray())
                yield return (panel.GetProperty("title").GetString()!, target.GetProperty("expr").GetString()!);
        }
    }

    /// <summary>A birth date as DICOM writes it; the synthetic patients were born between 1930 and 1999.</summary>
    [GeneratedRegex("(?<![0-9A-Za-z.])19[3-9][0-9](0[1-9]|1[0-2])([0-2][0-9]|3[01])(?![0-9A-Za-z])", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Birthdays();
}
