using System.Data.Common;
using Dapper;

namespace HccPipeline.Persistence.Runs;

/// <summary>Finds runs that have voxel maps, or will have.</summary>
public sealed class MapRunReader(DbDataSource database)
{
    private const string Select = """
        SELECT r.run_id, r.study_uid, s.pseudonym, s.visit, r.profile_sha256, r.superseded, r.planned_ms, r.completed_ms, b.boxes, b.boxes_done, b.voxels
        FROM extraction_run r LEFT JOIN study s ON s.study_uid = r.study_uid
        JOIN (SELECT run_id,
                     CAST(SUM(CASE WHEN kind = 'box' THEN 1 ELSE 0 END) AS BIGINT) AS boxes,
                     CAST(SUM(CASE WHEN kind = 'box' AND state = 'done' THEN 1 ELSE 0 END) AS BIGINT) AS boxes_done,
                     CAST(SUM(CASE WHEN kind = 'box' THEN COALESCE(region_voxels, 0) ELSE 0 END) AS BIGINT) AS voxels
              FROM brick WHERE kind IN ('prepare', 'box') GROUP BY run_id) b ON b.run_id = r.run_id
        ORDER BY r.planned_ms, r.run_id
        """;

    /// <summary>Runs with maps in the order of planning.</summary>
    /// <param name="which">Key of a run or its beginning, a Study Instance UID or a pseudonym; null for all.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<IReadOnlyList<MapRun>> ListAsync(string? which, CancellationToken ct)
    {
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        return
        [
            .. (await db.QueryAsync<MapRun>(new CommandDefinition(Select, cancellationToken: ct)))
                .Where(r => which is null || r.RunId.StartsWith(which, StringComparison.Ordinal) || r.StudyUid == which || r.Pseudonym == which),
        ];
    }
}

/// <summary>A run with voxel maps.</summary>
public sealed record MapRun
{
    /// <summary>Key of the run.</summary>
    public required string RunId { get; init; }

    /// <summary>Study Instance UID, de-identified; null for a run of files that belong to no study.</summary>
    public string? StudyUid { get; init; }

    /// <summary>Pseudonym of the patient; null without a study.</summary>
    public string? Pseudonym { get; init; }

    /// <summary>Visit of the study, where it is known.</summary>
    public string? Visit { get; init; }

    /// <summary>Hash of the profile.</summary>
    public required string ProfileSha256 { get; init; }

    /// <summary>1 where a later run of the study stands in its place, else 0.</summary>
    public required long Superseded { get; init; }

    /// <summary>When it was planned, ms.</summary>
    public required long PlannedMs { get; init; }

    /// <summary>When its last brick had an outcome, ms; null before.</summary>
    public long? CompletedMs { get; init; }

    /// <summary>Boxes that its regions were cut into, as far as they are cut.</summary>
    public required long Boxes { get; init; }

    /// <summary>Of these, those that are done.</summary>
    public required long BoxesDone { get; init; }

    /// <summary>Voxels of the regions.</summary>
    public required long Voxels { get; init; }
}
