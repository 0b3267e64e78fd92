using HccPipeline.Persistence.Cohort;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace HccPipeline.Cli.Output;

/// <summary>A cohort on a terminal and as JSON: who is ready, who waits and for what.</summary>
internal static class CohortView
{
    /// <summary>All of it.</summary>
    /// <param name="overview">The numbers.</param>
    /// <param name="shown">Patients to list.</param>
    /// <param name="rules">The rules by which they were judged.</param>
    public static IRenderable Of(CohortOverview overview, IReadOnlyList<PatientReadiness> shown, CohortOptions rules)
    {
        List<IRenderable> parts =
        [
            new Text($"{overview.Ready} of {overview.Patients} patients are ready ({overview.ReadyWithProgression} with progression), {overview.Patients - overview.Ready} wait"
                + (overview.Withdrawn > 0 ? $"; {overview.Withdrawn} withdrew." : ".")),
        ];
        if (overview.ReadyWithScanInResponseWindow > 0)
            parts.Add(new Text(Incorporation(overview.ReadyWithScanInResponseWindow, overview.Ready, rules.ResponseDay, rules.ResponseToleranceDays)));
        if (overview.Centers.Count > 0)
            parts.Add(Centers(overview));
        if (overview.WaitingFor.Count > 0)
            parts.Add(WaitingFor(overview));
        if (shown.Count > 0)
            parts.Add(Patients(shown));
        return new Rows(parts);
    }

    /// <summary>The same for programs.</summary>
    public static object Document(string profileSha256, CohortOverview overview, IReadOnlyList<PatientReadiness> shown) => new
    {
        ProfileSha256 = profileSha256,
        Overview = overview,
        Patients = shown.Select(p => new
        {
            p.Pseudonym,
            p.CenterCode,
            p.EntryQuarter,
            p.IsReady,
            p.Response,
            Label = p.Label.State.Name(),
            DueBy = p.Label.DueBy,
            p.OutcomeRevision,
            p.Pre,
            p.Post,
            p.Reasons,
        }),
    };

    /// <summary>What it means that scans lie in the window of the assessment.</summary>
    public static string Incorporation(int count, int patients, int day, int tolerance) =>
        $"Incorporation bias: the post-treatment MRI of {count} of {patients} lies on day {day} ± {tolerance}, when the response is assessed; it probably defined the response.";

    private static Table Centers(CohortOverview overview)
    {
        Table table = new Table().Border(TableBorder.Simple).AddColumn("centre");
        foreach (string column in new[] { "patients", "ready", "wait" })
            table.AddColumn(new TableColumn(column).RightAligned());
        table.AddColumn("labels");
        foreach (CenterOverview center in overview.Centers)
        {
            string labels = string.Join(", ", center.Labels.Where(l => l.Count > 0).Select(l => $"{l.Count} {l.Name}"));
            table.AddRow(Markup.Escape(center.CenterCode), $"{center.Patients}", $"{center.Ready}", $"{center.Patients - center.Ready}", labels);
        }
        return table;
    }

    private static Table WaitingFor(CohortOverview overview)
    {
        Table table = new Table().Border(TableBorder.Simple).AddColumn("waiting for").AddColumn(new TableColumn("patients").RightAligned());
        foreach (var need in overview.WaitingFor)
            table.AddRow(Markup.Escape(need.Name), $"{need.Count}");
        return table;
    }

    private static Table Patients(IReadOnlyList<PatientReadiness> patients)
    {
        Table table = new Table().Border(TableBorder.Simple).AddColumn(new TableColumn("patient").NoWrap()).AddColumn("centre").AddColumn("start").AddColumn("label").AddColumn("waits for");
        foreach (PatientReadiness p in patients)
        {
            string needs = p.IsReady ? "nothing: ready" : string.Join("\n", p.Reasons.Select(r => r.Detail is null ? r.Need : $"{r.Need} ({r.Detail})"));
            table.AddRow(Markup.Escape(p.Pseudonym), Markup.Escape(p.CenterCode), p.EntryQuarter ?? "unknown", p.Label.State.Name(), Markup.Escape(needs));
        }
        return table;
    }
}
