using HccPipeline.Hosting.Bus;
using Microsoft.Extensions.DependencyInjection;

namespace HccPipeline.Reporting.Views;

/// <summary>Registers what pages and API show.</summary>
internal static class ViewServices
{
    public static void AddViews(this IServiceCollection services)
    {
        services.AddSingleton<CohortView>();
        services.AddSingleton<ModelView>();
        services.AddSingleton<OverviewView>();
        services.AddSingleton<StudyImages>();
        services.AddSingleton<PatientView>();
        services.AddSingleton<DriftView>();
        services.AddSingleton<BrokerQueues>();
        services.AddHostedService<ViewWarmup>();
    }
}
