using System.Diagnostics;
using System.Security.Cryptography;
using HccPipeline.Contracts.Drift;
using HccPipeline.Persistence.Blobs;
using HccPipeline.Persistence.Cohort;
using HccPipeline.Persistence.Drift;
using HccPipeline.Persistence.Models;
using Microsoft.Extensions.Options;

namespace HccPipeline.ModelWorker.Drift;

/// <summary>Assesses stored versions on the patients that came after them, stores what is new, and raises alerts for the champion.</summary>
public sealed class DriftService(
    DriftRepositories stored, CohortReader cohort, IBlobStore blobs, TimeProvider clock, IOptions<DriftOptions> options, IOptions<CohortOptions> rules)
{
    private const int MostRivals = 3;   // the champions before this one

    /// <summary>Assesses every version, or one. A version whose patients, settings and calendar are what they were is left as it is.</summary>
    /// <param name="only">The version; null for all.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>The last assessment of each version that has one, and how many alerts are new.</returns>
    public async Task<AssessedVersions> AssessAsync(int? only, CancellationToken ct)
    {
        using Activity? span = ModelTelemetry.Source.StartActivity("model.drift");
        IReadOnlyList<ModelVersionRow> rows = await stored.Models.ListAsync(ct);
        IReadOnlyList<PromotionRow> promotions = await stored.Promotions.ListAsync(ct);
        int? champion = promotions.Count > 0 ? promotions[^1].ModelVersion : null;
        IReadOnlyDictionary<string, string> scanners = await stored.Data.ReadScannersAsync(ct);
        Dictionary<string, LaterPatients> byProfile = new(StringComparer.Ordinal);
        List<DriftAssessmentRow> assessed = [];
        int raised = 0;
        foreach (ModelVersionRow row in rows.Where(r => only is null || r.ModelVersion == only))
        {
            if (await LearnedVersion.ReadAsync(blobs, row, options.Value.Submodel, ct) is not { } version)
                continue;
            if (!byProfile.TryGetValue(version.ProfileSha256, out LaterPatients? later))
                byProfile.Add(version.ProfileSha256, later = new(await cohort.ReadCohortAsync(version.ProfileSha256, CohortScope.Extracted, ct), scanners));
            bool isWatched = row.ModelVersion == champion;
            DriftInput? input = await BuildAsync(version, later, isWatched, isWatched ? RivalsOf(rows, promotions, row.ModelVersion) : [], ct);
            if (input is null)
                continue;
            (DriftAssessmentRow assessment, int alerts) = await AssessAsync(input, ct);
            assessed.Add(assessment);
            raised += alerts;
        }
        return new(assessed, raised);
    }

    private async Task<(DriftAssessmentRow Row, int Alerts)> AssessAsync(DriftInput input, CancellationToken ct)
    {
        DriftSettings settings = options.Value.ToSettings();
        string inputSha256 = Convert.ToHexStringLower(SHA256.HashData(CanonicalJson.Write(new HashedInput(DriftDocument.CurrentSchema, input, settings))));
        DriftAssessmentRow? last = await stored.Assessments.FindLatestAsync(input.ModelVersion, input.Submodel, ct);
        if (last?.InputSha256 == inputSha256 && !input.IsWatched)
            return (last, 0);
        DriftDocument document;
        if (last?.InputSha256 == inputSha256)
        {
            document = await stored.Assessments.ReadAsync(last, ct);   // its alerts may have died with the process that stored it
        }
        else
        {
            document = DriftAssessor.Assess(input, settings, ct);
            last = await stored.Assessments.StoreAsync(document, inputSha256, ct);
        }
        return (last, await stored.Alerts.RaiseAsync(document, last.DocumentSha256, ct));
    }

    private async Task<DriftInput?> BuildAsync(LearnedVersion version, LaterPatients later, bool isWatched, IReadOnlyList<ModelVersionRow> rivals, CancellationToken ct)
    {
        string[] features = isWatched ? [.. version.Submodel.Candidates] : [];
        Dictionary<string, PredictionRow> frozen = (await stored.Predictions.ListOfVersionAsync(version.Number, version.Submodel.Name, ct))
            .ToDictionary(p => p.Pseudonym, StringComparer.Ordinal);
        IReadOnlyList<(string Pseudonym, DriftPatient Patient)> patients = later.Of(version, frozen, features);
        if (patients.Count == 0)
            return null;
        List<RivalScores> scores = [];
        foreach (ModelVersionRow rival in rivals)
            if (await LearnedVersion.ReadAsync(blobs, rival, version.Submodel.Name, ct) is { } known && known.ProfileSha256 == version.ProfileSha256)
                scores.Add(later.Rival(known, patients.Select(p => p.Pseudonym)));
        DateOnly today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        return new()
        {
            ModelVersion = version.Number,
            Submodel = version.Submodel.Name,
            IsWatched = isWatched,
            PredictorCount = version.Submodel.Logistic.Predictors.Count,
            FeatureNames = features,
            Learned = [.. version.ToReference(features, later.Scanners)],
            Patients = [.. patients.Select(p => p.Patient)],
            States = patients.Select(p => p.Patient.Window).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToDictionary(w => w, w => StateOf(w, today), StringComparer.Ordinal),
            Rivals = scores,
        };
    }

    private string StateOf(string window, DateOnly today) =>
        today > LabelClock.DueBy(window, rules.Value).AddDays(options.Value.GraceDays) ? WindowStates.Mature
        : today > EntryQuarter.LastDay(window) ? WindowStates.Over
        : WindowStates.Open;

    private static ModelVersionRow[] RivalsOf(IReadOnlyList<ModelVersionRow> rows, IReadOnlyList<PromotionRow> promotions, int champion) =>
        [.. promotions.Reverse().Select(p => p.ModelVersion).Where(v => v != champion).Distinct().Take(MostRivals).Select(v => rows.Single(r => r.ModelVersion == v))];

    private sealed record HashedInput(int Schema, DriftInput Input, DriftSettings Settings);
}

/// <summary>Assessments as they stand.</summary>
/// <param name="Assessments">The last of each version that has one.</param>
/// <param name="NewAlerts">Alerts raised now.</param>
public sealed record AssessedVersions(IReadOnlyList<DriftAssessmentRow> Assessments, int NewAlerts);

/// <summary>What assessments are read from and stored in.</summary>
/// <param name="Models">Versions.</param>
/// <param name="Promotions">Champions.</param>
/// <param name="Predictions">Frozen scores.</param>
/// <param name="Data">Scanners.</param>
/// <param name="Assessments">Assessments.</param>
/// <param name="Alerts">Alerts.</param>
public sealed record DriftRepositories(
    ModelRepository Models, PromotionRepository Promotions, PredictionRepository Predictions, DriftDataReader Data,
    DriftAssessmentRepository Assessments, AlertRepository Alerts);
