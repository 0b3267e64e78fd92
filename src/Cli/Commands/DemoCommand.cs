using System.CommandLine;
using HccPipeline.Cli.Hosting;
using HccPipeline.Cli.Output;
using HccPipeline.Cli.Synth;
using HccPipeline.Persistence.Models;
using HccPipeline.Persistence.Status;
using HccPipeline.Reporting.Publication;
using HccPipeline.Reporting.Validation;
using Spectre.Console;

namespace HccPipeline.Cli.Commands;

/// <summary><c>hcc demo</c>: a synthetic registry through the whole pipeline.</summary>
internal static class DemoCommand
{
    public static Command Create()
    {
        Option<string> output = new("--out") { Description = "Folder for everything: DICOM files, registry, report.", HelpName = "DIR", DefaultValueFactory = _ => "demo" };
        Option<bool> noWorkers = new("--no-workers") { Description = "Leave the work to running workers ('hcc serve') that share bus, database and blobs." };
        SynthArguments arguments = new();
        Command command = new(
            "demo",
            """
            Make a synthetic registry and run the whole pipeline on it: DICOM files to a validation report. Nothing leaves this machine.
            Stopped at any moment, it goes on where it was when it is run again.

            Examples:
              hcc demo
              hcc demo --out /tmp/demo --patients 120 --seed 5
            """)
        {
            output, noWorkers,
        };
        arguments.AddTo(command);
        command.SetAction(async (parse, ct) =>
        {
            await RunAsync(Path.GetFullPath(parse.GetRequiredValue(output)), arguments.Read(parse), parse.GetValue(noWorkers) ? Roles.None : Roles.All, ct);
            return ExitCodes.Done;
        });
        return command;
    }

    private static async Task RunAsync(string folder, SyntheticRegistryOptions options, Roles roles, CancellationToken ct)
    {
        string dicom = Path.Combine(folder, "dicom");
        Stages stages = new(5);
        await stages.RunAsync("Synthetic registry", progress => SynthCommand.WriteAsync(options, dicom, progress, ct));

        DataDirectory data = new(Path.Combine(folder, "data"));
        await using RegistrySession session = await RegistrySession.OpenAsync(data, Roles.All, ct, DemoSettings.For(options.Patients, options.Seed), onBroker: roles);
        string[] sources = [Path.Combine(dicom, SyntheticRegistry.ClinicalFile), .. Directory.EnumerateDirectories(dicom).Order(StringComparer.Ordinal)];
        await stages.RunAsync("Ingest", async progress => IngestCommand.Describe(await IngestCommand.IngestAsync(session, sources, null, progress, ct)));
        await stages.RunAsync("Features", async progress =>
        {
            ExtractionProgress done = await Waiting.ForFeaturesAsync(session, progress, ct);
            return done.StudiesHeld == 0 ? Waiting.Describe(done) : throw new CliException(Waiting.Describe(done));   // no model without all of them
        });
        ModelVersionRow version = null!;
        await stages.RunAsync("Model", async _ =>
        {
            version = await Waiting.ForModelAsync(session, ct);
            return $"version {version.ModelVersion}, {version.ModelSha256[..12]}";
        });
        ReportPublisher publisher = session.Get<ReportPublisher>();
        ReportFiles report = null!;
        await stages.RunAsync("Report", async _ =>
        {
            ReportRow stored = await Waiting.ForReportAsync(session, version.ModelVersion, ct);
            report = await publisher.WriteFilesAsync(stored, folder, ct);
            return $"{new FileInfo(report.Html).Length / 1024} KiB";
        });
        PrintBesideStudy(await publisher.BuildAsync(version.ModelVersion, ct));
        Console.WriteLine($"Report: {report.Html}");
    }

    private static void PrintBesideStudy(ValidationReport report)
    {
        Table table = new Table().Border(TableBorder.Simple).AddColumn("").AddColumn("demo (95% CI)").AddColumn("the study");
        foreach (ReferenceRow row in report.Published.Rows.Where(r => r.Kind == "auc"))
            table.AddRow(Markup.Escape(row.Name), $"{row.Ours:F3} ({row.OursLower:F3}–{row.OursUpper:F3})", $"{row.Published:F3}");
        AnsiConsole.Write(table);
        foreach (ModelResult model in report.Models)
            Console.WriteLine($"{model.Name,-9} {string.Join(", ", model.Predictors.Select(p => p.Name))}");
    }
}
