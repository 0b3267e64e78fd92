using HccPipeline.Reporting.Access;
using Microsoft.AspNetCore.Http;

namespace HccPipeline.Reporting.Api;

/// <summary>Who asks, and what they may see.</summary>
internal sealed class Caller(OtherCentres others, RefusalLog refusals)
{
    /// <summary>The only centre that the caller sees; null for all.</summary>
    public static string? CenterOf(HttpContext context) => AccessIdentity.CenterOf(context.User);

    /// <summary>The answer to who asks for what is not there. What is there and another centre's gets the same answer, and a line in the audit.</summary>
    /// <param name="context">The request.</param>
    /// <param name="studyOrPseudonym">What was asked for.</param>
    public async Task<IResult> NotFoundAsync(HttpContext context, string studyOrPseudonym)
    {
        if (await others.OwnAsync(studyOrPseudonym, CenterOf(context), context.RequestAborted))
            await RefuseAsync(context, OtherCentres.Reason);
        return TypedResults.Problem(statusCode: StatusCodes.Status404NotFound, title: "There is nothing here for this token.");
    }

    /// <summary>Whether what was asked for, and is there, is for those alone who see every centre; a line in the audit for who does not.</summary>
    public async Task<bool> IsWithheldAsync(HttpContext context)
    {
        if (CenterOf(context) is null)
            return false;
        await RefuseAsync(context, OtherCentres.ReasonOfAll);
        return true;
    }

    private Task RefuseAsync(HttpContext context, string reason) => refusals.WriteAsync(context, AccessIdentity.NameOf(context.User), reason);
}
