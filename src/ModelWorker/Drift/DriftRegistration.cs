using Microsoft.Extensions.DependencyInjection;

namespace HccPipeline.ModelWorker.Drift;

/// <summary>Registers this folder.</summary>
internal static class DriftRegistration
{
    /// <summary>Adds assessments; options come from section <c>Drift</c> and are checked at start.</summary>
    public static IServiceCollection AddDrift(this IServiceCollection services)
    {
        services.AddOptions<DriftOptions>()
            .BindConfiguration(DriftOptions.Section, o => o.ErrorOnUnknownConfiguration = true)
            .ValidateDataAnnotations()
            .Validate(o => o.HasUsableWebhook(), "Drift:WebhookUrl is no http(s) address, or has no secret in Drift:WebhookSecret or Drift:WebhookSecretFile.")
            .ValidateOnStart();
        services.AddSingleton<DriftRepositories>();
        services.AddSingleton<DriftService>();
        services.AddSingleton<DriftAnnouncer>();
        services.AddSingleton<DriftWebhook>();
        services.AddHttpClient(DriftWebhook.Client, client => client.Timeout = TimeSpan.FromSeconds(20));
        return services;
    }
}
