using HccPipeline.Contracts.Models;
using HccPipeline.Persistence.Runs;
using HccPipeline.Reporting.Publication;
using HccPipeline.Reporting.Validation;

namespace HccPipeline.Reporting.Lineage;

/// <summary>Follows numbers back: version, snapshot, patient, run, series.</summary>
public sealed class LineageService
{
    private readonly ReportSubjectReader _subjects;
    private readonly LineageReader _runs;

    internal LineageService(ReportSubjectReader subjects, LineageReader runs) => (_subjects, _runs) = (subjects, runs);

    /// <summary>The patients of a version.</summary>
    /// <exception cref="ReportException">There is no such version, or its snapshot has no manifest.</exception>
    public async Task<VersionLineage> OfVersionAsync(int modelVersion, CancellationToken ct)
    {
        ReportSubject subject = await ReadAsync(modelVersion, ct);
        return new VersionLineage
        {
            ModelVersion = modelVersion,
            ModelSha256 = subject.ModelSha256,
            SnapshotSha256 = subject.Model.SnapshotSha256,
            ManifestSha256 = subject.ManifestSha256!,
            ProfileSha256 = subject.Model.ProfileSha256,
            Seed = subject.Model.Seed,
            CodeVersion = subject.Model.CodeVersion,
            Patients = subject.Manifest!.Patients,
        };
    }

    /// <summary>One patient of a version.</summary>
    /// <exception cref="ReportException">There is no such version, its snapshot has no manifest or not this patient.</exception>
    public async Task<PatientLineage> OfPatientAsync(int modelVersion, string pseudonym, CancellationToken ct)
    {
        ReportSubject subject = await ReadAsync(modelVersion, ct);
        int row = subject.Snapshot.Patients.ToList().FindIndex(p => p.Pseudonym == pseudonym);
        IncludedPatient? patient = subject.Manifest!.Patients.FirstOrDefault(p => p.Pseudonym == pseudonym);
        if (row < 0 || patient is null) throw new ReportException($"Patient {pseudonym} is not in the snapshot of version {modelVersion}. 'hcc lineage {modelVersion}' lists who is.");
        RunLineage? pre = await _runs.FindAsync(patient.PreRunId, ct), post = await _runs.FindAsync(patient.PostRunId, ct);
        SubmodelDocument combined = subject.Model.Models.Single(m => m.Name == "combined");
        ModelScores scores = ModelScores.Of(combined, subject.Snapshot);
        NomogramResult? nomogram = NomogramResults.Of(combined, scores);
        return new PatientLineage
        {
            Row = row + 1,
            Fold = subject.Model.FoldIds[row],
            Patient = patient,
            Response = subject.Snapshot.Patients[row].Response,
            Probability = scores.Probability[row],
            Predictors = [.. combined.Logistic.Predictors.Select(p => Predictor(p, Value(combined, subject, p.Name, row), nomogram, patient, pre, post))],
            PreRun = pre,
            PostRun = post,
        };
    }

    private async Task<ReportSubject> ReadAsync(int modelVersion, CancellationToken ct)
    {
        ReportSubject subject = await _subjects.ReadAsync(modelVersion, ct);
        return subject.Manifest is null ? throw new ReportException($"The snapshot of version {modelVersion} was taken before snapshots had manifests: its runs are not known.") : subject;
    }

    private static (double Value, bool Filled) Value(SubmodelDocument model, ReportSubject subject, string name, int row)
    {
        double value = subject.Snapshot.Column(name)[row];
        if (!double.IsNaN(value) || model.Imputed?.FirstOrDefault(c => c.Name == name) is not { } filled) return (value, false);
        int at = filled.Patients.ToList().IndexOf(row + 1);
        return at < 0 ? (value, false) : (filled.Values[at], true);
    }

    private static PredictorLineage Predictor(
        PredictorDocument predictor, (double Value, bool Filled) value, NomogramResult? nomogram, IncludedPatient patient, RunLineage? pre, RunLineage? post) => new(
            predictor.Name, predictor.Beta, value.Value, Points(nomogram, predictor.Name, value.Value), value.Filled ? [new("filled in", null, predictor.Name, value.Value, null, [])] : Origins(predictor.Name, patient, pre, post));

    private static ValueOrigin[] Origins(string name, IncludedPatient patient, RunLineage? pre, RunLineage? post) => name.Split('_')[0] switch
    {
        "pre" => [Origin(name[4..], patient.PreRunId, pre)],
        "post" => [Origin(name[5..], patient.PostRunId, post)],
        "delta" => [Origin(name[6..], patient.PostRunId, post), Origin(name[6..], patient.PreRunId, pre)],
        _ => [new("clinical record", null, name, null, null, [])],
    };

    private static ValueOrigin Origin(string name, string runId, RunLineage? run)
    {
        if (run is null) return new("deleted", runId, name, null, null, []);
        return run.Values.TryGetValue(name, out RunValue? value)
            ? new("run", runId, name, value.Value, value.BrickIndex, [.. run.Series.Where(s => s.Bricks.Contains(value.BrickIndex)).Select(s => s.SeriesUid)])
            : new("run", runId, name, null, null, []);
    }

    /// <summary>Points on the predictor's axis, which is a straight line.</summary>
    private static double? Points(NomogramResult? nomogram, string name, double value)
    {
        if (nomogram?.Predictors.FirstOrDefault(a => a.Name == name)?.Ticks is not [var first, .., var last] || last.Value == first.Value) return null;
        return first.Points + ((value - first.Value) / (last.Value - first.Value) * (last.Points - first.Points));
    }
}
