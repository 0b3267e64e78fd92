using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace HccPipeline.Persistence.Database;

/// <summary>Opens SQLite connections that several processes can share.</summary>
/// <remarks>Write-ahead logging lets readers go on beside one writer; <c>synchronous=NORMAL</c> keeps the file whole through a killed
/// process, and loses at most the last commits when the machine loses power: every step of the pipeline can be done again.</remarks>
internal sealed class SqliteDataSource : DbDataSource
{
    private const string Pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;";
    private readonly string _connectionString;

    public SqliteDataSource(string connectionString) =>
        _connectionString = new SqliteConnectionStringBuilder(connectionString) { ForeignKeys = true, DefaultTimeout = 60 }.ConnectionString;

    public override string ConnectionString => _connectionString;

    protected override DbConnection CreateDbConnection() => new SqliteConnection(_connectionString);

    protected override DbConnection OpenDbConnection()
    {
        DbConnection connection = CreateDbConnection();
        connection.Open();
        using DbCommand command = connection.CreateCommand();
        command.CommandText = Pragmas;
        command.ExecuteNonQuery();
        return connection;
    }

    protected override ValueTask<DbConnection> OpenDbConnectionAsync(CancellationToken cancellationToken = default) =>
        new(OpenDbConnection());
}
