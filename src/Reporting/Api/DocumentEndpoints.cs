using HccPipeline.Persistence.Blobs;
using HccPipeline.Persistence.Models;
using HccPipeline.Reporting.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace HccPipeline.Reporting.Api;

/// <summary>Published reports as they are stored.</summary>
internal static class DocumentEndpoints
{
    public static void MapDocuments(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder documents = routes.MapGroup("/documents").RequireAuthorization(AccessPolicies.Viewer).ExcludeFromDescription();
        documents.MapGet("/reports/{modelVersion:int}", (HttpContext context, ReportRepository reports, IBlobStore blobs, int modelVersion) =>
            SendAsync(context, reports, blobs, modelVersion, r => r.HtmlSha256, "text/html; charset=utf-8"));
        documents.MapGet("/reports/{modelVersion:int}/data", (HttpContext context, ReportRepository reports, IBlobStore blobs, int modelVersion) =>
            SendAsync(context, reports, blobs, modelVersion, r => r.JsonSha256, "application/json"));
    }

    private static async Task<IResult> SendAsync(
        HttpContext context, ReportRepository reports, IBlobStore blobs, int modelVersion, Func<ReportRow, string> part, string type) =>
        await reports.FindAsync(modelVersion, context.RequestAborted) is { } report
            ? TypedResults.Bytes(await blobs.GetAsync(part(report), context.RequestAborted), type)
            : TypedResults.Problem(statusCode: StatusCodes.Status404NotFound, title: "There is no report of this version yet.");
}
