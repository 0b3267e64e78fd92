using System.CommandLine;
using HccPipeline.Cli.Hosting;
using HccPipeline.Cli.Output;
using HccPipeline.Contracts.Models;
using HccPipeline.ModelWorker.Scoring;
using HccPipeline.Persistence.Cohort;
using Spectre.Console;

namespace HccPipeline.Cli.Commands;

/// <summary><c>hcc cohort manifest</c>: who was in the snapshot of a version.</summary>
internal static class CohortManifestCommand
{
    public static Command Create()
    {
        Argument<int?> version = new("version") { Description = "Model version (default: the champion).", Arity = ArgumentArity.ZeroOrOne };
        Command command = new(
            "manifest",
            """
            Show who was in the snapshot that a version was trained on, with runs and outcome revisions, who was left out and why, and the rules.

            Examples:
              hcc cohort manifest
              hcc cohort manifest 3 --json
            """)
        {
            version, GlobalOptions.AsJson,
        };
        command.SetAction(async (parse, ct) =>
        {
            await using RegistrySession session = await RegistrySession.OpenAsync(GlobalOptions.OpenData(parse), Roles.None, ct);
            int? number = parse.GetValue(version);
            var model = await session.Get<ModelCatalog>().FindAsync(number, ct) ?? throw ModelsCommand.NoSuchModel(number);
            SnapshotManifest manifest = await session.Get<ManifestRepository>().FindAsync(model.Row.SnapshotSha256, ct)
                ?? throw new CliException($"The snapshot of version {model.Row.ModelVersion} was taken before snapshots had manifests.");
            if (parse.GetValue(GlobalOptions.AsJson))
                Json.Print(manifest);
            else
                Print(model.Row.ModelVersion, manifest);
            return ExitCodes.Done;
        });
        return command;
    }

    private static void Print(int version, SnapshotManifest manifest)
    {
        EligibilityRules rules = manifest.Rules;
        Console.WriteLine($"Model version {version}, snapshot {manifest.SnapshotSha256[..12]}, profile {manifest.ProfileSha256[..Math.Min(12, manifest.ProfileSha256.Length)]}");
        Console.WriteLine($"{manifest.Patients.Count} patients in, {manifest.LeftOut.Count} left out, {manifest.Withdrawn} had withdrawn");
        Console.WriteLine(
            $"Rules: MRI within {rules.PreMriMaximumDays} days before the start and on day {rules.PostMriDay} ± {rules.PostMriToleranceDays}; known {string.Join(", ", rules.RequiredValues)}; "
            + $"response on day {rules.ResponseDay} ± {rules.ResponseToleranceDays}{(rules.RequireClosedWindow ? ", its time over for the whole quarter" : "")}");
        IncorporationCheck check = manifest.Incorporation;
        Console.WriteLine(check.Count == 0
            ? $"Incorporation bias: no post-treatment MRI lies on days {check.WindowFirstDay} to {check.WindowLastDay}, when the response is assessed."
            : CohortView.Incorporation(check.Count, check.PatientCount, rules.ResponseDay, rules.ResponseToleranceDays));
        Table inside = new Table().Border(TableBorder.Simple).AddColumn(new TableColumn("in").NoWrap()).AddColumn("centre").AddColumn("start").AddColumn("run before (day)").AddColumn("run after (day)").AddColumn("outcome");
        foreach (IncludedPatient p in manifest.Patients)
        {
            inside.AddRow(
                Markup.Escape(p.Pseudonym), Markup.Escape(p.CenterCode), p.EntryQuarter, $"{Short(p.PreRunId)} ({p.PreDay})", $"{Short(p.PostRunId)} ({p.PostDay})",
                $"revision {p.OutcomeRevision}, {p.Label}");
        }
        AnsiConsole.Write(inside);
        if (manifest.LeftOut.Count == 0)
            return;
        Table outside = new Table().Border(TableBorder.Simple).AddColumn(new TableColumn("left out").NoWrap()).AddColumn("centre").AddColumn("label").AddColumn("why");
        foreach (LeftOutPatient p in manifest.LeftOut)
            outside.AddRow(Markup.Escape(p.Pseudonym), Markup.Escape(p.CenterCode), p.Label, Markup.Escape(string.Join("\n", p.Reasons.Select(r => r.Detail is null ? r.Need : $"{r.Need} ({r.Detail})"))));
        AnsiConsole.Write(outside);
    }

    private static string Short(string runId) => Markup.Escape(runId[..Math.Min(12, runId.Length)]);
}
