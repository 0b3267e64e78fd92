using HccPipeline.Persistence.Browsing;
using HccPipeline.Persistence.Cohort;
using HccPipeline.Persistence.Status;

namespace HccPipeline.Reporting.Views;

/// <summary>Who can be learned from, and what the others wait for.</summary>
internal sealed class CohortView(CohortReader cohort, TimeProvider clock)
{
    private readonly LastReading<IReadOnlyList<PatientReadiness>> _patients = new(
        async ct => await cohort.FindProfileInUseAsync(ct) is { } profile ? await cohort.ListReadinessAsync(profile, ct) : await cohort.ListReadinessAsync("", ct),
        fresh: TimeSpan.FromSeconds(2), usable: TimeSpan.FromMinutes(1), clock);

    /// <summary>Everybody of a centre, or of all.</summary>
    public async Task<IReadOnlyList<PatientReadiness>> ListAsync(string? centerCode, CancellationToken ct)
    {
        IReadOnlyList<PatientReadiness> all = await _patients.GetAsync(ct);
        return centerCode is null ? all : [.. all.Where(p => p.CenterCode == centerCode)];
    }

    /// <summary>A page of it.</summary>
    /// <param name="centerCode">The only centre that may be seen; null for all.</param>
    /// <param name="query">What is wanted.</param>
    /// <param name="page">Page.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<Page<PatientReadiness>> ListAsync(string? centerCode, CohortQuery query, PageRequest page, CancellationToken ct) => Paging.Cut(
        [.. (await ListAsync(centerCode, ct)).Where(query.Takes)], page);

    /// <summary>How many are ready, and how many wait for what, most first.</summary>
    public async Task<CohortCounts> CountAsync(string? centerCode, CancellationToken ct)
    {
        IReadOnlyList<PatientReadiness> patients = await ListAsync(centerCode, ct);
        return new(
            patients.Count,
            patients.Count(p => p.Reasons.Count == 0),
            [.. patients.Where(p => p.Reasons.Count > 0).CountBy(p => p.Reasons[0] with { Detail = null })
                .Select(g => new WaitingCount(g.Key.Code, g.Key.Need, g.Value)).OrderByDescending(c => c.Count).ThenBy(c => c.Need, StringComparer.Ordinal)],
            [.. patients.CountBy(p => p.Label.State).OrderBy(g => g.Key).Select(g => new CountOf(g.Key.ToString().ToLowerInvariant(), g.Value))]);
    }
}

/// <summary>Which patients are wanted.</summary>
/// <param name="Search">Part of the pseudonym; null for any.</param>
/// <param name="Waiting">Code of the first thing that is missing, <c>ready</c> for those who lack nothing, null for any.</param>
internal sealed record CohortQuery(string? Search, string? Waiting)
{
    /// <summary>Stands for patients who lack nothing.</summary>
    public const string Ready = "ready";

    /// <summary>Whether a patient is wanted.</summary>
    public bool Takes(PatientReadiness patient) =>
        (string.IsNullOrWhiteSpace(Search) || patient.Pseudonym.Contains(Search.Trim(), StringComparison.OrdinalIgnoreCase))
        && Waiting switch
        {
            null => true,
            Ready => patient.Reasons.Count == 0,
            _ => patient.Reasons.Count > 0 && patient.Reasons[0].Code == Waiting,
        };
}

/// <summary>The cohort in numbers.</summary>
/// <param name="Patients">Everybody.</param>
/// <param name="Ready">Who can be learned from.</param>
/// <param name="Waiting">The others, by the first thing that is missing.</param>
/// <param name="Labels">Everybody, by where the label stands.</param>
internal sealed record CohortCounts(int Patients, int Ready, IReadOnlyList<WaitingCount> Waiting, IReadOnlyList<CountOf> Labels);

/// <summary>Patients who wait for the same.</summary>
/// <param name="Code">For programs.</param>
/// <param name="Need">In words.</param>
/// <param name="Count">How many.</param>
internal sealed record WaitingCount(string Code, string Need, int Count);
