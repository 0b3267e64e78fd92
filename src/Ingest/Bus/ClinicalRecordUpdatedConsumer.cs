using HccPipeline.Contracts.Messages;
using HccPipeline.Ingest.Studies;
using MassTransit;

namespace HccPipeline.Ingest.Bus;

/// <summary>Gives the studies of a patient their visits once there is a treatment start; a redelivery finds nothing left to do.</summary>
internal sealed class ClinicalRecordUpdatedConsumer(PatientJudge judge, Announcer announcer) : IConsumer<ClinicalRecordUpdated>
{
    public async Task Consume(ConsumeContext<ClinicalRecordUpdated> context)
    {
        await judge.JudgeSettledAsync(context.Message.Pseudonym, context.CancellationToken);
        // Straight to the bus, not into the outbox of this delivery: what is noted as announced has left.
        await announcer.AnnounceStudiesNotAnnouncedAsync(context.Message.Pseudonym, context.CancellationToken);
    }
}

/// <summary>One record at a time per patient is enough, and judging is short: few at once leave the database to others.</summary>
internal sealed class ClinicalRecordUpdatedDefinition : ConsumerDefinition<ClinicalRecordUpdatedConsumer>
{
    public ClinicalRecordUpdatedDefinition()
    {
        EndpointName = "ingest-clinical-record-updated";
        ConcurrentMessageLimit = 4;
    }
}
