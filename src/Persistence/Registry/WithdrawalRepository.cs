using System.Data.Common;
using Dapper;
using HccPipeline.Persistence.Audit;

namespace HccPipeline.Persistence.Registry;

/// <summary>Who withdrew. From then on nothing of the patient is taken in and no table of the cohort holds the patient; what is stored is deleted by
/// <see cref="PatientErasure"/>.</summary>
public sealed class WithdrawalRepository(DbDataSource database, AuditLog audit, TimeProvider clock)
{
    private const string Insert = """
        INSERT INTO withdrawal (pseudonym, reason, withdrawn_ms) VALUES (@Pseudonym, @Reason, @NowMs) ON CONFLICT (pseudonym) DO NOTHING
        """;

    private const string SelectAll = "SELECT pseudonym, reason, withdrawn_ms, erased_ms FROM withdrawal ORDER BY withdrawn_ms, pseudonym";

    /// <summary>Notes that a patient withdrew; the first reason stays.</summary>
    /// <param name="pseudonym">The patient.</param>
    /// <param name="reason">Why.</param>
    /// <param name="actor">Who takes the patient out.</param>
    /// <param name="modelVersions">Versions that were trained on the patient, for the history of changes.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>Whether the patient is known; false changes nothing.</returns>
    public async Task<bool> AddAsync(string pseudonym, string reason, string actor, IReadOnlyList<int> modelVersions, CancellationToken ct)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        await using DbTransaction transaction = await db.BeginTransactionAsync(ct);
        Unit unit = new(db, transaction, ct);
        if (await unit.LockPatientAsync(pseudonym) == 0)
            return false;
        if (await unit.ExecuteAsync(Insert, new { Pseudonym = pseudonym, Reason = reason, NowMs = clock.GetUtcNow().ToUnixTimeMilliseconds() }) > 0)
            await audit.AppendAsync(unit, new(actor, "withdraw-patient", pseudonym, reason, new Dictionary<string, string> { ["model_versions"] = string.Join(' ', modelVersions) }));
        await transaction.CommitAsync(ct);
        return true;
    }

    /// <summary>Everyone who withdrew, the first first.</summary>
    public async Task<IReadOnlyList<Withdrawal>> ListAsync(CancellationToken ct)
    {
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        return [.. await db.QueryAsync<Withdrawal>(new CommandDefinition(SelectAll, cancellationToken: ct))];
    }
}

/// <summary>A patient who withdrew.</summary>
public sealed record Withdrawal
{
    /// <summary>Pseudonym.</summary>
    public required string Pseudonym { get; init; }

    /// <summary>Why.</summary>
    public required string Reason { get; init; }

    /// <summary>When, Unix ms.</summary>
    public required long WithdrawnMs { get; init; }

    /// <summary>When all that was stored of the patient was deleted, Unix ms; null while it waits for work on it to end.</summary>
    public long? ErasedMs { get; init; }
}
