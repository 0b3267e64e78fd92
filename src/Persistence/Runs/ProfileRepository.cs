using System.Data.Common;
using Dapper;

namespace HccPipeline.Persistence.Runs;

/// <summary>Extraction profiles by the hash of their canonical form.</summary>
public sealed class ProfileRepository(DbDataSource database, TimeProvider clock)
{
    private const string Insert = """
        INSERT INTO profile (profile_sha256, canonical_json, recorded_ms) VALUES (@ProfileSha256, @CanonicalJson, @NowMs)
        ON CONFLICT (profile_sha256) DO NOTHING
        """;

    /// <summary>Stores a profile unless it is there.</summary>
    public async Task AddIfAbsentAsync(string profileSha256, string canonicalJson, CancellationToken ct)
    {
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        var args = new { ProfileSha256 = profileSha256, CanonicalJson = canonicalJson, NowMs = clock.GetUtcNow().ToUnixTimeMilliseconds() };
        await db.ExecuteAsync(new CommandDefinition(Insert, args, cancellationToken: ct));
    }

    /// <returns>The canonical JSON of a profile, or null.</returns>
    public async Task<string?> FindAsync(string profileSha256, CancellationToken ct)
    {
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        return await db.QuerySingleOrDefaultAsync<string>(new CommandDefinition(
            "SELECT canonical_json FROM profile WHERE profile_sha256 = @ProfileSha256", new { ProfileSha256 = profileSha256 }, cancellationToken: ct));
    }
}
