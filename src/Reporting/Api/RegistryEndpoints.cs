using HccPipeline.Contracts.Models;
using HccPipeline.Persistence.Browsing;
using HccPipeline.Persistence.Cohort;
using HccPipeline.Persistence.Models;
using HccPipeline.Persistence.Workers;
using HccPipeline.Reporting.Views;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace HccPipeline.Reporting.Api;

/// <summary>The registry as a whole: status, cohort, models, workers.</summary>
internal static class RegistryEndpoints
{
    private const int DefaultSize = 50;

    public static void MapRegistry(this IEndpointRouteBuilder api)
    {
        api.MapGet("/status", StatusAsync).WithSummary("What came in, what is in work, what waits and what failed").Produces<Overview>();
        api.MapGet("/cohort", CohortAsync).WithSummary("Patients, and what keeps them out of a snapshot").Produces<Page<PatientReadiness>>();
        api.MapGet("/models", ModelsAsync).WithSummary("Model versions, the latest first").Produces<Page<ModelSummary>>();
        api.MapGet("/models/{modelVersion:int}", ModelAsync).WithSummary("A model version as it is stored").Produces<ModelDocument>().ProducesProblem(StatusCodes.Status404NotFound);
        api.MapGet("/workers", WorkersAsync).WithSummary("Processes that do the work").Produces<IReadOnlyList<WorkerProcess>>();
    }

    private static async Task<IResult> StatusAsync(HttpContext context, OverviewView overview) =>
        TypedResults.Ok(await overview.ReadAsync(Caller.CenterOf(context), context.RequestAborted));

    private static async Task<IResult> CohortAsync(HttpContext context, CohortView cohort, string? search, string? waiting, int? page, int? size) =>
        TypedResults.Ok(await cohort.ListAsync(Caller.CenterOf(context), new(search, waiting), new(page ?? 1, size ?? DefaultSize), context.RequestAborted));

    private static async Task<IResult> ModelsAsync(HttpContext context, ModelView models, int? page, int? size)
    {
        Page<ModelLine> cards = await models.ListAsync(new(page ?? 1, size ?? DefaultSize), context.RequestAborted);
        return TypedResults.Ok(new Page<ModelSummary>([.. cards.Items.Select(ModelSummary.Of)], cards.Total, cards.Number, cards.Size));
    }

    private static async Task<IResult> ModelAsync(HttpContext context, ModelView models, int modelVersion) =>
        await models.FindAsync(modelVersion, context.RequestAborted) is { } card
            ? TypedResults.Bytes(CanonicalJson.Write(card.Document), "application/json")
            : TypedResults.Problem(statusCode: StatusCodes.Status404NotFound, title: "There is no such model version.");

    private static async Task<IResult> WorkersAsync(HttpContext context, WorkerRepository workers) => TypedResults.Ok(await workers.ListAliveAsync(context.RequestAborted));
}

/// <summary>A model version in a list.</summary>
/// <param name="ModelVersion">Number.</param>
/// <param name="IsChampion">Whether it is in use.</param>
/// <param name="Patients">Patients that it was trained on.</param>
/// <param name="Progressions">Of these, with progression.</param>
/// <param name="Reason">Why it was trained.</param>
/// <param name="CreatedMs">When it was stored, Unix ms.</param>
/// <param name="SnapshotSha256">The snapshot.</param>
/// <param name="ModelSha256">The model.</param>
/// <param name="Submodels">Imaging, clinical, combined.</param>
internal sealed record ModelSummary(
    int ModelVersion, bool IsChampion, int Patients, int Progressions, string Reason, long CreatedMs, string SnapshotSha256, string ModelSha256,
    IReadOnlyList<SubmodelSummary> Submodels)
{
    public static ModelSummary Of(ModelLine card) => new(
        card.Row.ModelVersion, card.IsChampion, card.Document.PatientCount, card.Document.ProgressionCount, card.Row.Reason, card.Row.CreatedMs,
        card.Row.SnapshotSha256, card.Row.ModelSha256,
        [.. card.Document.Models.Select(m => new SubmodelSummary(m.Name, m.Metrics.Auc, m.Metrics.AucLower, m.Metrics.AucUpper, m.Metrics.CrossValidatedAuc, m.Logistic.Predictors.Select(p => p.Name)))]);
}

/// <summary>One of the three models of a version, in a list.</summary>
/// <param name="Name"><c>imaging</c>, <c>clinical</c> or <c>combined</c>.</param>
/// <param name="Auc">Apparent AUC.</param>
/// <param name="AucLower">Lower limit of its 95 % interval.</param>
/// <param name="AucUpper">Upper limit.</param>
/// <param name="CrossValidatedAuc">AUC on patients left out.</param>
/// <param name="Predictors">Names of what it uses.</param>
internal sealed record SubmodelSummary(string Name, double Auc, double AucLower, double AucUpper, double CrossValidatedAuc, IEnumerable<string> Predictors);
