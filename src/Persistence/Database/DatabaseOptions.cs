using System.ComponentModel.DataAnnotations;

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
}

/// <summary>Database engines; one SQL serves both.</summary>
public enum DatabaseProvider
{
    /// <summary>An embedded SQLite file in write-ahead-log mode.</summary>
    Sqlite,

    /// <summary>A PostgreSQL server, version 12 or later.</summary>
    PostgreSql,
}
