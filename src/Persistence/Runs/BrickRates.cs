using System.Data.Common;
using Dapper;

namespace HccPipeline.Persistence.Runs;

/// <summary>How fast bricks were computed of late: what planners learn from.</summary>
public sealed class BrickRates(DbDataSource database)
{
    private const int Latest = 200;

    private const string Select = """
        SELECT SUM(seconds) / SUM(region_voxels) FROM (
            SELECT b.seconds, b.region_voxels FROM brick b JOIN extraction_run r ON r.run_id = b.run_id
            WHERE r.profile_sha256 = @ProfileSha256 AND b.kind = @Kind AND b.state = 'done' AND b.seconds > 0 AND b.region_voxels > 0
            ORDER BY b.finished_ms DESC LIMIT @Latest) recent
        """;

    /// <returns>Seconds that a voxel of the region took on average in the latest bricks of a kind under a profile; null before the first.</returns>
    public async Task<double?> FindSecondsPerVoxelAsync(string kind, string profileSha256, CancellationToken ct)
    {
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        return await db.QuerySingleOrDefaultAsync<double?>(new CommandDefinition(
            Select, new { Kind = kind, ProfileSha256 = profileSha256, Latest }, cancellationToken: ct));
    }
}
