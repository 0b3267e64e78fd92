using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using HccPipeline.Contracts.Drift;
using HccPipeline.ModelWorker.Drift;
using HccPipeline.Persistence.Drift;
using HccPipeline.Persistence.Models;
using HccPipeline.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace HccPipeline.ModelWorker.Tests.Drift;

public sealed class DriftWebhookTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly Receiver _receiver = new();
    private TestDatabase _database = null!;
    private ServiceProvider _services = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.SqliteAsync(Ct);
        ServiceCollection services = _database.Services(_clock, new Dictionary<string, string?>
        {
            ["Drift:WebhookUrl"] = "https://receiver.example/drift", ["Drift:WebhookSecret"] = "a secret",
        });
        services.AddModelWorker();
        services.AddHttpClient(DriftWebhook.Client).ConfigurePrimaryHttpMessageHandler(() => _receiver);
        _services = services.BuildServiceProvider();
        ModelRepository models = _services.GetRequiredService<ModelRepository>();
        await models.AddSnapshotAsync("s", "p", 1, 1, 1, Ct);
        await _services.StoreVersionAsync(new() { SnapshotSha256 = "s", Seed = 1, CodeVersion = "1", ModelSha256 = "m", Reason = "test", TrainingMs = 1 }, Ct);
        DriftInput input = new SimulatedRegistry { Seed = 1, PerCenter = 7, ChangedCenter = 3 }.Build(8);
        DriftDocument document = DriftAssessor.Assess(input, new DriftSettings { ChartRuns = 100 }, Ct);
        await Alerts.RaiseAsync(document with { Findings = [new(AlertLevels.Action, "consecutive-falls", "C03", "2024Q1", "The AUC fell.")] }, "d", Ct);
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _database.DisposeAsync();
    }

    private AlertRepository Alerts => _services.GetRequiredService<AlertRepository>();

    [Fact]
    public async Task DeliverAsync_ReceiverIsThere_GetsTheAlertOnceSignedAndWithoutPatients()
    {
        await DeliverAsync();
        await DeliverAsync();

        (string body, string timestamp, string signature) = Assert.Single(_receiver.Posts);
        string expected = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes("a secret"), Encoding.UTF8.GetBytes(timestamp + "." + body)));
        Assert.Equal("sha256=" + expected, signature);
        Assert.Equal("1767225600", timestamp);
        using JsonDocument json = JsonDocument.Parse(body);
        Assert.Equal(
            ["alertId", "center", "firstWindow", "kind", "lastWindow", "level", "modelVersion", "raisedAt", "submodel", "summary"],
            json.RootElement.EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal));
        Assert.Equal(("action", "C03"), (json.RootElement.GetProperty("level").GetString(), json.RootElement.GetProperty("center").GetString()));
        Assert.NotNull((await Alerts.ListAsync(true, 10, Ct)).Single().WebhookMs);
    }

    [Fact]
    public async Task DeliverAsync_ReceiverFails_IsTriedLaterAndLaterAndThenTakes()
    {
        _receiver.Answer = HttpStatusCode.InternalServerError;
        await DeliverAsync();
        await DeliverAsync();   // not due yet
        Assert.Single(_receiver.Posts);
        _clock.Advance(TimeSpan.FromSeconds(31));
        _receiver.Answer = null;   // not even there
        await DeliverAsync();
        _clock.Advance(TimeSpan.FromSeconds(31));
        await DeliverAsync();
        Assert.Equal(2, _receiver.Posts.Count);
        _clock.Advance(TimeSpan.FromSeconds(30));
        _receiver.Answer = HttpStatusCode.NoContent;
        await DeliverAsync();

        Assert.Equal(3, _receiver.Posts.Count);
        Assert.Single(_receiver.Posts.Select(p => p.Body).Distinct());
        AlertRow alert = (await Alerts.ListAsync(true, 10, Ct)).Single();
        Assert.Equal(3, alert.WebhookAttempts);
        Assert.NotNull(alert.WebhookMs);
    }

    [Fact]
    public async Task DeliverAsync_ReceiverNeverTakes_IsGivenUp()
    {
        _receiver.Answer = HttpStatusCode.Forbidden;
        for (int i = 0; i < DriftWebhook.MostAttempts + 5; i++)
        {
            await DeliverAsync();
            _clock.Advance(TimeSpan.FromHours(7));
        }
        Assert.Equal(DriftWebhook.MostAttempts, _receiver.Posts.Count);
    }

    [Theory]
    [InlineData("https://receiver.example", "", false)]
    [InlineData("ftp://receiver.example", "secret", false)]
    [InlineData("receiver", "secret", false)]
    [InlineData("http://receiver.example", "secret", true)]
    [InlineData("", "", true)]
    public void Options_Webhook_NeedsAnAddressAndASecret(string url, string secret, bool isUsable)
    {
        Dictionary<string, string?> settings = new() { ["Drift:WebhookUrl"] = url, ["Drift:WebhookSecret"] = secret };
        using ServiceProvider services = _database.Services(_clock, settings).AddModelWorker().BuildServiceProvider();
        Exception? problem = Record.Exception(() => services.GetRequiredService<IOptions<DriftOptions>>().Value);
        Assert.Equal(isUsable, problem is null);
    }

    private Task DeliverAsync() => _services.GetRequiredService<DriftWebhook>().DeliverAsync(Ct);

    private sealed class Receiver : HttpMessageHandler
    {
        public HttpStatusCode? Answer { get; set; } = HttpStatusCode.OK;

        public List<(string Body, string Timestamp, string Signature)> Posts { get; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Posts.Add((await request.Content!.ReadAsStringAsync(cancellationToken), request.Headers.GetValues("X-Hcc-Timestamp").Single(), request.Headers.GetValues("X-Hcc-Signature").Single()));
            return Answer is { } status ? new HttpResponseMessage(status) : throw new HttpRequestException("no route");
        }
    }
}
