using System.Data.Common;
using Dapper;
using HccPipeline.Persistence.Registry;

namespace HccPipeline.Persistence.Audit;

/// <summary>Vouches, once, for rows that an earlier program stored, when entries did not hold the hashes of rows yet: as they are from now on.</summary>
internal sealed class HistorySeal(DbDataSource database, AuditLog audit)
{
    private const string SelectUnsealed = "SELECT unsealed FROM audit_head WHERE head_id = 1";

    /// <summary>Adds the entry where one is owed.</summary>
    public async Task SealAsync(CancellationToken ct)
    {
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        if (await db.ExecuteScalarAsync<long>(new CommandDefinition(SelectUnsealed, cancellationToken: ct)) == 0)
            return;
        await using DbTransaction transaction = await db.BeginTransactionAsync(ct);
        Unit unit = new(db, transaction, ct);
        await AuditLog.HoldAsync(unit);
        if (await unit.ScalarAsync<long>(SelectUnsealed, new { }) == 0)
            return;   // another process was first
        Dictionary<string, string> detail = new(StringComparer.Ordinal);
        foreach (WitnessedTable table in WitnessedTable.All)
            await table.VouchAsync(unit, detail, "1 = 1", new { });
        await audit.AppendAsync(unit, new(AuditEntry.Automatic, "seal-history", "models", "rows from before entries held the hashes of rows", detail));
        await unit.ExecuteAsync("UPDATE audit_head SET unsealed = 0 WHERE head_id = 1", new { });
        await transaction.CommitAsync(ct);
    }
}
