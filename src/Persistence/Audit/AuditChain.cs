using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace HccPipeline.Persistence.Audit;

/// <summary>Hashes that chain the rows of the audit.</summary>
internal static class AuditChain
{
    /// <summary>What stands for the row before the first.</summary>
    public static readonly string Origin = new('0', 64);

    private static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A detail as it is stored: an object of texts, keys in ordinal order.</summary>
    public static string Write(IReadOnlyDictionary<string, string>? detail)
    {
        using MemoryStream bytes = new();
        using (Utf8JsonWriter json = new(bytes, Json))
        {
            json.WriteStartObject();
            foreach ((string key, string value) in (detail ?? new Dictionary<string, string>()).OrderBy(d => d.Key, StringComparer.Ordinal))
                json.WriteString(key, value);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    /// <summary>SHA-256 over the hash of the row before, a line feed, and the row as canonical JSON; lower-case hex.</summary>
    public static string Hash(AuditRow row)
    {
        using MemoryStream bytes = new();
        bytes.Write(Encoding.ASCII.GetBytes(row.PreviousSha256 + "\n"));
        using (Utf8JsonWriter json = new(bytes, Json))
        {
            json.WriteStartObject();
            json.WriteNumber("id", row.AuditId);
            json.WriteNumber("recordedMs", row.RecordedMs);
            json.WriteString("actor", row.Actor);
            json.WriteString("action", row.Action);
            json.WriteString("subject", row.Subject);
            json.WriteString("reason", row.Reason);
            json.WriteString("detail", row.Detail);   // as text: any byte of it counts
            json.WriteEndObject();
        }
        return Convert.ToHexStringLower(SHA256.HashData(bytes.ToArray()));
    }

    /// <summary>SHA-256 over a row of another table as canonical JSON, its columns in the order given; lower-case hex.</summary>
    public static string Hash(IEnumerable<KeyValuePair<string, object?>> row)
    {
        using MemoryStream bytes = new();
        using (Utf8JsonWriter json = new(bytes, Json))
        {
            json.WriteStartObject();
            foreach ((string column, object? value) in row)
            {
                json.WritePropertyName(column);
                if (value is null)
                    json.WriteNullValue();
                else if (value is string text)
                    json.WriteStringValue(text);
                else
                    json.WriteNumberValue(Convert.ToInt64(value, CultureInfo.InvariantCulture));
            }
            json.WriteEndObject();
        }
        return Convert.ToHexStringLower(SHA256.HashData(bytes.ToArray()));
    }

    /// <returns>What is wrong with a row that should follow another, or null.</returns>
    public static string? Problem(AuditRow row, long expectedId, string previousSha256) =>
        row.AuditId != expectedId ? $"Entry {expectedId} is missing; entry {row.AuditId} stands in its place."
        : row.PreviousSha256 != previousSha256 ? $"Entry {row.AuditId} does not follow entry {row.AuditId - 1}: one of them was changed."
        : Hash(row) != row.Sha256 ? $"Entry {row.AuditId} was changed: its content has another hash."
        : null;
}
