using System.CommandLine;
using HccPipeline.Cli.Hosting;
using HccPipeline.Cli.Output;
using HccPipeline.Ingest;
using HccPipeline.ModelWorker.Scoring;
using HccPipeline.Persistence.Status;

namespace HccPipeline.Cli.Commands;

/// <summary><c>hcc ingest</c>.</summary>
internal static class IngestCommand
{
    private const int MostReasonsShown = 20;

    public static Command Create()
    {
        Argument<string[]> paths = new("path") { Description = "Files and folders: DICOM files in folders of any shape, clinical tables (CSV).", Arity = ArgumentArity.OneOrMore };
        Option<string?> center = new("--center") { Description = "Code of the centre that all of it belongs to (default: as the clinical table says for each patient).", HelpName = "CODE" };
        Option<bool> noWait = new("--no-wait") { Description = "Do not wait for the features." };
        Command command = new(
            "ingest",
            """
            Take DICOM studies and clinical tables into the registry: verify, de-identify, store, classify, extract their features, and freeze what the
            champion says of the patients.
            What can't be used goes to quarantine with its reason and the rest goes on. Ingesting the same files again changes nothing.

            Examples:
              hcc ingest /data/export --center BER
              hcc ingest clinical.csv /data/export
            """)
        {
            paths, center, noWait, GlobalOptions.Data, GlobalOptions.AsJson,
        };
        command.SetAction(async (parse, ct) =>
        {
            bool quiet = parse.GetValue(GlobalOptions.AsJson);
            // Embedded, this process extracts what it took in; with a broker, the running workers do.
            await using RegistrySession session = await RegistrySession.OpenAsync(GlobalOptions.OpenData(parse), Roles.Ingest | Roles.Features, ct, onBroker: Roles.None);
            bool scores = session.Roles.HasFlag(Roles.Features);   // with a broker, the model workers do that, too
            Stages stages = new(parse.GetValue(noWait) ? 1 : scores ? 3 : 2, quiet);
            IngestSummary summary = null!;
            bool held = false;
            await stages.RunAsync("Ingest", async progress =>
            {
                summary = await IngestAsync(session, parse.GetRequiredValue(paths), parse.GetValue(center), progress, ct);
                return Describe(summary);
            });
            if (!parse.GetValue(noWait))
            {
                await stages.RunAsync("Features", async progress =>
                {
                    ExtractionProgress done = await Waiting.ForFeaturesAsync(session, progress, ct);
                    held = done.StudiesHeld > 0;
                    return Waiting.Describe(done);
                });
                if (scores)
                    await stages.RunAsync("Scores", async _ => Describe(await session.Get<PatientScorer>().ScoreWaitingAsync(ct)));
            }
            if (quiet)
                Json.Print(summary);
            else
                PrintDetails(summary);
            return held || summary.Quarantined.Count > 0 ? ExitCodes.NeedsAttention : ExitCodes.Done;
        });
        return command;
    }

    /// <summary>Runs the ingest with progress.</summary>
    public static async Task<IngestSummary> IngestAsync(
        RegistrySession session, IReadOnlyList<string> paths, string? center, IProgress<StageProgress> progress, CancellationToken ct)
    {
        try
        {
            return await session.Get<IngestService>().IngestAsync(
                paths, center, new Relay<IngestProgress>(p => progress.Report(new(p.FilesRead, p.FilesFound))), ct);
        }
        catch (Exception e) when (e is FileNotFoundException or ArgumentException)
        {
            throw new CliException(e.Message);
        }
    }

    /// <summary>One line on what became of the files.</summary>
    public static string Describe(IngestSummary summary)
    {
        if (summary.ChangedNothing)
            return $"{summary.FilesRead} files, nothing new: the registry is as it was";
        List<string> parts = [$"{summary.FilesRead} files", $"{summary.Stored} stored"];
        Add(summary.Unchanged, "known before");
        Add(summary.Duplicates, summary.Duplicates == 1 ? "duplicate" : "duplicates");
        Add(summary.Quarantined.Count, "in quarantine");
        Add(summary.Clinical.New, "clinical records");
        Add(summary.Clinical.Changed, "clinical records changed");
        Add(summary.Ready.Count(), "studies ready");
        Add(summary.Waiting.Count(), "studies waiting");
        return string.Join(", ", parts);

        void Add(int count, string what)
        {
            if (count > 0)
                parts.Add($"{count} {what}");
        }
    }

    private static string Describe(int? asked) => asked is { } patients ? $"the champion was asked about {patients} patients" : "there is no champion yet";

    private static void PrintDetails(IngestSummary summary)
    {
        foreach (QuarantinedItem item in summary.Quarantined.Take(MostReasonsShown))
            Console.WriteLine($"  quarantine  {item.Subject}: {item.Reason.Detail} [{item.Reason.Code}]");
        if (summary.Quarantined.Count > MostReasonsShown)
            Console.WriteLine($"  … and {summary.Quarantined.Count - MostReasonsShown} more in quarantine ('--json' lists all)");
        foreach (var group in summary.Waiting.GroupBy(s => s.WaitingFor).OrderByDescending(g => g.Count()))
            Console.WriteLine($"  waiting     {group.Count()} studies wait for {group.Key}");
        foreach (var group in summary.Studies.Where(s => s.VisitWaitingFor is not null).GroupBy(s => s.VisitWaitingFor).OrderByDescending(g => g.Count()))
            Console.WriteLine($"  no visit    {group.Count()} studies need {group.Key}");
        foreach (string remark in summary.Remarks)
            Console.WriteLine($"  note        {remark}");
    }
}
