using System.Text;
using System.Text.Json;
using HccPipeline.Persistence.Blobs;

namespace HccPipeline.Persistence.Registry;

/// <summary>What the registry holds of a patient, in numbers.</summary>
public sealed record PatientHoldings
{
    /// <summary>Whether anything was ever known of the patient.</summary>
    public required bool IsKnown { get; init; }

    /// <summary>Whether there is a clinical record.</summary>
    public required bool HasRecord { get; init; }

    /// <summary>Studies.</summary>
    public required int Studies { get; init; }

    /// <summary>DICOM files.</summary>
    public required int Files { get; init; }

    /// <summary>Extraction runs.</summary>
    public required int Runs { get; init; }

    /// <summary>Feature values.</summary>
    public required int Values { get; init; }
}

/// <summary>Objects of the store that rows of a patient lead to.</summary>
internal static class PatientObjects
{
    private const string SelectFiles = """
        SELECT i.blob_sha256 FROM instance i JOIN series s ON s.series_uid = i.series_uid JOIN study t ON t.study_uid = s.study_uid
        WHERE t.pseudonym = @Pseudonym
        """;

    private const string SelectResults = """
        SELECT b.result_sha256 FROM brick b JOIN extraction_run r ON r.run_id = b.run_id JOIN study t ON t.study_uid = r.study_uid
        WHERE t.pseudonym = @Pseudonym AND b.result_sha256 IS NOT NULL
        """;

    private const string SelectWorks = """
        SELECT b.work FROM brick b JOIN extraction_run r ON r.run_id = b.run_id JOIN study t ON t.study_uid = r.study_uid
        WHERE t.pseudonym = @Pseudonym AND b.kind = 'collect'
        """;

    /// <summary>Their names: files, maps of bricks, and folders of chunked volumes, which end with a slash.</summary>
    public static async Task<IReadOnlySet<string>> NamesAsync(Unit unit, string pseudonym)
    {
        var key = new { Pseudonym = pseudonym };
        HashSet<string> names = new(StringComparer.Ordinal);
        foreach (string blob in (await unit.QueryAsync<string>(SelectFiles, key)).Concat(await unit.QueryAsync<string>(SelectResults, key)))
            names.Add(BlobStore.NameOf(blob));
        foreach (string work in await unit.QueryAsync<string>(SelectWorks, key))
            names.UnionWith(VolumesOf(work).Select(v => $"volumes/{v}/"));
        return names;
    }

    /// <summary>Chunked volumes that the work of a brick names: the image and the region of each of its subjects. Which kinds of brick there are and
    /// what else they have to do is nobody's business here.</summary>
    public static IReadOnlySet<string> VolumesOf(string work)
    {
        HashSet<string> volumes = new(StringComparer.Ordinal);
        Utf8JsonReader json = new(Encoding.UTF8.GetBytes(work));
        while (json.Read())
        {
            if (json.TokenType == JsonTokenType.PropertyName && (json.ValueTextEquals("imageVolume"u8) || json.ValueTextEquals("regionVolume"u8))
                && json.Read() && json.TokenType == JsonTokenType.String)
            {
                volumes.Add(json.GetString()!);
            }
        }
        return volumes;
    }
}
