using Hangfire;
using Hangfire.Storage;
using HccPipeline.Reporting.Dashboard;

namespace HccPipeline.Cli.Dashboard;

/// <summary>Reads the schedules from Hangfire, where this process can see it.</summary>
/// <param name="storage">Hangfire's storage; null in a process that plays no model worker and shares no database with one.</param>
internal sealed class ScheduleReader(JobStorage? storage) : IScheduleReader
{
    public bool HasJobs => storage is not null;

    public IReadOnlyList<Schedule> List()
    {
        if (storage is null)
            return [];
        using IStorageConnection connection = storage.GetConnection();
        return [.. connection.GetRecurringJobs().OrderBy(j => j.Id, StringComparer.Ordinal)
            .Select(j => new Schedule(j.Id, j.Cron, j.TimeZoneId ?? "UTC", MsOf(j.NextExecution), MsOf(j.LastExecution), j.LastJobState))];
    }

    private static long? MsOf(DateTime? utc) => utc is { } time ? new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Utc)).ToUnixTimeMilliseconds() : null;
}
