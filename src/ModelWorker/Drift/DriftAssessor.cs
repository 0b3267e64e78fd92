using HccPipeline.Contracts.Drift;

namespace HccPipeline.ModelWorker.Drift;

/// <summary>Assesses how a model version does over the windows that came after it. Pure: the same patients and settings give the same document,
/// to the bit, on any number of threads.</summary>
public static class DriftAssessor
{
    /// <summary>Assesses a version.</summary>
    /// <exception cref="ArgumentException">There are no patients, or one's features are not as many as their names.</exception>
    public static DriftDocument Assess(DriftInput input, DriftSettings settings, CancellationToken ct)
    {
        if (input.Patients.Count == 0)
            throw new ArgumentException("There are no patients to assess the version on.", nameof(input));
        if (input.Patients.Concat(input.Learned).Any(p => p.Features.Count != input.FeatureNames.Count))
            throw new ArgumentException($"Every patient needs {input.FeatureNames.Count} features, missing ones as NaN.", nameof(input));
        string[] windowNames = [.. input.Patients.Select(p => p.Window).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        string[] mature = [.. windowNames.Where(w => input.States[w] == WindowStates.Mature)];
        DriftReference? reference = DriftReference.Of(input, mature, settings);
        string?[] scopes = DriftScopes.Of(input.Patients);
        ScopeAssessor assessor = new(input, reference, AlarmBudget.Of(settings, scopes.Length), settings);
        foreach (string? center in scopes)
            assessor.Assess(center, ct);
        List<WindowDocument> windows = assessor.Windows;
        List<FindingDocument> findings = assessor.Findings;

        FeatureLook[] looks = [];
        ScannerDocument[] scanners = [];
        if (input.IsWatched)
        {
            looks = FeatureDrift.Of(input.FeatureNames, input.Learned, [.. input.Patients.Where(p => input.States[p.Window] != WindowStates.Open)], settings, ct);
            findings.AddRange(DriftFindings.OfFeatures(looks, settings));
            scanners = ScannerChanges.Of(input.Learned, input.Patients);
            findings.AddRange(DriftFindings.OfScanners(scanners));
            findings.AddRange(DriftFindings.OfRefusals(windows.Where(w => w.State != WindowStates.Open), input.PredictorCount, input.Learned.Count));
            if (DriftFindings.Rollback(findings, input, settings) is { } rollback)
                findings.Add(rollback);
        }
        return new()
        {
            Schema = DriftDocument.CurrentSchema,
            ModelVersion = input.ModelVersion,
            Submodel = input.Submodel,
            Period = windowNames[^1],
            Settings = settings,
            Reference = reference?.ToDocument(),
            Windows = windows,
            Charts = assessor.Charts,
            Looks = [.. looks.Select(l => l.ToDocument(settings))],
            Features = [.. FeatureDrift.Kept(looks, settings)],
            Scanners = scanners,
            Findings = findings,
        };
    }
}
