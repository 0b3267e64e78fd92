using System.Data.Common;
using Dapper;

namespace HccPipeline.Persistence.Access;

/// <summary>Keys that protect cookies and forms; who can read the database can forge a cookie, but not the token that it must belong to.</summary>
/// <remarks>Synchronous, because the library that owns the keys asks so.</remarks>
public sealed class DataKeyRepository(DbDataSource database, TimeProvider clock)
{
    private const string Upsert = """
        INSERT INTO data_protection_key (key_name, xml, recorded_ms) VALUES (@Name, @Xml, @NowMs)
        ON CONFLICT (key_name) DO UPDATE SET xml = excluded.xml
        """;

    /// <summary>All of them, oldest first.</summary>
    public IReadOnlyList<string> List()
    {
        using DbConnection db = database.OpenConnection();
        return [.. db.Query<string>("SELECT xml FROM data_protection_key ORDER BY recorded_ms, key_name")];
    }

    /// <summary>Stores one.</summary>
    public void Put(string name, string xml)
    {
        using DbConnection db = database.OpenConnection();
        db.Execute(Upsert, new { Name = name, Xml = xml, NowMs = clock.GetUtcNow().ToUnixTimeMilliseconds() });
    }
}
