using HccPipeline.Contracts.Drift;

namespace HccPipeline.ModelWorker.Drift;

/// <summary>Assesses one centre after another, and all together: windows, charts, and what they say.</summary>
internal sealed class ScopeAssessor(DriftInput input, DriftReference? reference, AlarmBudget budget, DriftSettings settings)
{
    private readonly Dictionary<double, PlacementCharts> _limits = [];

    public List<WindowDocument> Windows { get; } = [];

    public List<ChartDocument> Charts { get; } = [];

    public List<FindingDocument> Findings { get; } = [];

    /// <summary>Adds a centre; null for all together.</summary>
    public void Assess(string? center, CancellationToken ct)
    {
        DriftPatient[] members = [.. input.Patients.Where(p => center is null || p.Center == center)];
        DriftPatient[] charted = [.. members.Where(IsCharted).OrderBy(p => p.Window, StringComparer.Ordinal)];
        int windows = charted.Select(p => p.Window).Distinct(StringComparer.Ordinal).Count();
        double runLength = AlarmBudget.RunLength(charted.Length / (double)Math.Max(1, windows), settings);
        WindowDocument[] own = WindowAssessment.Of(center, members, input, reference, budget, runLength, settings);
        if (input.IsWatched && charted.Length > 0)
        {
            ChartDocument[] drawn = [.. LimitsFor(runLength, ct).Run(center, charted)];
            HashSet<string> alarmed = PlacementCharts.AlarmedWindows(drawn);
            own = [.. own.Select(w => alarmed.Contains(w.Window) ? WindowAssessment.WithAlarm(w) : w)];
            Charts.AddRange(drawn);
            Findings.AddRange(DriftFindings.OfWindows(own, alarmed));
        }
        Windows.AddRange(own);
    }

    private PlacementCharts LimitsFor(double runLength, CancellationToken ct)
    {
        if (!_limits.TryGetValue(runLength, out PlacementCharts? charts))
            _limits.Add(runLength, charts = PlacementCharts.Calibrate(reference!.Placement, runLength, settings, ct));
        return charts;
    }

    private bool IsCharted(DriftPatient p) =>
        reference is not null && ScoredOutcomes.HasBoth(p) && input.States[p.Window] == WindowStates.Mature && !reference.Windows.Contains(p.Window);
}
