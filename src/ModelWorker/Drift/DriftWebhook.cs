using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using HccPipeline.Persistence.Drift;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace HccPipeline.ModelWorker.Drift;

/// <summary>Posts alerts to the configured address until it takes them, later and later, and gives up in the end. A post holds no patient.</summary>
/// <remarks>Header <c>X-Hcc-Signature</c> is <c>sha256=</c> and the HMAC-SHA-256, under the secret, of header <c>X-Hcc-Timestamp</c> (Unix seconds), a dot and the
/// body, so that who receives it can tell where it comes from and refuse an old one. The same alert may come twice: its <c>alertId</c> tells.</remarks>
internal sealed partial class DriftWebhook(
    IHttpClientFactory clients, AlertRepository alerts, TimeProvider clock, IOptions<DriftOptions> options, ILogger<DriftWebhook> logger)
{
    /// <summary>Name of the HTTP client.</summary>
    public const string Client = "drift-webhook";

    /// <summary>Deliveries of one alert before it is given up: the last follows about two days after the first.</summary>
    public const int MostAttempts = 15;

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(30), LongestPause = TimeSpan.FromHours(6), Recent = TimeSpan.FromDays(7);
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Delivers what is due.</summary>
    public async Task DeliverAsync(CancellationToken ct)
    {
        if (options.Value.WebhookUrl.Length == 0)
            return;
        DateTimeOffset now = clock.GetUtcNow();
        foreach (AlertRow alert in await alerts.ListToDeliverAsync(MostAttempts, (now - Recent).ToUnixTimeMilliseconds(), ct))
        {
            TimeSpan pause = FirstPause * Math.Pow(2, Math.Min(alert.WebhookAttempts, 20));
            long next = (now + (pause < LongestPause ? pause : LongestPause)).ToUnixTimeMilliseconds();
            if (!await alerts.TakeDeliveryAsync(alert, next, ct))
                continue;   // another process has it
            if (await PostAsync(alert, now, ct))
                await alerts.MarkDeliveredAsync(alert.AlertId, ct);
        }
    }

    /// <summary>The signature of a body.</summary>
    internal static string Sign(string secret, string timestamp, string body) =>
        "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{timestamp}.{body}")));

    private async Task<bool> PostAsync(AlertRow alert, DateTimeOffset now, CancellationToken ct)
    {
        string body = JsonSerializer.Serialize(
            new
            {
                alert.AlertId, alert.ModelVersion, alert.Submodel, alert.Level, alert.Kind, Center = alert.CenterCode.Length > 0 ? alert.CenterCode : null,
                alert.FirstWindow, alert.LastWindow, alert.Summary, RaisedAt = DateTimeOffset.FromUnixTimeMilliseconds(alert.RaisedMs),
            },
            Json);
        string timestamp = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        using HttpRequestMessage request = new(HttpMethod.Post, options.Value.WebhookUrl) { Content = new StringContent(body, new MediaTypeHeaderValue("application/json", "utf-8")) };
        request.Headers.Add("X-Hcc-Timestamp", timestamp);
        request.Headers.Add("X-Hcc-Signature", Sign(options.Value.ReadWebhookSecret(), timestamp, body));
        try
        {
            using HttpClient client = clients.CreateClient(Client);
            using HttpResponseMessage response = await client.SendAsync(request, ct);
            if (response.IsSuccessStatusCode)
                return true;
            LogRefused(logger, alert.AlertId, (int)response.StatusCode, alert.WebhookAttempts + 1);
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !ct.IsCancellationRequested)
        {
            LogUnreachable(logger, alert.AlertId, e.GetBaseException().Message, alert.WebhookAttempts + 1);
        }
        return false;
    }

    [LoggerMessage(4411, LogLevel.Warning, "The webhook refused alert {AlertId} with status {Status}, attempt {Attempt}")]
    private static partial void LogRefused(ILogger logger, string alertId, int status, int attempt);

    [LoggerMessage(4412, LogLevel.Warning, "The webhook could not be reached for alert {AlertId} ({Problem}), attempt {Attempt}")]
    private static partial void LogUnreachable(ILogger logger, string alertId, string problem, int attempt);
}
