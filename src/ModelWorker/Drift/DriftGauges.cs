using System.Diagnostics.Metrics;
using HccPipeline.Contracts.Drift;
using HccPipeline.Persistence.Drift;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace HccPipeline.ModelWorker.Drift;

/// <summary>Gauges of the AUC of each version on its last mature window, and of alerts that are not closed. Metrics are read without a token: no centre is
/// named, and the lowest AUC of any of them says that one needs a look.</summary>
internal sealed partial class DriftGauges : BackgroundService
{
    private const string All = "all", Lowest = "lowest-centre";
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(15);
    private readonly DriftAssessmentRepository _assessments;
    private readonly AlertRepository _alerts;
    private readonly TimeProvider _clock;
    private readonly string _submodel;
    private readonly ILogger<DriftGauges> _logger;
    private readonly Meter _meter = new("HccPipeline.ModelWorker.Drift");
    private volatile IReadOnlyList<(string Scope, VersionWindowRow Window)> _windows = [];
    private volatile IReadOnlyList<(string Level, string State, long Count)> _open = [];

    public DriftGauges(DriftAssessmentRepository assessments, AlertRepository alerts, TimeProvider clock, IOptions<DriftOptions> options, ILogger<DriftGauges> logger)
    {
        (_assessments, _alerts, _clock, _submodel, _logger) = (assessments, alerts, clock, options.Value.Submodel, logger);
        _meter.CreateObservableGauge("hcc.drift.auc", () => Last(w => w.Auc), "1", "Area under the ROC curve by version, of all centres together and of the centre where it is lowest, on the last window whose outcomes are there");
        _meter.CreateObservableGauge("hcc.drift.patients", () => Last(w => w.Mature), "{patient}", "Patients behind that area");
        _meter.CreateObservableGauge("hcc.alerts", Open, "{alert}", "Alerts that are not closed, by level and state");
    }

    public override void Dispose()
    {
        _meter.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(Period, _clock);
        do
        {
            try
            {
                await ReadAsync(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                LogFailed(_logger, e.GetBaseException().Message);   // the last reading stays
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>Reads what the gauges show until the next reading.</summary>
    internal async Task ReadAsync(CancellationToken ct)
    {
        IReadOnlyList<VersionWindowRow> rows = await _assessments.ListVersionWindowsAsync(_submodel, null, ct);
        VersionWindowRow[] last = [.. rows.Where(r => r.State == WindowStates.Mature).GroupBy(r => (r.ModelVersion, r.CenterCode)).Select(g => g.MaxBy(r => r.EntryQuarter, StringComparer.Ordinal)!)];
        _windows =
        [
            .. last.Where(r => r.CenterCode.Length == 0).Select(r => (All, r)),
            .. last.Where(r => r.CenterCode.Length > 0 && r.Auc is not null).GroupBy(r => r.ModelVersion).Select(g => (Lowest, g.MinBy(r => r.Auc)!)),
        ];
        _open = await _alerts.CountAsync(ct);
    }

    private IEnumerable<Measurement<double>> Last(Func<VersionWindowRow, double?> value) =>
        from w in _windows
        let measured = value(w.Window)
        where measured is not null
        select new Measurement<double>(measured.Value, new("model_version", w.Window.ModelVersion), new("model", w.Window.Submodel), new("scope", w.Scope));

    // A level without alerts counts zero: a panel shows a line at the bottom, not a hole.
    private IEnumerable<Measurement<long>> Open() =>
        from level in AlertLevels.Ladder
        from state in new[] { AlertStates.Open, AlertStates.Acknowledged }
        select new Measurement<long>(_open.FirstOrDefault(o => o.Level == level && o.State == state).Count, new("level", level), new("state", state));

    [LoggerMessage(4431, LogLevel.Warning, "The gauges of drift could not be read: {Problem}")]
    private static partial void LogFailed(ILogger logger, string problem);
}
