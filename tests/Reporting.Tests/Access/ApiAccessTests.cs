using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using HccPipeline.Persistence.Access;
using HccPipeline.Persistence.Audit;
using Xunit;

namespace HccPipeline.Reporting.Tests.Access;

/// <summary>Who gets what from the read API.</summary>
public sealed class ApiAccessTests : IAsyncLifetime
{
    private DashboardApp _app = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _app = await DashboardApp.StartAsync();

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task Get_TokenOfAllCentres_SeesBoth() => Assert.Equal(2, await TotalAsync((await _app.IssueAsync()).Secret));

    [Fact]
    public async Task Get_TokenOfCentreA_SeesItsStudiesAlone()
    {
        string token = (await _app.IssueAsync(center: "A")).Secret;
        Assert.Equal(1, await TotalAsync(token));
        Assert.Equal(1, await TotalAsync(token, "&center=B"));   // what it asks for does not widen what it may see
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(token, $"/api/studies/{DashboardApp.StudyOfA}")).Status);
    }

    [Theory]
    [InlineData("/api/studies/" + DashboardApp.StudyOfB)]
    [InlineData("/api/studies/" + DashboardApp.StudyOfB + "/features")]
    [InlineData("/api/studies/" + DashboardApp.StudyOfB + "/thumbnail")]
    [InlineData("/api/patients/P-b/prediction")]
    public async Task Get_TokenOfCentreAOnStudyOfB_IsRefusedAuditedAndSaysWhatNothingSays(string path)
    {
        string token = (await _app.IssueAsync(center: "A")).Secret;

        (HttpStatusCode status, string body) = await GetAsync(token, path);
        (HttpStatusCode ofNothing, string bodyOfNothing) = await GetAsync(token, path.Replace(DashboardApp.StudyOfB, "9.9.9", StringComparison.Ordinal).Replace("P-b", "P-c", StringComparison.Ordinal));

        Assert.Equal(HttpStatusCode.NotFound, status);
        Assert.Equal((status, WithoutTrace(body)), (ofNothing, WithoutTrace(bodyOfNothing)));
        Assert.Equal([("Ada", "another centre's")], await _app.RefusalsAsync());
    }

    [Fact]
    public async Task Get_EveryKindOfBadToken_IsRefusedAlikeAndAuditedByItsReason()
    {
        IssuedToken expired = await _app.IssueAsync(name: "Expired"), revoked = await _app.IssueAsync(name: "Revoked");
        await _app.Get<AccessTokenRepository>().RevokeAsync("Revoked", "root", "left", Ct);
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(expired.Secret, "/api/studies")).Status);
        _app.Clock.Advance(TimeSpan.FromDays(1));

        (string? Token, string Actor, string Reason)[] cases =
        [
            (expired.Secret, "Expired", "token expired"),
            (revoked.Secret, "Revoked", "token revoked"),
            ("hcc_" + new string('A', 43), "unknown", "token unknown"),
            ("nonsense", "unknown", "token malformed"),
            (null, "unknown", "no token"),
        ];
        HashSet<string> answers = [];
        foreach ((string? token, _, _) in cases)
        {
            (HttpStatusCode status, string body) = await GetAsync(token, "/api/studies");
            Assert.Equal(HttpStatusCode.Unauthorized, status);
            answers.Add(WithoutTrace(body));
        }
        Assert.Single(answers);
        Assert.Equal(cases.Select(c => (c.Actor, c.Reason)), (await _app.RefusalsAsync()).Reverse());
    }

    [Fact]
    public async Task Get_SameRefusalManyTimes_IsWrittenOnceAMinuteWithTheNumber()
    {
        for (int i = 0; i < 5; i++)
            await GetAsync(null, "/api/studies");
        Assert.Single(await _app.RefusalsAsync());
        _app.Clock.Advance(TimeSpan.FromMinutes(1));
        await GetAsync(null, "/api/studies");
        Assert.Equal(2, (await _app.RefusalsAsync()).Count);
        Assert.Contains("\"4\"", (await _app.Get<AuditLog>().ListAsync(1, Ct))[0].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_Audit_NeverHoldsASecret()
    {
        IssuedToken revoked = await _app.IssueAsync();
        await _app.Get<AccessTokenRepository>().RevokeAsync("Ada", "root", "left", Ct);
        await GetAsync(revoked.Secret, "/api/studies");
        Assert.DoesNotContain(await _app.Get<AuditLog>().ListAsync(100, Ct), r => r.ToString().Contains(revoked.Secret, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Get_OpenApi_DescribesEveryPathAndNeedsAToken()
    {
        Assert.NotEqual(HttpStatusCode.OK, (await GetAsync(null, "/openapi/v1.json")).Status);
        (HttpStatusCode status, string body) = await GetAsync((await _app.IssueAsync()).Secret, "/openapi/v1.json");
        Assert.Equal(HttpStatusCode.OK, status);
        using JsonDocument document = JsonDocument.Parse(body);
        string[] paths = [.. document.RootElement.GetProperty("paths").EnumerateObject().Select(p => p.Name)];
        Assert.Superset(new HashSet<string>(["/api/studies", "/api/studies/{studyUid}", "/api/models", "/api/cohort", "/api/status", "/api/quarantine", "/api/workers", "/api/drift", "/api/alerts", "/api/patients/{pseudonym}/prediction"]), paths.ToHashSet(StringComparer.Ordinal));
        Assert.DoesNotContain("/sign-in", paths);
    }

    [Theory]
    [InlineData("/api/status")]
    [InlineData("/api/cohort?page=1&size=10")]
    [InlineData("/api/models")]
    [InlineData("/api/workers")]
    [InlineData("/api/alerts")]
    [InlineData("/api/drift/versions")]
    [InlineData("/api/patients/P-a/prediction")]
    [InlineData("/api/quarantine?page=-5&size=100000")]
    public async Task Get_EveryList_AnswersOnAnAlmostEmptyRegistry(string path) =>
        Assert.Equal(HttpStatusCode.OK, (await GetAsync((await _app.IssueAsync()).Secret, path)).Status);

    private async Task<int> TotalAsync(string token, string more = "")
    {
        using HttpClient client = _app.Client(token);
        JsonElement page = await client.GetFromJsonAsync<JsonElement>("/api/studies?size=10" + more, Ct);
        Assert.Equal(page.GetProperty("total").GetInt32(), page.GetProperty("items").GetArrayLength());
        return page.GetProperty("total").GetInt32();
    }

    private async Task<(HttpStatusCode Status, string Body)> GetAsync(string? token, string path)
    {
        using HttpClient client = _app.Client(token);
        using HttpResponseMessage answer = await client.GetAsync(new Uri(path, UriKind.Relative), Ct);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Ct));
    }

    // Every problem has its own trace id.
    private static string WithoutTrace(string body) => System.Text.RegularExpressions.Regex.Replace(body, "\"traceId\":\"[^\"]*\"", "", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1));
}
