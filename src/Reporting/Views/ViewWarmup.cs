using System.Data.Common;
using HccPipeline.Persistence.Browsing;
using Microsoft.Extensions.Hosting;

namespace HccPipeline.Reporting.Views;

/// <summary>Reads once at start what is dear to read, so that the first who looks does not wait for it.</summary>
internal sealed class ViewWarmup(OverviewView overview, ModelView models) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await overview.ReadAsync(null, stoppingToken);
            await models.ListAsync(new(1, PageRequest.LargestSize), stoppingToken);
        }
        catch (Exception e) when (e is DbException or IOException)
        {
            // Whoever looks first reads it, and is told when it can't be read.
        }
    }
}
