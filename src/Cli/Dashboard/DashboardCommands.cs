using HccPipeline.Reporting.Dashboard;
using Microsoft.Extensions.DependencyInjection;

namespace HccPipeline.Cli.Dashboard;

/// <summary>Gives the dashboard what it may change: the rooms that own the work do not know one another, this one knows them all.</summary>
internal static class DashboardCommands
{
    public static void AddDashboardCommands(this IServiceCollection services) => services.AddSingleton<IQuarantineCommands, QuarantineCommands>();
}
