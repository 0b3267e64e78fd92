using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using HccPipeline.Persistence.Access;
using HccPipeline.Persistence.Audit;
using HccPipeline.Persistence.Blobs;
using HccPipeline.Persistence.Drift;
using HccPipeline.Persistence.Models;
using HccPipeline.Persistence.Registry;
using HccPipeline.Reporting.Tests.Fixtures;
using HccPipeline.Testing;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Xunit;

namespace HccPipeline.Reporting.Tests.Access;

/// <summary>What a token of one centre gets of a registry of many: of everything that is mapped, whatever is added later.</summary>
public sealed partial class CentreScopeTests : IAsyncLifetime
{
    private const string Own = "C01", OwnStudy = "1.2.3.71", OwnPatient = "P-own", OtherStudy = "1.2.3.72", OtherPatient = "P-other";
    private DashboardApp _app = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _app = await DashboardApp.StartAsync();
        await _app.AddStudyAsync(OwnStudy, OwnPatient, Own);
        await _app.AddStudyAsync(OtherStudy, OtherPatient, "C02");
        await _app.Get<ClinicalRecordRepository>().StoreAsync([Record(OwnPatient, Own), Record(OtherPatient, "C02")], Ct);
        foreach (string center in new[] { Own, "C02" })
            await _app.Get<QuarantineRepository>().ReplaceAsync(center, QuarantineSubject.File, [], 
                [new() { CenterCode = center, SubjectKind = QuarantineSubject.File, Subject = $"{center}/broken.dcm", Rejection = new("not-dicom", "It is no image.") }], Ct);
        _app.Clock.Advance(TimeSpan.FromMinutes(2));   // what the server read when it started is old
        IBlobStore blobs = _app.Get<IBlobStore>();
        string page = await blobs.PutAsync(Encoding.UTF8.GetBytes($"Patients of {Own} and C02, {OtherPatient} among them."), Ct);
        ModelRepository models = _app.Get<ModelRepository>();
        await models.AddSnapshotAsync(new string('e', 64), new string('f', 64), 60, 36, 5, Ct);
        int version = (await _app.Get<IServiceProvider>().StoreVersionAsync(
            new()
            {
                SnapshotSha256 = new string('e', 64), Seed = 7, CodeVersion = "0.1.0", Reason = "test", TrainingMs = 1,
                ModelSha256 = await blobs.PutAsync(CanonicalJson.Write(SmallCohort.Document(SmallCohort.Snapshot())), Ct),
            }, Ct)).ModelVersion;
        DriftAssessmentRow assessed = await _app.Get<DriftAssessmentRepository>().StoreAsync(DriftDocuments.First with { ModelVersion = version }, "input", Ct);
        await _app.Get<AlertRepository>().RaiseAsync(DriftDocuments.First with { ModelVersion = version }, assessed.DocumentSha256, Ct);
        await _app.Get<ReportRepository>().PutAsync(new() { ModelVersion = version, HtmlSha256 = page, JsonSha256 = page }, Ct);
        await _app.Get<DriftReportRepository>().PutAsync(
            new() { ModelVersion = version, Period = DriftDocuments.First.Period, InputsSha256 = "inputs", HtmlSha256 = page, JsonSha256 = page }, Ct);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task Get_EverythingThatIsMapped_NamesNoOtherCentreToATokenOfOne()
    {
        string all = (await _app.IssueAsync(AccessRole.Viewer)).Secret, own = (await _app.IssueAsync(AccessRole.Operator, Own, "Grace")).Secret;
        string[] addresses = [.. _app.Routes().Where(IsContent).SelectMany(Addresses).Distinct()];
        List<string> named = [], leaks = [];
        foreach (string address in addresses)
        {
            if (Others().IsMatch((await GetAsync(all, address)).Body))
                named.Add(address);
            // What was asked for may stand in the answer: it says nothing.
            if (Others().Match((await GetAsync(own, address)).Body.Replace(address, "", StringComparison.Ordinal)) is { Success: true } leak)
                leaks.Add($"{address}: {leak.Value}");
        }
        Assert.Empty(leaks);
        // The same addresses have something to hide: who sees every centre finds it there.
        Assert.Empty(new[]
            {
                "/api/studies", $"/api/studies/{OtherStudy}", "/api/quarantine", "/api/cohort", "/api/drift", "/api/alerts",
                "/documents/reports/1", "/documents/reports/1/data", $"/documents/drift/1/{DriftDocuments.First.Period}", $"/documents/drift/1/{DriftDocuments.First.Period}/data",
                "/studies", $"/studies/{OtherStudy}", "/quarantine", "/cohort", $"/patients/{OtherPatient}", "/drift",
            }.Except(named));
    }

