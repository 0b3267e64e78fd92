using HccPipeline.Persistence.Browsing;
using HccPipeline.Reporting.Access;
using Microsoft.AspNetCore.Http;

namespace HccPipeline.Reporting.Api;

/// <summary>Who asks, and what they may see.</summary>
internal sealed class Caller(StudyBrowser studies, RefusalLog refusals)
{
    /// <summary>The only centre that the caller sees; null for all.</summary>
    public static string? CenterOf(HttpContext context) => AccessIdentity.CenterOf(context.User);

    /// <summary>The answer to who asks for what is not there. What is there and another centre's gets the same answer, and a line in the audit.</summary>
    /// <param name="context">The request.</param>
    /// <param name="studyOrPseudonym">What was asked for.</param>
    public async Task<IResult> NotFoundAsync(HttpContext context, string studyOrPseudonym)
    {
        if (CenterOf(context) is { } own && await studies.FindCenterAsync(studyOrPseudonym, context.RequestAborted) is { } center && center != own)
            await refusals.WriteAsync(context, AccessIdentity.NameOf(context.User), "another centre's");
        return TypedResults.Problem(statusCode: StatusCodes.Status404NotFound, title: "There is nothing here for this token.");
    }
}
