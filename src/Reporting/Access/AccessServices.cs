using HccPipeline.Persistence.Access;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace HccPipeline.Reporting.Access;

/// <summary>Registers sign-in by access token: nothing is open unless it says so.</summary>
internal static class AccessServices
{
    private static readonly TimeSpan SessionLength = TimeSpan.FromHours(12);

    public static void AddAccess(this IServiceCollection services)
    {
        services.AddSingleton<RefusalLog>();
        services.AddSingleton<OtherCentres>();
        services.AddSingleton<SessionCookieEvents>();
        services.AddDataProtection().SetApplicationName("hcc");
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider => new ConfigureOptions<KeyManagementOptions>(
            o => o.XmlRepository = new DatabaseKeyStore(provider.GetRequiredService<DataKeyRepository>())));
        services.AddAntiforgery(o =>
        {
            o.Cookie.Name = "hcc-form";
            o.Cookie.HttpOnly = true;
            o.Cookie.SameSite = SameSiteMode.Strict;
            o.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        });
        services.AddAuthentication(AccessSchemes.Token)
            .AddPolicyScheme(AccessSchemes.Token, null, o => o.ForwardDefaultSelector = SchemeOf)
            .AddScheme<AuthenticationSchemeOptions, BearerTokenHandler>(AccessSchemes.Bearer, null)
            .AddCookie(AccessSchemes.Cookie, ConfigureCookie);
        services.AddAuthorization(o =>
        {
            foreach (AccessRole role in Enum.GetValues<AccessRole>())
                o.AddPolicy(role.ToString(), p => p.RequireRole(role.ToString()));
            o.FallbackPolicy = new AuthorizationPolicyBuilder().RequireRole(AccessPolicies.Viewer).Build();
        });
        services.AddCascadingAuthenticationState();
        services.AddScoped<AccessSession>();
    }

    private static void ConfigureCookie(CookieAuthenticationOptions options)
    {
        options.Cookie.Name = AccessSchemes.CookieName;
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Strict;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.Cookie.IsEssential = true;
        options.ExpireTimeSpan = SessionLength;
        options.SlidingExpiration = true;
        options.LoginPath = AccessSchemes.SignInPath;
        options.ReturnUrlParameter = "to";
        options.EventsType = typeof(SessionCookieEvents);
    }

    private static string SchemeOf(HttpContext context) =>
        context.Request.Headers.Authorization.Count > 0
        || (context.Request.Path.StartsWithSegments(AccessSchemes.ApiPath) && !context.Request.Cookies.ContainsKey(AccessSchemes.CookieName))
            ? AccessSchemes.Bearer
            : AccessSchemes.Cookie;
}
