using System.Globalization;
using System.Text.Json;
using HccPipeline.Persistence.Models;

namespace HccPipeline.Reporting.Dashboard;

/// <summary>What a stored comparison says, as far as a page shows it.</summary>
/// <param name="Gain">AUC gained over the champion, with its interval; null where it could not be measured.</param>
/// <param name="Patients">Patients scored by both.</param>
/// <param name="Checks">What the policy asks, one by one.</param>
internal sealed record ComparisonFigures(string? Gain, int Patients, IReadOnlyList<ComparisonCheck> Checks)
{
    /// <summary>Reads a stored comparison.</summary>
    public static ComparisonFigures Of(ComparisonRow row)
    {
        using JsonDocument json = JsonDocument.Parse(row.Comparison);
        JsonElement root = json.RootElement;
        double? gain = Number(root, "aucGain"), lower = Number(root, "aucGainLower"), upper = Number(root, "aucGainUpper");
        return new(
            gain is { } g ? string.Create(CultureInfo.InvariantCulture, $"{g:+0.000;−0.000;0.000} ({lower:+0.000;−0.000;0.000} to {upper:+0.000;−0.000;0.000})") : null,
            root.TryGetProperty("patients", out JsonElement patients) ? patients.GetInt32() : 0,
            [.. root.GetProperty("checks").EnumerateArray().Select(c => new ComparisonCheck(
                c.GetProperty("name").GetString() ?? "", c.GetProperty("holds").GetBoolean(), c.GetProperty("detail").GetString() ?? ""))]);
    }

    private static double? Number(JsonElement of, string name) =>
        of.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;
}

/// <summary>One thing that the policy asks.</summary>
/// <param name="Name">As in the policy.</param>
/// <param name="Holds">Whether it holds.</param>
/// <param name="Detail">A sentence with the figures.</param>
internal sealed record ComparisonCheck(string Name, bool Holds, string Detail);
