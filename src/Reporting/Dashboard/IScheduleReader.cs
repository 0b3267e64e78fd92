namespace HccPipeline.Reporting.Dashboard;

/// <summary>A job that runs by the clock.</summary>
/// <param name="Name">What it does.</param>
/// <param name="Cron">When: a cron expression.</param>
/// <param name="TimeZone">Time zone of that.</param>
/// <param name="NextMs">When it runs next, Unix ms; null when never.</param>
/// <param name="LastMs">When it ran last, Unix ms; null when never.</param>
/// <param name="LastState">What became of that.</param>
public sealed record Schedule(string Name, string Cron, string TimeZone, long? NextMs, long? LastMs, string? LastState);

/// <summary>Reads what runs by the clock; done by the room that owns the schedules.</summary>
public interface IScheduleReader
{
    /// <summary>Whether this process can see the jobs themselves, at <c>/jobs</c>.</summary>
    bool HasJobs { get; }

    /// <summary>The schedules.</summary>
    IReadOnlyList<Schedule> List();
}
