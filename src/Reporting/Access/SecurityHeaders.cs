using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace HccPipeline.Reporting.Access;

/// <summary>Headers that keep a browser from doing what no page here asks for.</summary>
internal static class SecurityHeaders
{
    // Styles: the components of the dashboard set sizes and places as style attributes. Scripts: our own files only, none inside a page.
    private const string Policy =
        "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
        + "object-src 'none'; base-uri 'self'; form-action 'self'; frame-src 'self'; frame-ancestors 'self'";

    // Reports are documents with their own style sheet and no scripts; the schedules' pages come from a library that writes scripts into them.
    private const string ReportPolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'";
    private const string SchedulePolicy =
        "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none'; frame-ancestors 'self'";

    public static void UseSecurityHeaders(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        IHeaderDictionary headers = context.Response.Headers;
        headers.ContentSecurityPolicy = PolicyOf(context.Request.Path);
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()";
        return next(context);
    });

    private static string PolicyOf(PathString path) =>
        path.StartsWithSegments("/documents") ? ReportPolicy : path.StartsWithSegments("/jobs") ? SchedulePolicy : Policy;
}
