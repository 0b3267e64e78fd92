using HccPipeline.Contracts.Models;
using HccPipeline.Persistence.Browsing;
using HccPipeline.Persistence.Cohort;
using HccPipeline.Persistence.Models;

namespace HccPipeline.Reporting.Views;

/// <summary>A patient with what models said and say.</summary>
/// <param name="Pseudonym">Pseudonym.</param>
/// <param name="CenterCode">Centre.</param>
/// <param name="Readiness">Whether the patient can be learned from; null for one who withdrew.</param>
/// <param name="Studies">Studies, the last changed first.</param>
/// <param name="Scores">What the champion says now.</param>
/// <param name="Frozen">What versions said when they were first asked, the latest version first.</param>
/// <param name="IsLearnedFrom">Whether the champion learned from the patient; null without a champion, or where its snapshot has no manifest.</param>
internal sealed record PatientDetail(
    string Pseudonym, string CenterCode, PatientReadiness? Readiness, IReadOnlyList<StudyListing> Studies, IReadOnlyList<PatientScore> Scores, IReadOnlyList<PredictionRow> Frozen,
    bool? IsLearnedFrom);

/// <summary>Reads <see cref="PatientDetail"/>.</summary>
internal sealed class PatientView(
    StudyBrowser studies, CohortView cohort, PredictionRepository predictions, ModelRepository models, ManifestRepository manifests, IPatientScoring scoring)
{
    private volatile Members? _members;   // of the champion's snapshot, which never changes

    /// <returns>The patient; null when there is none, or when the patient is another centre's.</returns>
    /// <param name="pseudonym">Pseudonym.</param>
    /// <param name="centerCode">The only centre that may be seen; null for all.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<PatientDetail?> FindAsync(string pseudonym, string? centerCode, CancellationToken ct)
    {
        if (await studies.FindPatientCenterAsync(pseudonym, ct) is not { } center || (centerCode is not null && center != centerCode))
            return null;
        IReadOnlyList<PatientScore> scores = await scoring.ScoreAsync(pseudonym, ct);
        Page<StudyListing> found = await studies.ListAsync(new() { Search = pseudonym, CenterCode = center }, new(1, PageRequest.LargestSize), ct);
        return new(
            pseudonym, center,
            (await cohort.ListAsync(center, ct)).FirstOrDefault(p => p.Pseudonym == pseudonym),
            [.. found.Items.Where(s => s.Pseudonym == pseudonym)],
            scores,
            await predictions.ListOfPatientAsync(pseudonym, ct),
            scores.Count == 0 ? null : (await MembersOfAsync(scores[0].ModelVersion, ct))?.Contains(pseudonym));
    }

    private async Task<IReadOnlySet<string>?> MembersOfAsync(int modelVersion, CancellationToken ct)
    {
        if (_members is { } known && known.ModelVersion == modelVersion)
            return known.Pseudonyms;
        SnapshotManifest? manifest = await models.FindAsync(modelVersion, ct) is { } row ? await manifests.FindAsync(row.SnapshotSha256, ct) : null;
        _members = new(modelVersion, manifest?.Patients.Select(p => p.Pseudonym).ToHashSet(StringComparer.Ordinal));
        return _members.Pseudonyms;
    }

    private sealed record Members(int ModelVersion, IReadOnlySet<string>? Pseudonyms);
}
