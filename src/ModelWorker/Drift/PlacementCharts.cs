using HccPipeline.Contracts.Drift;
using HccPipeline.Statistics.Drift;

namespace HccPipeline.ModelWorker.Drift;

/// <summary>EWMA and CUSUM of the patients' placement among the reference: the same limits for centres of like size.</summary>
internal sealed class PlacementCharts
{
    private readonly PlacementReference _reference;
    private readonly PlacementChart[] _charts;

    private PlacementCharts(PlacementReference reference, PlacementChart[] charts) => (_reference, _charts) = (reference, charts);

    public static PlacementCharts Calibrate(PlacementReference reference, double runLength, DriftSettings settings, CancellationToken ct)
    {
        ulong seed = unchecked((ulong)settings.Seed);
        return new(reference,
        [
            PlacementChart.CalibrateWithReference(
                reference, PlacementStatistic.Ewma, settings.EwmaWeight, runLength, seed, settings.ChartRuns, ct),
            PlacementChart.CalibrateWithReference(
                reference, PlacementStatistic.Cusum, settings.CusumSlack, runLength, seed, settings.ChartRuns, ct),
        ]);
    }

    /// <summary>Both charts of one centre.</summary>
    /// <param name="center">Centre; null for all together.</param>
    /// <param name="patients">Patients with score and outcome, in order.</param>
    public IEnumerable<ChartDocument> Run(string? center, IReadOnlyList<DriftPatient> patients)
    {
        double[] scores = [.. patients.Select(p => p.Score!.Value)], y = [.. patients.Select(p => p.Progression == true ? 1.0 : 0.0)];
        string[] windows = [.. patients.Select(p => p.Window)];
        foreach (PlacementChart chart in _charts)
        {
            (double[] values, int[] alarms) = Run(chart, scores, y);
            yield return new(center, chart.Statistic == PlacementStatistic.Ewma ? "ewma" : "cusum", chart.Parameter, chart.Limit, chart.InControlRunLength, windows, values, alarms);
        }
    }

    /// <summary>Windows in which a chart passed its limit.</summary>
    public static HashSet<string> AlarmedWindows(IEnumerable<ChartDocument> charts) =>
        charts.SelectMany(c => c.Alarms.Select(a => c.Windows[a - 1])).ToHashSet(StringComparer.Ordinal);

    // A chart begins again after an alarm: one that stays above its limit for long would say of later windows only what it said of the first.
    private (double[] Values, int[] Alarms) Run(PlacementChart chart, double[] scores, double[] y)
    {
        double[] values = new double[scores.Length];
        List<int> alarms = [];
        for (int start = 0; start < scores.Length;)
        {
            PlacementCourse course = chart.Run(_reference, scores.AsSpan(start), y.AsSpan(start));
            int length = course.FirstAlarm ?? course.Values.Length;
            course.Values.CopyTo(0, values, start, length);
            start += length;
            if (course.FirstAlarm is not null) alarms.Add(start);
        }
        return (values, [.. alarms]);
    }
}
