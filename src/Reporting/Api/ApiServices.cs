using System.Text.Json.Serialization;
using HccPipeline.Hosting;
using HccPipeline.Reporting.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace HccPipeline.Reporting.Api;

/// <summary>Registers and mounts the read API, <c>/api</c>, and its description, <c>/openapi/v1.json</c>.</summary>
internal static class ApiServices
{
    public static void AddApi(this IServiceCollection services)
    {
        services.AddSingleton<Caller>();
        services.ConfigureHttpJsonOptions(o =>
        {
            o.SerializerOptions.Converters.Add(new JsonStringEnumConverter());
            o.SerializerOptions.NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals;
        });
        services.AddOpenApi(o => o.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new()
            {
                Title = "HccPipeline", Version = ProgramVersion.Current,
                Description = "Read access to a registry. Each request shows an access token; a token of one centre sees this centre's patients and studies alone.",
            };
            document.Components ??= new();
            document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal)
            {
                [AccessSchemes.Bearer] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "A token of 'hcc token create'." },
            };
            document.Security = [new() { [new OpenApiSecuritySchemeReference(AccessSchemes.Bearer, document)] = [] }];
            return Task.CompletedTask;
        }));
    }

    public static void MapApi(this IEndpointRouteBuilder routes)
    {
        routes.MapOpenApi().RequireAuthorization(AccessPolicies.Viewer);
        RouteGroupBuilder api = routes.MapGroup(AccessSchemes.ApiPath).RequireAuthorization(AccessPolicies.Viewer);
        api.MapStudies();
        api.MapPatients();
        api.MapDrift();
        api.MapRegistry();
    }
}
