using HccPipeline.Contracts.Drift;
using HccPipeline.Persistence.Drift;
using HccPipeline.Persistence.Models;
using HccPipeline.Reporting.Views;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace HccPipeline.Reporting.Api;

/// <summary>Drift of model versions, and who was told of it.</summary>
internal static class DriftEndpoints
{
    public static void MapDrift(this IEndpointRouteBuilder api)
    {
        api.MapGet("/drift", FindAsync).WithSummary("The last assessment of a version over time; of the champion without one").Produces<DriftDocument>()
            .ProducesProblem(StatusCodes.Status404NotFound);
        api.MapGet("/drift/versions", async (HttpContext context, DriftView drift, string? submodel) =>
            TypedResults.Ok(await drift.ListVersionWindowsAsync(submodel ?? "combined", context.RequestAborted)))
            .WithSummary("AUC of every version on every later window, all centres together").Produces<IReadOnlyList<VersionWindowRow>>();
        api.MapGet("/alerts", async (HttpContext context, DriftView drift, bool? closed) =>
            TypedResults.Ok(await drift.ListAlertsAsync(closed ?? false, Caller.CenterOf(context), context.RequestAborted)))
            .WithSummary("Alerts, the latest first; closed ones on request").Produces<IReadOnlyList<AlertRow>>();
    }

    private static async Task<IResult> FindAsync(HttpContext context, DriftView drift, int? version) =>
        await drift.FindAsync(version, Caller.CenterOf(context), context.RequestAborted) is { } document
            ? TypedResults.Bytes(CanonicalJson.Write(document), "application/json")
            : TypedResults.Problem(statusCode: StatusCodes.Status404NotFound, title: "There is no assessment of this version.");
}
