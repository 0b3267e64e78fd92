using HccPipeline.Contracts.Messages;
using HccPipeline.Persistence.Drift;
using MassTransit;

namespace HccPipeline.ModelWorker.Drift;

/// <summary>Puts alerts on the bus. An alert is marked when its message is out: a crash between the two sends it twice, none is lost.</summary>
internal sealed class DriftAnnouncer(AlertRepository alerts, IBus bus)
{
    public async Task AnnounceAsync(CancellationToken ct)
    {
        foreach (AlertRow alert in await alerts.ListNotAnnouncedAsync(ct))
        {
            await bus.Publish(
                new DriftDetected
                {
                    AlertId = alert.AlertId,
                    ModelVersion = alert.ModelVersion,
                    Submodel = alert.Submodel,
                    Level = alert.Level,
                    Kind = alert.Kind,
                    CenterCode = alert.CenterCode.Length > 0 ? alert.CenterCode : null,
                    Window = alert.LastWindow,
                    Summary = alert.Summary,
                },
                ct);
            await alerts.MarkAnnouncedAsync(alert.AlertId, ct);
        }
    }
}
