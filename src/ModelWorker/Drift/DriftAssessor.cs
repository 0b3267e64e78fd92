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
        AlarmBudget budget = AlarmBudget.Of(settings, scopes.Length);
        Dictionary<double, PlacementCharts> charts = [];
        List<WindowDocument> windows = [];
        List<ChartDocument> courses = [];
        List<FindingDocument> findings = [];
        foreach (string? center in scopes)
        {
            DriftPatient[] members = [.. input.Patients.Where(p => center is null || p.Center == center)];
            DriftPatient[] charted = reference is null ? [] : [.. members.Where(p => IsCharted(p, input, reference)).OrderBy(p => p.Window, StringComparer.Ordinal)];
            double perWindow = charted.Length / (double)Math.Max(1, charted.Select(p => p.Window).Distinct(StringComparer.Ordinal).Count());
            double runLength = AlarmBudget.RunLength(perWindow, settings);
            WindowDocument[] own = WindowAssessment.Of(center, members, input, reference, budget, runLength, settings);
            if (input.IsWatched && charted.Length > 0)
            {
                if (!charts.TryGetValue(runLength, out PlacementCharts? limits))
                    charts.Add(runLength, limits = PlacementCharts.Calibrate(reference!.Placement, runLength, settings, ct));
                ChartDocument[] drawn = [.. limits.Run(center, charted)];
                HashSet<string> alarmed = PlacementCharts.AlarmedWindows(drawn);
                own = [.. own.Select(w => alarmed.Contains(w.Window) ? WindowAssessment.WithAlarm(w) : w)];
                courses.AddRange(drawn);
                findings.AddRange(DriftFindings.OfWindows(own, alarmed));
            }
            windows.AddRange(own);
        }

        FeatureDriftDocument[] features = [];
        ScannerDocument[] scanners = [];
        if (input.IsWatched)
        {
            if (windowNames.LastOrDefault(w => input.States[w] != WindowStates.Open) is { } last)
            {
                features = FeatureDrift.Of(input.FeatureNames, input.Learned, [.. input.Patients.Where(p => p.Window == last)], settings, ct);
                findings.AddRange(DriftFindings.OfFeatures(features, last, settings));
            }
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
            Charts = courses,
            Features = features,
            Scanners = scanners,
            Findings = findings,
        };
    }

    private static bool IsCharted(DriftPatient p, DriftInput input, DriftReference reference) =>
        ScoredOutcomes.HasBoth(p) && input.States[p.Window] == WindowStates.Mature && !reference.Windows.Contains(p.Window);
}
