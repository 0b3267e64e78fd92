using System.Data.Common;
using Dapper;
using HccPipeline.Persistence.Blobs;

namespace HccPipeline.Persistence.Registry;

/// <summary>
/// Deletes objects of the store together with the rows that led to them: they are noted in the transaction that deletes the rows, and deleted after
/// it, but for those that other rows lead to. Stopped anywhere, it is completed by the next call.
/// </summary>
public sealed class ObjectErasure(DbDataSource database, IObjectStore objects, TimeProvider clock)
{
    private const int NamesPerQuery = 400;

    private const string Note =
        "INSERT INTO object_to_delete (object_name, recorded_ms) VALUES (@Name, @NowMs) ON CONFLICT (object_name) DO NOTHING";

    // The volumes of a series stand in the brick that collects its maps; in a run of files, which has none, in each box.
    private const string SelectWorks = "SELECT work FROM brick WHERE kind = 'collect' OR (kind = 'box' AND parent_index IS NULL)";

    /// <summary>Notes objects as part of a larger transaction.</summary>
    /// <param name="unit">The transaction.</param>
    /// <param name="names">Names of blobs, and of folders of chunked volumes, which end with a slash.</param>
    internal async Task NoteAsync(Unit unit, IEnumerable<string> names)
    {
        long now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        foreach (string name in names)
            await unit.ExecuteAsync(Note, new { Name = name, NowMs = now });
    }

    /// <summary>Deletes noted objects, but for those that rows lead to.</summary>
    public async Task DeleteNotedAsync(CancellationToken ct)
    {
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        string[] noted = [.. await db.QueryAsync<string>(new CommandDefinition("SELECT object_name FROM object_to_delete ORDER BY object_name", cancellationToken: ct))];
        if (noted.Length == 0)
            return;
        HashSet<string> shared = await FindSharedAsync(db, noted, ct);
        foreach (string name in noted)
        {
            if (!shared.Contains(name))
                await DeleteAsync(name, ct);
            await db.ExecuteAsync(new CommandDefinition("DELETE FROM object_to_delete WHERE object_name = @Name", new { Name = name }, cancellationToken: ct));
        }
    }

    private async Task DeleteAsync(string name, CancellationToken ct)
    {
        if (!name.EndsWith('/'))
        {
            await objects.DeleteAsync(name, ct);
            return;
        }
        await objects.DeleteAsync(name + "zarr.json", ct);   // first, so that nobody sees a volume that lacks chunks
        await objects.DeleteFolderAsync(name.TrimEnd('/'), ct);
    }

    private static async Task<HashSet<string>> FindSharedAsync(DbConnection db, string[] noted, CancellationToken ct)
    {
        HashSet<string> shared = new(StringComparer.Ordinal);
        foreach (string[] some in noted.Where(n => !n.EndsWith('/')).Chunk(NamesPerQuery))
        {
            DynamicParameters args = new();
            string list = string.Join(',', some.Select((name, i) =>
            {
                args.Add($"b{i}", name[(name.LastIndexOf('/') + 1)..]);
                return $"@b{i}";
            }));
            foreach (string table in new[] { $"SELECT blob_sha256 FROM instance WHERE blob_sha256 IN ({list})", $"SELECT result_sha256 FROM brick WHERE result_sha256 IN ({list})" })
                shared.UnionWith((await db.QueryAsync<string>(new CommandDefinition(table, args, cancellationToken: ct))).Select(BlobStore.NameOf));
        }
        if (noted.Any(n => n.EndsWith('/')))
        {
            await foreach (string work in db.QueryUnbufferedAsync<string>(SelectWorks).WithCancellation(ct))
                shared.UnionWith(PatientObjects.VolumesOf(work).Select(v => $"volumes/{v}/"));
        }
        return shared;
    }
}
