using System.Data.Common;
using System.Runtime.CompilerServices;
using Dapper;
using HccPipeline.Persistence.Registry;

namespace HccPipeline.Persistence.Audit;

/// <summary>A table that is only added to and whose rows the history vouches for: the entry of a change holds the hash of each row that it added.</summary>
/// <param name="Name">Table.</param>
/// <param name="Key">Columns of its key.</param>
/// <param name="Columns">What is hashed: every column but those that are written later, such as when a promotion was announced.</param>
internal sealed record WitnessedTable(string Name, string[] Key, string[] Columns)
{
    public static readonly WitnessedTable Versions = new("model_version", ["model_version"],
    [
        "model_version", "snapshot_sha256", "seed", "code_version", "model_sha256", "reason", "training_ms", "created_ms", "run_id", "override_reason", "guards",
        "held_out_sha256",
    ]);

    public static readonly WitnessedTable Promotions = new("promotion", ["promotion_id"],
        ["promotion_id", "model_version", "reason", "promoted_ms", "kind", "actor", "replaces", "comparison_id"]);

    public static readonly WitnessedTable Comparisons = new("model_comparison", ["comparison_id"],
        ["comparison_id", "challenger", "champion", "policy_sha256", "verdict", "comparison", "compared_ms"]);

    public static readonly WitnessedTable Policies = new("promotion_policy", ["policy_sha256"], ["policy_sha256", "source", "used_ms"]);

    public static readonly WitnessedTable Approvals = new("approval", ["comparison_id", "approver"], ["comparison_id", "approver", "reason", "approved_ms"]);

    public static readonly WitnessedTable[] All = [Versions, Promotions, Comparisons, Policies, Approvals];

    private string Select => $"SELECT {string.Join(", ", Columns)} FROM {Name}";

    /// <summary>Adds the hashes of some rows to the detail of the entry that vouches for them.</summary>
    /// <param name="unit">The transaction that added the rows.</param>
    /// <param name="detail">The detail.</param>
    /// <param name="where">Which rows.</param>
    /// <param name="args">Arguments of <paramref name="where"/>.</param>
    public async Task VouchAsync(Unit unit, IDictionary<string, string> detail, string where, object args)
    {
        foreach (IDictionary<string, object?> row in await unit.QueryAsync<dynamic>($"{Select} WHERE {where}", args))
            detail[HistoryWitness.Mark + NameOf(row)] = HashOf(row);
    }

    /// <summary>Every row by its name, with its hash.</summary>
    public async IAsyncEnumerable<(string Row, string Sha256)> HashAsync(DbConnection db, DbTransaction transaction, [EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (IDictionary<string, object?> row in db.QueryUnbufferedAsync<dynamic>($"{Select} ORDER BY {string.Join(", ", Key)}", transaction: transaction).WithCancellation(ct))
            yield return (NameOf(row), HashOf(row));
    }

    private string NameOf(IDictionary<string, object?> row) => FormattableString.Invariant($"{Name} {string.Join('/', Key.Select(k => row[k]))}");

    private string HashOf(IDictionary<string, object?> row) => AuditChain.Hash(Columns.Select(c => KeyValuePair.Create(c, row[c])));
}
