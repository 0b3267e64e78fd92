using HccPipeline.Persistence.Models;
using HccPipeline.Reporting.Views;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace HccPipeline.Reporting.Api;

/// <summary>What models say of a patient.</summary>
internal static class PatientEndpoints
{
    public static void MapPatients(this IEndpointRouteBuilder api) => api.MapGet("/patients/{pseudonym}/prediction", FindAsync)
        .WithSummary("What the champion says of a patient, with points of the nomogram, or why it refuses; and what versions said first")
        .Produces<PatientPrediction>().ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> FindAsync(HttpContext context, PatientView patients, Caller caller, string pseudonym) =>
        await patients.FindAsync(pseudonym, Caller.CenterOf(context), context.RequestAborted) is { } patient
            ? TypedResults.Ok(new PatientPrediction(patient.Pseudonym, patient.Scores, patient.Frozen, patient.IsLearnedFrom))
            : await caller.NotFoundAsync(context, pseudonym);
}

/// <summary>What models say of a patient.</summary>
/// <param name="Pseudonym">Pseudonym.</param>
/// <param name="Scores">What each of the champion's models says now; empty without a champion.</param>
/// <param name="Frozen">What versions said when they were first asked, the latest version first.</param>
/// <param name="IsLearnedFrom">Whether the champion learned from the patient, so that its score is no forecast; null where that is not known.</param>
internal sealed record PatientPrediction(string Pseudonym, IReadOnlyList<PatientScore> Scores, IReadOnlyList<PredictionRow> Frozen, bool? IsLearnedFrom);
