using System.Data.Common;
using Dapper;

namespace HccPipeline.Persistence.Registry;

/// <summary>What can't be used, and why.</summary>
public sealed class QuarantineRepository(DbDataSource database, TimeProvider clock)
{
    private const string Insert = """
        INSERT INTO quarantine (quarantine_id, center_code, subject_kind, subject, reason_code, detail, recorded_ms)
        VALUES (@Id, @CenterCode, @Kind, @Subject, @Code, @Detail, @NowMs)
        ON CONFLICT (quarantine_id) DO UPDATE SET detail = excluded.detail
        """;

    private const string SelectAll = """
        SELECT center_code, subject_kind, subject, reason_code, detail FROM quarantine
        ORDER BY center_code, subject_kind, subject, reason_code
        """;

    private const string SelectSubjects =
        "SELECT DISTINCT subject FROM quarantine WHERE center_code = @CenterCode AND subject_kind = @Kind";

    private const string SelectIds =
        "SELECT quarantine_id FROM quarantine WHERE center_code = @CenterCode AND subject_kind = @Kind AND subject = @Subject";

    private const string Delete = "DELETE FROM quarantine WHERE quarantine_id = @Id";

    /// <summary>Everything in quarantine, in a fixed order.</summary>
    public async Task<IReadOnlyList<QuarantineEntry>> ListAsync(CancellationToken ct)
    {
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        IEnumerable<Row> rows = await db.QueryAsync<Row>(new CommandDefinition(SelectAll, cancellationToken: ct));
        return [.. rows.Select(r => new QuarantineEntry
        {
            CenterCode = r.CenterCode,
            SubjectKind = Enum.Parse<QuarantineSubject>(r.SubjectKind, ignoreCase: true),
            Subject = r.Subject,
            Rejection = new(r.ReasonCode, r.Detail),
        })];
    }

    /// <summary>Subjects of one kind and centre that are in quarantine.</summary>
    public async Task<IReadOnlySet<string>> ListSubjectsAsync(string centerCode, QuarantineSubject kind, CancellationToken ct)
    {
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        return (await db.QueryAsync<string>(new CommandDefinition(
            SelectSubjects, new { CenterCode = centerCode, Kind = KindOf(kind) }, cancellationToken: ct))).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Lets subjects out and puts others in, in one transaction.</summary>
    /// <param name="centerCode">Code of the centre.</param>
    /// <param name="kind">Kind of all of them.</param>
    /// <param name="released">Subjects whose rows go, but for those that <paramref name="entries"/> put in again.</param>
    /// <param name="entries">What goes in; the same thing for the same reason stays one row.</param>
    /// <param name="ct">Cancels.</param>
    public async Task ReplaceAsync(
        string centerCode, QuarantineSubject kind, IEnumerable<string> released, IReadOnlyList<QuarantineEntry> entries, CancellationToken ct)
    {
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        await using DbTransaction transaction = await db.BeginTransactionAsync(ct);
        await ReplaceAsync(new(db, transaction, ct), centerCode, kind, released, entries, clock.GetUtcNow().ToUnixTimeMilliseconds());
        await transaction.CommitAsync(ct);
    }

    internal static async Task ReplaceAsync(
        Unit unit, string centerCode, QuarantineSubject kind, IEnumerable<string> released, IReadOnlyList<QuarantineEntry> entries, long nowMs)
    {
        HashSet<string> staying = [.. entries.Select(e => e.Id)];
        foreach (string subject in released.Order(StringComparer.Ordinal))
        {
            IEnumerable<string> ids = await unit.QueryAsync<string>(SelectIds, new { CenterCode = centerCode, Kind = KindOf(kind), Subject = subject });
            foreach (string id in ids.Where(id => !staying.Contains(id)))
                await unit.ExecuteAsync(Delete, new { Id = id });
        }
        foreach (QuarantineEntry entry in entries.OrderBy(e => e.Id, StringComparer.Ordinal))
        {
            await unit.ExecuteAsync(Insert, new
            {
                entry.Id, entry.CenterCode, Kind = KindOf(entry.SubjectKind), entry.Subject, entry.Rejection.Code, entry.Rejection.Detail, NowMs = nowMs,
            });
        }
    }

    private static string KindOf(QuarantineSubject kind) => kind switch
    {
        QuarantineSubject.File => "file",
        QuarantineSubject.Series => "series",
        _ => "record",
    };

    private sealed record Row
    {
        public required string CenterCode { get; init; }
        public required string SubjectKind { get; init; }
        public required string Subject { get; init; }
        public required string ReasonCode { get; init; }
        public required string Detail { get; init; }
    }
}
