using System.Text.Json;

namespace HccPipeline.Persistence.Audit;

/// <summary>What the entries of the history say of rows of other tables, to be held against these.</summary>
internal sealed class HistoryWitness
{
    /// <summary>Before the name of a row in an entry's detail.</summary>
    public const string Mark = "row ";

    private readonly Dictionary<string, (long Entry, string Sha256)> _vouched = new(StringComparer.Ordinal);
    private readonly List<string> _problems = [];

    /// <summary>Takes an entry in, whose own hash holds.</summary>
    public void Hear(AuditRow entry)
    {
        using JsonDocument detail = JsonDocument.Parse(entry.Detail);
        foreach (JsonProperty property in detail.RootElement.EnumerateObject().Where(p => p.Name.StartsWith(Mark, StringComparison.Ordinal)))
        {
            string row = property.Name[Mark.Length..];
            if (!_vouched.TryAdd(row, (entry.AuditId, property.Value.GetString() ?? "")))
                _problems.Add($"Entry {entry.AuditId} says that {row} was added, which entry {_vouched[row].Entry} said before it.");
        }
    }

    /// <summary>Looks at a row as it is stored now.</summary>
    public void See(string row, string sha256)
    {
        if (!_vouched.Remove(row, out (long Entry, string Sha256) vouched))
            _problems.Add($"No entry says that {row} was added.");
        else if (vouched.Sha256 != sha256)
            _problems.Add($"{row} was changed: it is not the row of entry {vouched.Entry}.");
    }

    /// <summary>What is wrong, when every row was seen.</summary>
    public IEnumerable<string> Conclude() => _problems.Concat(_vouched.OrderBy(v => v.Value.Entry).Select(v => $"{v.Key} is missing: entry {v.Value.Entry} says that it was added."));
}
