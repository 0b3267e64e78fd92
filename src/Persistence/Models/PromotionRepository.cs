using System.Data.Common;
using System.Globalization;
using Dapper;
using HccPipeline.Persistence.Audit;
using HccPipeline.Persistence.Registry;

namespace HccPipeline.Persistence.Models;

/// <summary>Who is the champion and how it came about: one row for each change, added with its line of the audit in one transaction.</summary>
public sealed class PromotionRepository(DbDataSource database, TimeProvider clock, AuditLog audit)
{
    /// <summary>The champion, if there is one.</summary>
    internal const string SelectChampion = "SELECT model_version FROM promotion ORDER BY promotion_id DESC LIMIT 1";

    private const string Select = "SELECT promotion_id, model_version, reason, promoted_ms, kind, actor, replaces, comparison_id, announced_ms FROM promotion";

    private const string Insert = """
        INSERT INTO promotion (promotion_id, model_version, reason, promoted_ms, kind, actor, replaces, comparison_id)
        SELECT COALESCE(MAX(promotion_id), 0) + 1, @ModelVersion, @Reason, @NowMs, @Kind, @Actor, @Replaces, @ComparisonId FROM promotion
        """;

    // What the champion took the place of when it was promoted for itself, and not to undo another.
    private const string SelectBefore = """
        SELECT replaces FROM promotion WHERE model_version = @Champion AND kind <> 'rollback' ORDER BY promotion_id DESC LIMIT 1
        """;

    private long NowMs => clock.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Makes a version the champion if the champion is still who it was expected to be: of two who decide on the same state one wins.</summary>
    /// <param name="promotion">The change.</param>
    /// <param name="expectedChampion">The champion that the decision was made on; null for none.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>False when the champion is another by now, or is this version; then nothing changed.</returns>
    public async Task<bool> PromoteAsync(Promotion promotion, int? expectedChampion, CancellationToken ct)
    {
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        await using DbTransaction transaction = await db.BeginTransactionAsync(ct);
        Unit unit = new(db, transaction, ct);
        await AuditLog.HoldAsync(unit);
        int? champion = (int?)await unit.ScalarAsync<long?>(SelectChampion, new { });
        if (champion != expectedChampion || champion == promotion.ModelVersion)
            return false;
        await AddAsync(unit, audit, NowMs, champion, promotion);
        await transaction.CommitAsync(ct);
        return true;
    }

    /// <summary>Makes the version the champion again that the champion took the place of.</summary>
    /// <param name="to">A version that was the champion before; null for the one before this.</param>
    /// <param name="actor">Who.</param>
    /// <param name="reason">Why.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>The champion from now on, or null when there is none to go back to.</returns>
    public async Task<int?> RollBackAsync(int? to, string actor, string reason, CancellationToken ct)
    {
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        await using DbTransaction transaction = await db.BeginTransactionAsync(ct);
        Unit unit = new(db, transaction, ct);
        await AuditLog.HoldAsync(unit);
        int? champion = (int?)await unit.ScalarAsync<long?>(SelectChampion, new { });
        int? target = to ?? (int?)await unit.ScalarAsync<long?>(SelectBefore, new { Champion = champion });
        if (target is not { } version || version == champion
            || await unit.ScalarAsync<long>("SELECT COUNT(*) FROM promotion WHERE model_version = @Version", new { Version = version }) == 0)
            return null;
        await AddAsync(unit, audit, NowMs, champion, new() { ModelVersion = version, Kind = PromotionKinds.Rollback, Actor = actor, Reason = reason });
        await transaction.CommitAsync(ct);
        return version;
    }

    /// <returns>All changes of the champion, oldest first.</returns>
    public async Task<IReadOnlyList<PromotionRow>> ListAsync(CancellationToken ct)
    {
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        return [.. await db.QueryAsync<PromotionRow>(new CommandDefinition(Select + " ORDER BY promotion_id", cancellationToken: ct))];
    }

    /// <returns>Changes whose announcement has not come back from the bus, oldest first.</returns>
    public async Task<IReadOnlyList<PromotionRow>> ListNotAnnouncedAsync(CancellationToken ct)
    {
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        return [.. await db.QueryAsync<PromotionRow>(new CommandDefinition(Select + " WHERE announced_ms IS NULL ORDER BY promotion_id", cancellationToken: ct))];
    }

    /// <summary>Notes that the announcement of a champion came back from the bus.</summary>
    public async Task MarkAnnouncedAsync(int modelVersion, CancellationToken ct)
    {
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        await db.ExecuteAsync(new CommandDefinition(
            "UPDATE promotion SET announced_ms = @NowMs WHERE model_version = @ModelVersion AND announced_ms IS NULL",
            new { ModelVersion = modelVersion, NowMs }, cancellationToken: ct));
    }

    /// <summary>Adds a change and its line of the audit within the caller's transaction, which holds the audit.</summary>
    internal static async Task AddAsync(Unit unit, AuditLog audit, long nowMs, int? replaces, Promotion promotion)
    {
        await unit.ExecuteAsync(Insert, new
        {
            promotion.ModelVersion, promotion.Reason, promotion.Kind, promotion.Actor, promotion.ComparisonId, Replaces = replaces, NowMs = nowMs,
        });
        Dictionary<string, string> detail = new(StringComparer.Ordinal) { ["kind"] = promotion.Kind };
        if (replaces is { } before)
            detail["replaces"] = before.ToString(CultureInfo.InvariantCulture);
        if (promotion.ComparisonId is { } comparison)
            detail["comparison"] = comparison.ToString(CultureInfo.InvariantCulture);
        await WitnessedTable.Promotions.VouchAsync(unit, detail, "promotion_id = (SELECT MAX(promotion_id) FROM promotion)", new { });
        string action = promotion.Kind == PromotionKinds.Rollback ? "rollback" : "promote";
        await audit.AppendAsync(unit, new(promotion.Actor, action, $"model {promotion.ModelVersion}", promotion.Reason, detail));
    }
}
