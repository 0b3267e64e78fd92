using System.Net;
using System.Text.RegularExpressions;
using HccPipeline.Persistence.Access;
using HccPipeline.Persistence.Audit;
using Xunit;

namespace HccPipeline.Reporting.Tests.Access;

/// <summary>The way from a token to a cookie, and what the cookie is worth.</summary>
public sealed partial class SignInTests : IAsyncLifetime
{
    private DashboardApp _app = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _app = await DashboardApp.StartAsync();

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task SignIn_ValidToken_LeadsBackWithACookieThatScriptsAndOtherSitesCantUse()
    {
        using HttpClient client = _app.Client();
        using HttpResponseMessage answer = await SignInAsync(client, (await _app.IssueAsync()).Secret, "/studies?stage=held");

        Assert.Equal((HttpStatusCode.Redirect, "/studies?stage=held"), (answer.StatusCode, answer.Headers.Location?.ToString()));
        string cookie = answer.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("hcc-session=", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("sign-in", (await _app.Get<AuditLog>().ListAsync(1, Ct))[0].Action);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(client, "/studies"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(client, "/api/studies"));
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example/")]
    public async Task SignIn_AddressOfAnotherSite_LeadsHome(string to)
    {
        using HttpClient client = _app.Client();
        using HttpResponseMessage answer = await SignInAsync(client, (await _app.IssueAsync()).Secret, to);
        Assert.Equal("/", answer.Headers.Location?.ToString());
    }

    [Fact]
    public async Task Cookie_TokenRevoked_IsOutAtTheNextRequest()
    {
        using HttpClient client = _app.Client();
        (await SignInAsync(client, (await _app.IssueAsync()).Secret)).Dispose();
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(client, "/"));
        await _app.Get<AccessTokenRepository>().RevokeAsync("Ada", "root", "left", Ct);
        Assert.Equal(HttpStatusCode.Redirect, await StatusAsync(client, "/"));
        Assert.Equal([("Ada", "token revoked")], await _app.RefusalsAsync());
    }

    [Fact]
    public async Task Cookie_TokenExpired_IsOut()
    {
        using HttpClient client = _app.Client();
        (await SignInAsync(client, (await _app.IssueAsync()).Secret)).Dispose();
        _app.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(HttpStatusCode.Redirect, await StatusAsync(client, "/"));
    }

    [Fact]
    public async Task Cookie_Forged_IsRefusedAndAudited()
    {
        using HttpClient client = _app.Client();
        client.DefaultRequestHeaders.Add("Cookie", "hcc-session=CfDJ8LBiKSoXnsJFj2ugPyrpcnzed");
        Assert.Equal(HttpStatusCode.Redirect, await StatusAsync(client, "/"));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(client, "/api/studies"));
        Assert.Equal([("unknown", "cookie not ours or too old")], await _app.RefusalsAsync());
    }

    [Fact]
    public async Task SignIn_BadToken_IsRefusedAuditedAndTheTokenIsNotInTheAnswer()
    {
        string bad = "hcc_" + new string('A', 43);
        using HttpClient client = _app.Client();
        using HttpResponseMessage answer = await SignInAsync(client, bad);
        string page = await answer.Content.ReadAsStringAsync(Ct);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Contains("does not let you in", page, StringComparison.Ordinal);
        Assert.DoesNotContain(bad, page, StringComparison.Ordinal);
        Assert.Equal([("unknown", "token unknown")], await _app.RefusalsAsync());
    }

    [Fact]
    public async Task SignIn_WithoutTheFormsOwnMark_IsRefused()
    {
        using HttpClient client = _app.Client();
        using FormUrlEncodedContent form = new([new("token", (await _app.IssueAsync()).Secret)]);
        using HttpResponseMessage answer = await client.PostAsync(new Uri("/sign-in", UriKind.Relative), form, Ct);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.DoesNotContain(answer.Headers, h => h.Key == "Set-Cookie");
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/studies")]
    [InlineData("/no/such/page")]
    [InlineData("/_blazor")]
    public async Task Get_WithoutSignIn_ShowsNothing(string path)
    {
        using HttpClient client = _app.Client();
        Assert.Contains(await StatusAsync(client, path), new[] { HttpStatusCode.Redirect, HttpStatusCode.Unauthorized });
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/studies")]
    [InlineData("/studies/" + DashboardApp.StudyOfA)]
    [InlineData("/quarantine")]
    [InlineData("/cohort")]
    [InlineData("/models")]
    [InlineData("/workers")]
    [InlineData("/drift")]
    [InlineData("/reports")]
    [InlineData("/schedules")]
    [InlineData("/patients/P-a")]
    [InlineData("/models/7")]
    [InlineData("/audit")]
    public async Task Get_EveryPage_HasOneHeadingLandmarksAndTheHeaders(string path)
    {
        using HttpClient client = _app.Client();
        (await SignInAsync(client, (await _app.IssueAsync()).Secret)).Dispose();
        using HttpResponseMessage answer = await client.GetAsync(new Uri(path, UriKind.Relative), Ct);
        string page = await answer.Content.ReadAsStringAsync(Ct);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Single(Regex.Matches(page, "<h1[ >]", RegexOptions.None, TimeSpan.FromSeconds(1)));
        foreach (string part in new[] { "<main id=\"main\"", "class=\"skip-link\"", "<nav", "<header", "lang=\"en\"", "<title>" })
            Assert.Contains(part, page, StringComparison.Ordinal);
        Assert.Contains("script-src 'self';", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
    }

    [Fact]
    public async Task Get_PageOfAnotherCentresStudy_ShowsNothingOfIt()
    {
        using HttpClient client = _app.Client();
        (await SignInAsync(client, (await _app.IssueAsync(center: "A")).Secret)).Dispose();
        string page = await client.GetStringAsync(new Uri($"/studies/{DashboardApp.StudyOfB}", UriKind.Relative), Ct);
        Assert.Contains("no such study", page, StringComparison.Ordinal);
        Assert.DoesNotContain("P-b", page, StringComparison.Ordinal);
        Assert.Contains("no such patient", await client.GetStringAsync(new Uri("/patients/P-b", UriKind.Relative), Ct), StringComparison.Ordinal);
        Assert.DoesNotContain("P-b", await client.GetStringAsync(new Uri("/cohort", UriKind.Relative), Ct), StringComparison.Ordinal);
        Assert.DoesNotContain("P-b", await client.GetStringAsync(new Uri("/studies", UriKind.Relative), Ct), StringComparison.Ordinal);
    }

    private static async Task<HttpResponseMessage> SignInAsync(HttpClient client, string token, string to = "/")
    {
        string page = await client.GetStringAsync(new Uri("/sign-in", UriKind.Relative), Ct);
        using FormUrlEncodedContent form = new([new("token", token), new("to", to), new("__RequestVerificationToken", Mark().Match(page).Groups["value"].Value)]);
        return await client.PostAsync(new Uri("/sign-in", UriKind.Relative), form, Ct);
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, string path)
    {
        using HttpResponseMessage answer = await client.GetAsync(new Uri(path, UriKind.Relative), Ct);
        return answer.StatusCode;
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"(?<value>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Mark();
}
