using System.Globalization;
using System.Text.Json;

namespace HccPipeline.EndToEnd.Cluster;

/// <summary>Asks a running Prometheus.</summary>
internal sealed class PrometheusClient(int port) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = new($"http://127.0.0.1:{port}") };

    /// <returns>Labels and value of each series now; null while it does not answer.</returns>
    public async Task<IReadOnlyList<(JsonElement Labels, double Value)>?> QueryAsync(string expression)
    {
        try
        {
            JsonElement answer = JsonDocument.Parse(await _http.GetStringAsync($"/api/v1/query?query={Uri.EscapeDataString(expression)}")).RootElement;
            return [.. answer.GetProperty("data").GetProperty("result").EnumerateArray()
                .Select(s => (s.GetProperty("metric"), double.Parse(s.GetProperty("value")[1].GetString()!, CultureInfo.InvariantCulture)))];
        }
        catch (HttpRequestException e) when (e.StatusCode is null)   // not yet started
        {
            return null;
        }
    }

    /// <summary>Names of alerts that are pending or firing.</summary>
    public async Task<IReadOnlyList<string>> AlertsAsync() =>
        [.. JsonDocument.Parse(await _http.GetStringAsync("/api/v1/alerts")).RootElement.GetProperty("data").GetProperty("alerts").EnumerateArray()
            .Select(a => a.GetProperty("labels").GetProperty("alertname").GetString()!)];

    public void Dispose() => _http.Dispose();
}
