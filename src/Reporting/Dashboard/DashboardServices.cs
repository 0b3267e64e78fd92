using HccPipeline.Reporting.Access;
using HccPipeline.Reporting.Api;
using HccPipeline.Reporting.Views;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.StaticWebAssets;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using MudBlazor.Services;

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
        builder.Services.AddViews();
        builder.Services.AddApi();
        builder.Services.AddRazorComponents().AddInteractiveServerComponents();
        builder.Services.AddMudServices(o => o.SnackbarConfiguration.PositionClass = Defaults.Classes.Position.BottomCenter);
        builder.Services.AddScoped<ThemeMemory>();
        builder.Services.AddScoped<Changes>();
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
        app.MapApi();
        app.MapDocuments();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(o => o.ContentSecurityFrameAncestorsPolicy = null);   // it is in our headers
    }
}
