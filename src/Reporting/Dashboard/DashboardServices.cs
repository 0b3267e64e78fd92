using HccPipeline.Reporting.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.StaticWebAssets;
using Microsoft.Extensions.DependencyInjection;

namespace HccPipeline.Reporting.Dashboard;

/// <summary>Registers and mounts sign-in, dashboard and read API.</summary>
public static class DashboardServices
{
    /// <summary>Adds what they need; after <c>AddPersistence</c> and <c>AddReporting</c>.</summary>
    public static void AddDashboard(this WebApplicationBuilder builder)
    {
        // A build's files of packages are found through its manifest; a published program has them beside it, and no manifest.
        StaticWebAssetsLoader.UseStaticWebAssets(builder.Environment, builder.Configuration);
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.Services.AddAccess();
        builder.Services.AddRazorComponents();
    }

    /// <summary>Mounts them. What is mapped elsewhere is closed to who has not signed in, unless it allows everybody.</summary>
    public static void MapDashboard(this WebApplication app)
    {
        app.UseSecurityHeaders();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseAntiforgery();
        app.MapStaticAssets().AllowAnonymous();
        app.MapSignIn();
    }
}
