using HccPipeline.Persistence.Blobs;
using HccPipeline.Persistence.Drift;
using HccPipeline.Persistence.Models;
using HccPipeline.Reporting.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace HccPipeline.Reporting.Api;

/// <summary>Published reports as they are stored. They tell centres apart: they are for who sees all of them.</summary>
internal static class DocumentEndpoints
{
    private const string Html = "text/html; charset=utf-8", Json = "application/json";

    public static void MapDocuments(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder documents = routes.MapGroup("/documents").RequireAuthorization(AccessPolicies.Viewer).ExcludeFromDescription();
        documents.MapGet("/reports/{modelVersion:int}", async (HttpContext context, Caller caller, ReportRepository reports, IBlobStore blobs, int modelVersion) =>
            await SendAsync(context, caller, blobs, (await reports.FindAsync(modelVersion, context.RequestAborted))?.HtmlSha256, Html));
        documents.MapGet("/reports/{modelVersion:int}/data", async (HttpContext context, Caller caller, ReportRepository reports, IBlobStore blobs, int modelVersion) =>
            await SendAsync(context, caller, blobs, (await reports.FindAsync(modelVersion, context.RequestAborted))?.JsonSha256, Json));
        documents.MapGet("/drift/{modelVersion:int}/{period}", async (HttpContext context, Caller caller, DriftReportRepository reports, IBlobStore blobs, int modelVersion, string period) =>
            await SendAsync(context, caller, blobs, (await reports.FindAsync(modelVersion, period, context.RequestAborted))?.HtmlSha256, Html));
        documents.MapGet("/drift/{modelVersion:int}/{period}/data", async (HttpContext context, Caller caller, DriftReportRepository reports, IBlobStore blobs, int modelVersion, string period) =>
            await SendAsync(context, caller, blobs, (await reports.FindAsync(modelVersion, period, context.RequestAborted))?.JsonSha256, Json));
    }

    private static async Task<IResult> SendAsync(HttpContext context, Caller caller, IBlobStore blobs, string? key, string type) =>
        key is null || await caller.IsWithheldAsync(context)
            ? TypedResults.Problem(statusCode: StatusCodes.Status404NotFound, title: "There is no such report for this token.")
            : TypedResults.Bytes(await blobs.GetAsync(key, context.RequestAborted), type);
}
