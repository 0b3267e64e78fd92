using System.Data.Common;
using Dapper;

namespace HccPipeline.Persistence.Cohort;

/// <summary>The features of one study, without the visit in front of their names.</summary>
public sealed record StudyFeatures
{
    /// <summary>Study Instance UID, de-identified.</summary>
    public required string StudyUid { get; init; }

    /// <summary>Pseudonym of the patient.</summary>
    public required string Pseudonym { get; init; }

    /// <summary>Code of the centre.</summary>
    public required string CenterCode { get; init; }

    /// <summary>Study date, shifted; null when the study has none.</summary>
    public string? StudyDate { get; init; }

    /// <summary><c>PreTreatment</c> or <c>PostTreatment</c>; null while not known.</summary>
    public string? Visit { get; init; }

    /// <summary>Feature name to value.</summary>
    public IReadOnlyDictionary<string, double> Values { get; init; } = new Dictionary<string, double>();
}

/// <summary>Reads features study by study, whether or not anything is known of the patient besides.</summary>
public sealed class StudyFeatureReader(DbDataSource database)
{
    private const string SelectStudies = """
        SELECT s.study_uid, s.pseudonym, s.center_code, s.study_date, s.visit
        FROM study s JOIN extraction_run r ON r.study_uid = s.study_uid
        WHERE r.profile_sha256 = @ProfileSha256 AND r.superseded = 0 AND r.completed_ms IS NOT NULL
        """;

    private const string SelectValues = """
        SELECT r.study_uid, v.name, v.value
        FROM feature_value v JOIN extraction_run r ON r.run_id = v.run_id
        WHERE r.profile_sha256 = @ProfileSha256 AND r.superseded = 0 AND r.completed_ms IS NOT NULL
        """;

    /// <summary>Every extracted study, by pseudonym, date and UID.</summary>
    public async Task<IReadOnlyList<StudyFeatures>> ReadAsync(string profileSha256, CancellationToken ct)
    {
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        var args = new { ProfileSha256 = profileSha256 };
        var values = (await db.QueryAsync<(string StudyUid, string Name, double Value)>(new CommandDefinition(SelectValues, args, cancellationToken: ct)))
            .ToLookup(v => v.StudyUid, StringComparer.Ordinal);
        return [.. (await db.QueryAsync<StudyFeatures>(new CommandDefinition(SelectStudies, args, cancellationToken: ct)))
            .Select(s => s with { Values = values[s.StudyUid].ToDictionary(v => v.Name, v => v.Value, StringComparer.Ordinal) })
            .OrderBy(s => s.Pseudonym, StringComparer.Ordinal).ThenBy(s => s.StudyDate, StringComparer.Ordinal).ThenBy(s => s.StudyUid, StringComparer.Ordinal)];
    }
}
