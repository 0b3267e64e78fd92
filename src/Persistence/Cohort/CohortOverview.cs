using HccPipeline.Persistence.Status;

namespace HccPipeline.Persistence.Cohort;

/// <summary>How a cohort stands, in numbers: who is ready, who waits and for what, centre by centre.</summary>
public sealed record CohortOverview
{
    /// <summary>Patients with a study or a clinical record, without those who withdrew.</summary>
    public required int Patients { get; init; }

    /// <summary>Of these, patients that a snapshot taken now would hold.</summary>
    public required int Ready { get; init; }

    /// <summary>Of those who are ready, patients with progression.</summary>
    public required int ReadyWithProgression { get; init; }

    /// <summary>Of those who are ready, patients whose post-treatment scan lies in the window in which the response is assessed: it probably
    /// defined the response that it is to predict.</summary>
    public required int ReadyWithScanInResponseWindow { get; init; }

    /// <summary>Patients who withdrew, in all centres.</summary>
    public required int Withdrawn { get; init; }

    /// <summary>What patients wait for, most frequent first; a patient who lacks several things counts under each.</summary>
    public required IReadOnlyList<CountOf> WaitingFor { get; init; }

    /// <summary>Centres in ordinal order of their code.</summary>
    public required IReadOnlyList<CenterOverview> Centers { get; init; }

    /// <summary>Counts patients. Pure.</summary>
    /// <param name="patients">Standing of everyone who is to be counted.</param>
    /// <param name="rules">The rules by which it was judged.</param>
    /// <param name="withdrawn">Patients who withdrew.</param>
    public static CohortOverview Of(IReadOnlyList<PatientReadiness> patients, CohortOptions rules, int withdrawn)
    {
        PatientReadiness[] ready = [.. patients.Where(p => p.IsReady)];
        return new()
        {
            Patients = patients.Count,
            Ready = ready.Length,
            ReadyWithProgression = ready.Count(p => p.Response == "PD"),
            ReadyWithScanInResponseWindow = ready.Count(p => rules.IsInResponseWindow(p.Post?.Day)),
            Withdrawn = withdrawn,
            WaitingFor = [.. patients.SelectMany(p => p.Reasons).CountBy(r => r.Need)
                .Select(g => new CountOf(g.Key, g.Value)).OrderByDescending(c => c.Count).ThenBy(c => c.Name, StringComparer.Ordinal)],
            Centers = [.. patients.GroupBy(p => p.CenterCode, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal).Select(CenterOverview.Of)],
        };
    }
}

/// <summary>How the patients of a centre stand.</summary>
public sealed record CenterOverview
{
    /// <summary>Code of the centre.</summary>
    public required string CenterCode { get; init; }

    /// <summary>Patients.</summary>
    public required int Patients { get; init; }

    /// <summary>Patients that a snapshot taken now would hold.</summary>
    public required int Ready { get; init; }

    /// <summary>Labels by state, every state in its order.</summary>
    public required IReadOnlyList<CountOf> Labels { get; init; }

    internal static CenterOverview Of(IGrouping<string, PatientReadiness> center) => new()
    {
        CenterCode = center.Key,
        Patients = center.Count(),
        Ready = center.Count(p => p.IsReady),
        Labels = [.. Enum.GetValues<LabelState>().Select(state => new CountOf(state.Name(), center.Count(p => p.Label.State == state)))],
    };
}
