using Hangfire;
using HccPipeline.Reporting.Access;
using HccPipeline.Reporting.Dashboard;
using HccPipeline.Reporting.Views;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace HccPipeline.Cli.Dashboard;

/// <summary>Gives the dashboard what it may change: the rooms that own the work do not know one another, this one knows them all.</summary>
internal static class DashboardCommands
{
    /// <summary>Adds it.</summary>
    public static void AddDashboardCommands(this IServiceCollection services)
    {
        services.AddSingleton<IQuarantineCommands, QuarantineCommands>();
        services.AddSingleton<IModelCommands, ModelCommands>();
        services.AddSingleton<IPatientScoring, PatientScoring>();
        services.AddSingleton<IScheduleReader>(provider => new ScheduleReader(provider.GetService<JobStorage>()));
    }

    /// <summary>Mounts Hangfire's own pages for admins, in a process that has its storage: to look at, as a change there would be in no history.</summary>
    public static void MapJobs(this WebApplication app)
    {
        if (app.Services.GetService<JobStorage>() is not null)
        {
            app.MapHangfireDashboardWithAuthorizationPolicy(
                AccessPolicies.Admin, "/jobs", new DashboardOptions { DisplayStorageConnectionString = false, AppPath = "/schedules", IsReadOnlyFunc = _ => true });
        }
    }
}
