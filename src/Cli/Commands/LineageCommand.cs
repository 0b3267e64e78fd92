using System.CommandLine;
using HccPipeline.Cli.Hosting;
using HccPipeline.Cli.Output;
using HccPipeline.Contracts.Models;
using HccPipeline.Persistence.Models;
using HccPipeline.Persistence.Runs;
using HccPipeline.Reporting.Lineage;
using Spectre.Console;

namespace HccPipeline.Cli.Commands;

/// <summary><c>hcc lineage</c>: from a version back to patients, runs and series.</summary>
internal static class LineageCommand
{
    public static Command Create()
    {
        Argument<int?> version = new("version") { Description = "Model version (default: the champion).", Arity = ArgumentArity.ZeroOrOne };
        Option<string?> patient = new("--patient") { Description = "Go on to this patient's runs and series.", HelpName = "PSEUDONYM" };
        Command command = new(
            "lineage",
            """
            Follow a model version back: snapshot, patients, their extraction runs; for one patient the fold, each predictor's coefficient, value and
            points, the brick that computed it, and the series that it read.

            Examples:
              hcc lineage 3
              hcc lineage 3 --patient P-06e07ec0a9fa435ac439
              hcc lineage --json
            """)
        {
            version, patient, GlobalOptions.AsJson, GlobalOptions.Data,
        };
        command.SetAction(async (parse, ct) =>
        {
            await using RegistrySession session = await RegistrySession.OpenAsync(GlobalOptions.OpenData(parse), Roles.None, ct);
            int number = parse.GetValue(version) ?? await session.Get<ModelRepository>().FindChampionAsync(ct) ?? throw ModelsCommand.NoSuchModel(null);
            LineageService lineage = session.Get<LineageService>();
            VersionLineage whole = await lineage.OfVersionAsync(number, ct);
            PatientLineage? one = parse.GetValue(patient) is { } pseudonym ? await lineage.OfPatientAsync(number, pseudonym, ct) : null;
            if (parse.GetValue(GlobalOptions.AsJson))
            {
                if (one is null)
                    Json.Print(whole);
                else
                    Json.Print(new { Version = whole with { Patients = [] }, Patient = one });
                return ExitCodes.Done;
            }
            PrintVersion(whole);
            if (one is null)
                PrintPatients(whole.Patients);
            else
                PrintPatient(one);
            return ExitCodes.Done;
        });
        return command;
    }

    private static void PrintVersion(VersionLineage v)
    {
        Console.WriteLine($"Model version {v.ModelVersion}  {v.ModelSha256}");
        Console.WriteLine($"  snapshot       {v.SnapshotSha256}");
        Console.WriteLine($"  manifest       {v.ManifestSha256}");
        Console.WriteLine($"  profile        {v.ProfileSha256}");
        Console.WriteLine($"  seed {v.Seed}, program {v.CodeVersion}, {v.Patients.Count} patients");
    }

    private static void PrintPatients(IReadOnlyList<IncludedPatient> patients)
    {
        Table table = new Table().Border(TableBorder.Simple).AddColumn("patient").AddColumn("centre").AddColumn("start").AddColumn("run before").AddColumn("run after").AddColumn("outcome");
        foreach (IncludedPatient p in patients)
            table.AddRow(Markup.Escape(p.Pseudonym), Markup.Escape(p.CenterCode), p.EntryQuarter, Short(p.PreRunId), Short(p.PostRunId), $"revision {p.OutcomeRevision}, {p.Label}");
        AnsiConsole.Write(table);
    }

    private static void PrintPatient(PatientLineage l)
    {
        IncludedPatient p = l.Patient;
        Console.WriteLine($"Patient {p.Pseudonym}, centre {p.CenterCode}, start {p.EntryQuarter}: row {l.Row}, left out in fold {l.Fold}, response {l.Response} (revision {p.OutcomeRevision}, {p.Label})");
        Console.WriteLine($"  probability of progression by the combined model {l.Probability:F3}");
        Table table = new Table().Border(TableBorder.Simple).AddColumn("predictor").AddColumn("coefficient").AddColumn("value").AddColumn("points").AddColumn("from");
        foreach (PredictorLineage x in l.Predictors)
            table.AddRow(Markup.Escape(x.Name), $"{x.Beta:G5}", $"{x.Value:G6}", x.Points is { } points ? $"{points:F1}" : "–", Markup.Escape(string.Join("\n", x.Origins.Select(Origin))));
        AnsiConsole.Write(table);
        PrintRun("before treatment", p.PreRunId, p.PreDay, l.PreRun);
        PrintRun("after treatment", p.PostRunId, p.PostDay, l.PostRun);
    }

    private static string Origin(ValueOrigin o) => o.Source switch
    {
        "run" => $"run {Short(o.RunId!)}, brick {o.BrickIndex}, {string.Join(", ", o.SeriesUids)}",
        "deleted" => "a run that was deleted",
        _ => o.Source,
    };

    private static void PrintRun(string when, string runId, int day, RunLineage? run)
    {
        Console.WriteLine($"Run {when} {runId}, scan on day {day}{(run is null ? ": deleted with the patient's data" : "")}");
        if (run is null)
            return;
        Console.WriteLine($"  study {run.StudyUid}, content {run.ContentSha256}");
        Table table = new Table().Border(TableBorder.Simple).AddColumn("series").AddColumn("shows").AddColumn("instances").AddColumn("SHA-256").AddColumn("read by bricks");
        foreach (SeriesLineage s in run.Series)
            table.AddRow(s.SeriesUid, Markup.Escape(s.Sequence ?? s.Modality), $"{s.Instances}", s.InstancesSha256[..12], s.Bricks.Count == 0 ? "none" : string.Join(", ", s.Bricks));
        AnsiConsole.Write(table);
    }

    private static string Short(string key) => key[..Math.Min(12, key.Length)];
}
