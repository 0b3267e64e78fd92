using System.Data.Common;
using System.Globalization;
using Dapper;

namespace HccPipeline.Persistence.Registry;

/// <summary>A unit of work: statements of one transaction.</summary>
internal readonly record struct Unit(DbConnection Connection, DbTransaction Transaction, CancellationToken Ct)
{
    private const string InsertPatient = """
        INSERT INTO patient (pseudonym, center_code, created_ms) VALUES (@Pseudonym, @CenterCode, @NowMs) ON CONFLICT (pseudonym) DO NOTHING
        """;

    // An update that changes nothing takes the row's lock on PostgreSQL; on SQLite the transaction is the only writer anyway.
    private const string LockPatient = "UPDATE patient SET created_ms = created_ms WHERE pseudonym = @Pseudonym";

    /// <summary>Makes the patient's row when it is not there, and holds it until the transaction ends: whoever adds to or judges the
    /// patient's studies comes one after another.</summary>
    public async Task LockPatientAsync(string pseudonym, string centerCode, long nowMs)
    {
        await ExecuteAsync(InsertPatient, new { Pseudonym = pseudonym, CenterCode = centerCode, NowMs = nowMs });
        await LockPatientAsync(pseudonym);
    }

    /// <summary>Holds the patient's row until the transaction ends.</summary>
    public Task<int> LockPatientAsync(string pseudonym) => ExecuteAsync(LockPatient, new { Pseudonym = pseudonym });

    /// <returns>Whether the patient withdrew; asked while the patient's row is held, the answer holds until the transaction ends.</returns>
    public async Task<bool> HasWithdrawnAsync(string pseudonym) =>
        await ScalarAsync<long>("SELECT COUNT(*) FROM withdrawal WHERE pseudonym = @Pseudonym", new { Pseudonym = pseudonym }) > 0;

    /// <returns>Number of rows changed.</returns>
    public Task<int> ExecuteAsync(string sql, object args) =>
        Connection.ExecuteAsync(new CommandDefinition(sql, args, Transaction, cancellationToken: Ct));

    public Task<T?> ScalarAsync<T>(string sql, object args) =>
        Connection.ExecuteScalarAsync<T>(new CommandDefinition(sql, args, Transaction, cancellationToken: Ct));

    public Task<IEnumerable<T>> QueryAsync<T>(string sql, object args) =>
        Connection.QueryAsync<T>(new CommandDefinition(sql, args, Transaction, cancellationToken: Ct));
}

/// <summary>Dates as the schema keeps them: yyyy-MM-dd.</summary>
internal static class SqlDate
{
    private const string Format = "yyyy-MM-dd";

    public static string Of(DateOnly date) => date.ToString(Format, CultureInfo.InvariantCulture);

    public static string? Of(DateOnly? date) => date is { } d ? Of(d) : null;

    public static DateOnly? Read(string? text) => text is null ? null : DateOnly.ParseExact(text, Format, CultureInfo.InvariantCulture);
}