    [Fact]
    public async Task Get_VersionsOnWindows_AreThoseOfAllTogether()
    {
        string own = (await _app.IssueAsync(center: Own)).Secret;
        string body = (await GetAsync(own, "/api/drift/versions")).Body;
        Assert.Contains("\"centerCode\":\"\"", body, StringComparison.Ordinal);
        Assert.DoesNotContain($"\"centerCode\":\"{Own}\"", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_ManyStudiesOfAnotherCentre_AreAuditedEach()
    {
        for (int i = 0; i < 15; i++)
            await _app.AddStudyAsync($"1.2.4.{i}", $"P-many-{i}", "C02");
        string own = (await _app.IssueAsync(center: Own)).Secret;
        for (int i = 0; i < 15; i++)
        {
            await GetAsync(own, $"/api/studies/1.2.4.{i}");
            await GetAsync(own, $"/api/studies/1.2.4.{i}");   // again within the minute: counted, not written
        }
        Assert.Equal(
            Enumerable.Range(0, 15).Select(i => $"GET /api/studies/1.2.4.{i}"),
            (await RefusalsAsync()).Select(r => r.Subject));
    }

    [Theory]
    [InlineData("/studies/" + OtherStudy, "/studies/9.9.9", "another centre's")]
    [InlineData("/patients/" + OtherPatient, "/patients/P-nobody", "another centre's")]
    [InlineData("/documents/reports/1", "/documents/reports/9", "of every centre")]
    [InlineData("/documents/reports/1/data", "/documents/reports/9/data", "of every centre")]
    [InlineData("/documents/drift/1/2024Q4", "/documents/drift/1/2019Q1", "of every centre")]
    [InlineData("/documents/drift/1/2024Q4/data", "/documents/drift/1/2019Q1/data", "of every centre")]
    public async Task Get_PageOrDocumentOfOthers_IsAuditedAndSaysWhatAMissingOneSays(string path, string missing, string reason)
    {
        string own = (await _app.IssueAsync(center: Own)).Secret;
        (HttpStatusCode status, string body) = await GetAsync(own, path);
        Assert.Equal([("Ada", $"GET {path}", reason)], await RefusalsAsync());

        (HttpStatusCode ofNothing, string bodyOfNothing) = await GetAsync(own, missing);
        Assert.Equal((status, body.Replace(path, missing, StringComparison.Ordinal)), (ofNothing, bodyOfNothing));
        Assert.Single(await RefusalsAsync());   // what is not there is nobody's
    }

    [Fact]
    public async Task Drift_OperatorOfOneCentre_MayChangeItsOwnAlertsAndNoneOfAllTogether()
    {
        await _app.Get<AlertRepository>().RaiseAsync(DriftDocuments.First with { Findings = [new("watch", "auc-fall", Own, "2024Q1", "Here it fell."), new("watch", "auc-fall", null, "2024Q1", "Everywhere it fell.")] }, "document", Ct);
        string own = (await GetAsync((await _app.IssueAsync(AccessRole.Operator, Own)).Secret, "/drift")).Body;
        Assert.False(IsDisabled(own, "Acknowledge Here it fell."));
        Assert.True(IsDisabled(own, "Acknowledge Everywhere it fell."));
        Assert.True(IsDisabled(own, "Close Everywhere it fell."));
        Assert.False(IsDisabled((await GetAsync((await _app.IssueAsync(AccessRole.Operator, name: "Grace")).Secret, "/drift")).Body, "Acknowledge Everywhere it fell."));

        static bool IsDisabled(string page, string label) =>
            Regex.Match(page, $"<button[^>]*aria-label=\"{Regex.Escape(label)}\"[^>]*>", RegexOptions.None, TimeSpan.FromSeconds(1)) is { Success: true } button
                ? button.Value.Contains(" disabled", StringComparison.Ordinal)
                : throw new InvalidOperationException($"There is no button '{label}'.");
    }

    private static ClinicalRecord Record(string pseudonym, string center) => new()
    {
        Pseudonym = pseudonym, CenterCode = center, TreatmentStart = new DateOnly(2025, 2, 1), EntryQuarter = "2025Q1", Response = "SD", Values = new Dictionary<string, double> { ["NLR"] = 4 },
    };

    private static bool IsContent(RouteEndpoint route) =>
        route.Metadata.GetMetadata<ComponentTypeMetadata>() is not null
        || route.RoutePattern.RawText is { } text && (text.StartsWith("/api", StringComparison.Ordinal) || text.StartsWith("/documents", StringComparison.Ordinal) || text.StartsWith("/openapi", StringComparison.Ordinal));

    /// <summary>Every address of a route: of what is the centre's own and of what is not.</summary>
    private static IEnumerable<string> Addresses(RouteEndpoint route) => route.RoutePattern.Parameters.Aggregate<RoutePatternParameterPart, IEnumerable<string>>(
        ["/" + route.RoutePattern.RawText!.Trim('/')], (paths, parameter) => paths.SelectMany(path => Values(parameter.Name).Select(
            value => Regex.Replace(path, $@"\{{\*?{parameter.Name}(:[^}}]*)?\}}", value, RegexOptions.None, TimeSpan.FromSeconds(1)))));

    private static string[] Values(string parameter) => parameter.ToUpperInvariant() switch
    {
        "STUDYUID" => [OwnStudy, OtherStudy],
        "PSEUDONYM" => [OwnPatient, OtherPatient],
        "MODELVERSION" => ["1"],
        "PERIOD" => [DriftDocuments.First.Period],
        "DOCUMENTNAME" => ["v1"],
        _ => throw new InvalidOperationException($"Give the parameter {parameter} of the new address a value that belongs to another centre."),
    };

    private async Task<IReadOnlyList<(string Actor, string Subject, string Reason)>> RefusalsAsync() =>
        [.. (await _app.Get<AuditLog>().ListAsync(100, Ct)).Where(r => r.Action == "refuse").Reverse().Select(r => (r.Actor, r.Subject, r.Reason))];

    private async Task<(HttpStatusCode Status, string Body)> GetAsync(string token, string path)
    {
        using HttpClient client = _app.Client(token);
        using HttpResponseMessage answer = await client.GetAsync(new Uri(path, UriKind.Relative), Ct);
        return (answer.StatusCode, Own_().Replace(await answer.Content.ReadAsStringAsync(Ct), ""));
    }

    // What every answer has of its own: the state of a page, its forms' mark, a problem's trace.
    [GeneratedRegex("<!--.*?-->|<input type=\"hidden\"[^>]*>|\"traceId\":\"[^\"]*\"|[0-9a-f]{8}-[0-9a-f-]{27}|mudinput-[a-z0-9]+", RegexOptions.Singleline, 1000)]
    private static partial Regex Own_();

    [GeneratedRegex(@"\bC0[2-9]\b|P-other|1\.2\.3\.72", RegexOptions.None, 1000)]
    private static partial Regex Others();
}
