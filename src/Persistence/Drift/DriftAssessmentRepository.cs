using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using Dapper;
using HccPipeline.Contracts.Drift;
using HccPipeline.Persistence.Models;
using HccPipeline.Persistence.Registry;

namespace HccPipeline.Persistence.Drift;

/// <summary>Assessments of model versions over time, and the table of every version on every later window.</summary>
public sealed class DriftAssessmentRepository(DbDataSource database, TimeProvider clock)
{
    private const string Columns = "model_version, submodel, period, revision, input_sha256, document_sha256, highest_level, assessed_ms";

    // By the time and not by the period: patients who withdraw may take the last one with them.
    private const string SelectLatest = $"""
        SELECT {Columns} FROM drift_assessment WHERE model_version = @ModelVersion AND submodel = @Submodel
        ORDER BY assessed_ms DESC, period DESC, revision DESC LIMIT 1
        """;

    // Two who assess the same at the same time meet on the key; the second is tried again and finds its document there.
    private const string Insert = """
        INSERT INTO drift_assessment (model_version, submodel, period, revision, input_sha256, document_sha256, document, highest_level, assessed_ms)
        SELECT @ModelVersion, @Submodel, @Period, COALESCE(MAX(revision), 0) + 1, @InputSha256, @DocumentSha256, @Document, @HighestLevel, @NowMs
        FROM drift_assessment WHERE model_version = @ModelVersion AND submodel = @Submodel AND period = @Period
        """;

    private const string InsertWindow = """
        INSERT INTO version_window (model_version, submodel, center_code, entry_quarter, state, verdict, patients, mature, cases, prospective, auc, auc_lower, auc_upper)
        VALUES (@ModelVersion, @Submodel, @CenterCode, @EntryQuarter, @State, @Verdict, @Patients, @Mature, @Cases, @Prospective, @Auc, @AucLower, @AucUpper)
        """;

    private const string SelectWindows = """
        SELECT model_version, submodel, center_code, entry_quarter, state, verdict, patients, mature, cases, prospective, auc, auc_lower, auc_upper
        FROM version_window WHERE submodel = @Submodel AND (@CenterCode IS NULL OR center_code = @CenterCode)
        ORDER BY model_version, center_code, entry_quarter
        """;

    /// <returns>The last assessment of a version, or null.</returns>
    public async Task<DriftAssessmentRow?> FindLatestAsync(int modelVersion, string submodel, CancellationToken ct)
    {
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        return await db.QuerySingleOrDefaultAsync<DriftAssessmentRow>(new CommandDefinition(
            SelectLatest, new { ModelVersion = modelVersion, Submodel = submodel }, cancellationToken: ct));
    }

    /// <returns>All assessments without their documents, the latest first.</returns>
    /// <param name="limit">So many at most.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<IReadOnlyList<DriftAssessmentRow>> ListAsync(int limit, CancellationToken ct)
    {
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        return [.. await db.QueryAsync<DriftAssessmentRow>(new CommandDefinition(
            $"SELECT {Columns} FROM drift_assessment ORDER BY assessed_ms DESC, model_version DESC, period DESC, revision DESC LIMIT @Limit",
            new { Limit = limit }, cancellationToken: ct))];
    }

    /// <returns>The document of an assessment, as it was stored.</returns>
    /// <exception cref="KeyNotFoundException">There is no such assessment.</exception>
    public async Task<DriftDocument> ReadAsync(DriftAssessmentRow row, CancellationToken ct)
    {
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        string json = await db.QuerySingleOrDefaultAsync<string>(new CommandDefinition(
            "SELECT document FROM drift_assessment WHERE model_version = @ModelVersion AND submodel = @Submodel AND period = @Period AND revision = @Revision",
            new { row.ModelVersion, row.Submodel, row.Period, row.Revision }, cancellationToken: ct))
            ?? throw new KeyNotFoundException($"There is no assessment {row.Revision} of version {row.ModelVersion} for {row.Period}.");
        return CanonicalJson.Read<DriftDocument>(Encoding.UTF8.GetBytes(json));
    }

    /// <summary>Stores an assessment, unless the last one of its period has this document, and the version's windows.</summary>
    /// <param name="document">The assessment.</param>
    /// <param name="inputSha256">Hash over all that it was made of.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>It as stored.</returns>
    public async Task<DriftAssessmentRow> StoreAsync(DriftDocument document, string inputSha256, CancellationToken ct)
    {
        byte[] json = CanonicalJson.Write(document);
        string sha256 = Convert.ToHexStringLower(SHA256.HashData(json));
        string? highest = document.Findings.Select(f => f.Level).MaxBy(AlertLevels.Rank);
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        await using DbTransaction transaction = await db.BeginTransactionAsync(ct);
        Unit unit = new(db, transaction, ct);
        var key = new { document.ModelVersion, document.Submodel };
        DriftAssessmentRow? last = (await unit.QueryAsync<DriftAssessmentRow>(SelectLatest, key)).SingleOrDefault();
        if (last?.DocumentSha256 != sha256 || last.InputSha256 != inputSha256)
        {
            await unit.ExecuteAsync(Insert, new
            {
                document.ModelVersion, document.Submodel, document.Period, InputSha256 = inputSha256, DocumentSha256 = sha256,
                Document = Encoding.UTF8.GetString(json), HighestLevel = highest, NowMs = clock.GetUtcNow().ToUnixTimeMilliseconds(),
            });
            await unit.ExecuteAsync("DELETE FROM version_window WHERE model_version = @ModelVersion AND submodel = @Submodel", key);
            foreach (WindowDocument window in document.Windows)
                await unit.ExecuteAsync(InsertWindow, RowOf(document, window));
            last = (await unit.QueryAsync<DriftAssessmentRow>(SelectLatest, key)).Single();
        }
        await transaction.CommitAsync(ct);
        return last;
    }

    /// <returns>Every version on every later window: the table of AUCs.</returns>
    /// <param name="submodel">Submodel.</param>
    /// <param name="centerCode">Centre; empty for all centres together, null for both.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<IReadOnlyList<VersionWindowRow>> ListVersionWindowsAsync(string submodel, string? centerCode, CancellationToken ct)
    {
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        DynamicParameters args = new();
        args.Add("Submodel", submodel);
        args.Add("CenterCode", centerCode, System.Data.DbType.String);
        return [.. await db.QueryAsync<VersionWindowRow>(new CommandDefinition(SelectWindows, args, cancellationToken: ct))];
    }

    private static VersionWindowRow RowOf(DriftDocument document, WindowDocument w) => new()
    {
        ModelVersion = document.ModelVersion,
        Submodel = document.Submodel,
        CenterCode = w.Center ?? "",
        EntryQuarter = w.Window,
        State = w.State,
        Verdict = w.Verdict,
        Patients = w.Patients,
        Mature = w.Mature,
        Cases = w.Cases,
        Prospective = w.Prospective,
        Auc = w.Auc?.Value,
        AucLower = w.Auc?.Lower,
        AucUpper = w.Auc?.Upper,
    };
}
