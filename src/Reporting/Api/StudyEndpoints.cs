using HccPipeline.Persistence.Browsing;
using HccPipeline.Reporting.Views;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace HccPipeline.Reporting.Api;

/// <summary>Studies, their values and pictures, and what is in quarantine.</summary>
internal static class StudyEndpoints
{
    private const int DefaultSize = 50;

    public static void MapStudies(this IEndpointRouteBuilder api)
    {
        api.MapGet("/studies", ListAsync).WithSummary("Studies, the last changed first").Produces<Page<StudyListing>>();
        api.MapGet("/studies/{studyUid}", FindAsync).WithSummary("A study with its series and runs").Produces<StudyDetail>().ProducesProblem(StatusCodes.Status404NotFound);
        api.MapGet("/studies/{studyUid}/features", ListValuesAsync).WithSummary("Values of the latest complete extraction")
            .Produces<IReadOnlyDictionary<string, double>>().ProducesProblem(StatusCodes.Status404NotFound);
        api.MapGet("/studies/{studyUid}/thumbnail", PaintAsync).WithSummary("A slice with the outlines of the regions, PNG").Produces(StatusCodes.Status200OK, contentType: "image/png")
            .ProducesProblem(StatusCodes.Status404NotFound);
        api.MapGet("/quarantine", ListQuarantineAsync).WithSummary("Files, series, records and bricks in quarantine").Produces<Page<QuarantineListing>>();
    }

    private static async Task<IResult> ListAsync(HttpContext context, StudyBrowser studies, string? search, string? stage, string? center, int? page, int? size)
    {
        if (stage is not null && !StudyStages.All.Contains(stage))
            return TypedResults.Problem(statusCode: StatusCodes.Status400BadRequest, title: $"stage is one of: {string.Join(", ", StudyStages.All)}.");
        StudyQuery query = new() { Search = search, Stage = stage, CenterCode = Caller.CenterOf(context) ?? center };
        return TypedResults.Ok(await studies.ListAsync(query, new(page ?? 1, size ?? DefaultSize), context.RequestAborted));
    }

    private static async Task<IResult> FindAsync(HttpContext context, StudyBrowser studies, Caller caller, string studyUid) =>
        await studies.FindAsync(studyUid, Caller.CenterOf(context), context.RequestAborted) is { } study
            ? TypedResults.Ok(study)
            : await caller.NotFoundAsync(context, studyUid);

    private static async Task<IResult> ListValuesAsync(HttpContext context, StudyBrowser studies, Caller caller, string studyUid) =>
        (await studies.FindAsync(studyUid, Caller.CenterOf(context), context.RequestAborted))?.Runs.FirstOrDefault(r => r is { CompletedMs: not null, Superseded: 0 }) is { } run
            ? TypedResults.Ok((await studies.ListValuesAsync(run.RunId, context.RequestAborted)).ToDictionary(v => v.Name, v => v.Value, StringComparer.Ordinal))
            : await caller.NotFoundAsync(context, studyUid);

    private static async Task<IResult> PaintAsync(HttpContext context, StudyBrowser studies, StudyImages images, Caller caller, string studyUid, string? series)
    {
        if (await studies.FindAsync(studyUid, Caller.CenterOf(context), context.RequestAborted) is null
            || await images.PaintAsync(studyUid, series, context.RequestAborted) is not { } png)
            return await caller.NotFoundAsync(context, studyUid);
        context.Response.Headers.CacheControl = "private, max-age=300";
        return TypedResults.Bytes(png, "image/png");
    }

    private static async Task<IResult> ListQuarantineAsync(HttpContext context, QuarantineBrowser quarantine, int? page, int? size) =>
        TypedResults.Ok(await quarantine.ListAsync(Caller.CenterOf(context), new(page ?? 1, size ?? DefaultSize), context.RequestAborted));
}
