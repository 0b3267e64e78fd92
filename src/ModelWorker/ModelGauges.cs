using System.Diagnostics.Metrics;
using HccPipeline.Contracts.Models;
using HccPipeline.ModelWorker.Scoring;
using HccPipeline.Persistence.Models;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace HccPipeline.ModelWorker;

/// <summary>Gauges of the stored model versions, whichever process trained them. A version never changes, so each is read once.</summary>
internal sealed partial class ModelGauges : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(15);
    private const int MostVersions = 50;   // the latest; older ones are in the database and in the reports
    private readonly ModelRepository _models;
    private readonly ModelCatalog _catalog;
    private readonly TimeProvider _clock;
    private readonly ILogger<ModelGauges> _logger;
    private readonly Meter _meter = new("HccPipeline.ModelWorker.Versions");
    private volatile IReadOnlyList<Version> _versions = [];
    private volatile object? _champion;

    public ModelGauges(ModelRepository models, ModelCatalog catalog, TimeProvider clock, ILogger<ModelGauges> logger)
    {
        (_models, _catalog, _clock, _logger) = (models, catalog, clock, logger);
        _meter.CreateObservableGauge("hcc.model.auc", Aucs, "1", "Area under the ROC curve by version and model, on the snapshot it was trained on");
        _meter.CreateObservableGauge("hcc.model.patients", () => _versions.Select(v => new Measurement<long>(v.Patients, Tag(v))), "{patient}", "Patients in the snapshot of a version");
        _meter.CreateObservableGauge("hcc.model.training.time", () => _versions.Select(v => new Measurement<double>(v.TrainingSeconds, Tag(v))), "s", "Time that the training of a version took");
        _meter.CreateObservableGauge("hcc.model.champion", () => _champion is int number ? [new Measurement<int>(number)] : Array.Empty<Measurement<int>>(), description: "Number of the version in use");
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
                LogFailed(_logger, e.GetBaseException().Message);   // the last reading stays: versions do not change
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task ReadAsync(CancellationToken ct)
    {
        Dictionary<int, Version> known = _versions.ToDictionary(v => v.Number);
        List<Version> versions = [];
        foreach (ModelVersionRow row in (await _models.ListAsync(ct)).TakeLast(MostVersions))
        {
            if (!known.TryGetValue(row.ModelVersion, out Version? version) && await _catalog.FindAsync(row.ModelVersion, ct) is { Document: var document })
                version = new(row.ModelVersion, row.TrainingMs / 1000.0, document.PatientCount, [.. document.Models.Select(m => (m.Name, m.Metrics))]);
            if (version is not null)
                versions.Add(version);
        }
        _versions = versions;
        _champion = await _models.FindChampionAsync(ct);
    }

    private IEnumerable<Measurement<double>> Aucs() =>
        from version in _versions
        from model in version.Models
        from auc in new[] { ("apparent", model.Metrics.Auc), ("cross-validated", model.Metrics.CrossValidatedAuc) }
        select new Measurement<double>(auc.Item2, Tag(version), new("model", model.Name), new("estimate", auc.Item1));

    private static KeyValuePair<string, object?> Tag(Version version) => new("model_version", version.Number);

    [LoggerMessage(4201, LogLevel.Warning, "The gauges of the model versions could not be read: {Problem}")]
    private static partial void LogFailed(ILogger logger, string problem);

    private sealed record Version(int Number, double TrainingSeconds, int Patients, IReadOnlyList<(string Name, SubmodelMetrics Metrics)> Models);
}
