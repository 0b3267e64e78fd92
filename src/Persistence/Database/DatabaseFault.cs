using System.Data.Common;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace HccPipeline.Persistence.Database;

/// <summary>What went wrong with a database.</summary>
public static class DatabaseFault
{
    /// <summary>Whether the same statement may succeed later: the server is away or busy, the disk is full.</summary>
    public static bool IsPassing(DbException exception) => exception is SqliteException sqlite
        ? sqlite.SqliteErrorCode is raw.SQLITE_BUSY or raw.SQLITE_LOCKED or raw.SQLITE_IOERR or raw.SQLITE_FULL or raw.SQLITE_CANTOPEN
        : exception.IsTransient;
}
