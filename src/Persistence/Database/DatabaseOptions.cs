using System.ComponentModel.DataAnnotations;
using Npgsql;

namespace HccPipeline.Persistence.Database;

/// <summary>Section <c>Database</c>: where rows live.</summary>
public sealed class DatabaseOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Database";

    /// <summary>The engine.</summary>
    public DatabaseProvider Provider { get; set; } = DatabaseProvider.Sqlite;

    /// <summary>Connection string; for SQLite <c>Data Source=…</c>.</summary>
    [Required]
    public string ConnectionString { get; set; } = "";

    /// <summary>File that holds the password, for secrets mounted as files; PostgreSQL only, takes the place of one in the connection string.</summary>
    public string? PasswordFile { get; set; }

    /// <summary>The connection string with the password from <see cref="PasswordFile"/>, where there is one.</summary>
    public string ReadConnectionString() => Provider == DatabaseProvider.PostgreSql && PasswordFile is { Length: > 0 } file
        ? new NpgsqlConnectionStringBuilder(ConnectionString) { Password = File.ReadAllText(file).Trim() }.ConnectionString
        : ConnectionString;
}

/// <summary>Database engines; one SQL serves both.</summary>
public enum DatabaseProvider
{
    /// <summary>An embedded SQLite file in write-ahead-log mode.</summary>
    Sqlite,

    /// <summary>A PostgreSQL server, version 12 or later.</summary>
    PostgreSql,
}
