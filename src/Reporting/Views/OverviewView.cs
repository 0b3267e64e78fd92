using System.Collections.Concurrent;
using HccPipeline.Persistence.Browsing;
using HccPipeline.Persistence.Models;
using HccPipeline.Persistence.Status;

namespace HccPipeline.Reporting.Views;

/// <summary>What came in, what is in work, what waits and what failed.</summary>
internal sealed record Overview
{
    /// <summary>Studies by stage.</summary>
    public required IReadOnlyList<CountOf> Stages { get; init; }

    /// <summary>The last two weeks, today last.</summary>
    public required IReadOnlyList<DayActivity> Days { get; init; }

    /// <summary>What is in quarantine, by reason.</summary>
    public required IReadOnlyList<CountOf> Quarantine { get; init; }

    /// <summary>The cohort.</summary>
    public required CohortCounts Cohort { get; init; }

    /// <summary>Runs, bricks, pace and workers; of all centres.</summary>
    public required ExtractionStatus Extraction { get; init; }

    /// <summary>Stored model versions.</summary>
    public required int ModelVersions { get; init; }

    /// <summary>Number of the champion; null before the first.</summary>
    public required int? Champion { get; init; }
}

/// <summary>Reads <see cref="Overview"/>, once for everybody who looks at the same time.</summary>
internal sealed class OverviewView(
    StudyBrowser studies, ActivityReader activity, CohortView cohort, ExtractionStatusReader extraction, ModelRepository models, TimeProvider clock)
{
    private const int Days = 14;
    private readonly ConcurrentDictionary<string, LastReading<Overview>> _byCenter = new(StringComparer.Ordinal);

    /// <summary>The overview of a centre, or of all.</summary>
    public Task<Overview> ReadAsync(string? centerCode, CancellationToken ct) => _byCenter
        .GetOrAdd(centerCode ?? "", _ => new(stop => ReadNowAsync(centerCode, stop), fresh: TimeSpan.FromSeconds(1.5), usable: TimeSpan.FromMinutes(1), clock))
        .GetAsync(ct);

    private async Task<Overview> ReadNowAsync(string? centerCode, CancellationToken ct) => new()
    {
        Stages = await studies.CountStagesAsync(centerCode, ct),
        Days = await activity.ListDaysAsync(Days, centerCode, ct),
        Quarantine = await activity.CountQuarantineAsync(centerCode, ct),
        Cohort = await cohort.CountAsync(centerCode, ct),
        Extraction = await extraction.ReadAsync(ct),
        ModelVersions = (await models.ListAsync(ct)).Count,
        Champion = await models.FindChampionAsync(ct),
    };
}
