using System.CommandLine;
using HccPipeline.Cli.Hosting;
using HccPipeline.Cli.Output;
using HccPipeline.Persistence.Audit;
using HccPipeline.Persistence.Models;
using HccPipeline.Reporting.Drift;
using HccPipeline.Reporting.Files;
using HccPipeline.Reporting.Publication;

namespace HccPipeline.Cli.Commands;

/// <summary><c>hcc report</c>.</summary>
internal static class ReportCommand
{
    public static Command Create()
    {
        Option<int?> version = new("--model") { Description = "Model version (default: the champion).", HelpName = "N" };
        Option<string?> output = new("--out") { Description = "Folder to write to (default: reports in the registry's folder).", HelpName = "DIR" };
        Option<string> format = new("--format")
        {
            Description = $"What to write, separated by commas: {ReportFormatNames.All}.",
            HelpName = "LIST",
            DefaultValueFactory = _ => "html,json",
        };
        Option<bool> drift = new("--drift") { Description = "The drift report, of the assessments that 'hcc drift' and the schedule store." };
        Option<string?> period = new("--period") { Description = "Last quarter that the drift report looks at (default: the last assessed).", HelpName = "QUARTER" };
        Option<bool> rebuild = new("--rebuild") { Description = "Make it again with this program even when it is stored; that is kept in the history of changes." };
        Command command = new(
            "report",
            """
            Write a report of a model version: one HTML page that needs nothing else, its content as JSON, and if wanted the page as PDF, its tables
            as CSV and its figures as SVG. The validation report tells how the version does on the patients that it was trained on, the drift report
            how it does on those who came after, as far as a quarter of treatment starts.

            Examples:
              hcc report
              hcc report --model 3 --out /srv/reports
              hcc report --format html,json,csv,svg,pdf
              hcc report --drift --period 2024Q3
            """)
        {
            version, drift, period, output, format, rebuild, GlobalOptions.Data,
        };
        command.SetAction(async (parse, ct) =>
        {
            ReportFormats formats = ReportFormatNames.Parse(parse.GetRequiredValue(format))
                ?? throw new CliException($"--format must be some of {ReportFormatNames.All}, separated by commas.", ExitCodes.Usage);
            if (parse.GetValue(period) is not null && !parse.GetValue(drift))
                throw new CliException("--period belongs to --drift: a validation report has no period.", ExitCodes.Usage);
            DataDirectory data = GlobalOptions.OpenData(parse);
            await using RegistrySession session = await RegistrySession.OpenAsync(data, Roles.None, ct);
            int number = parse.GetValue(version) ?? await session.Get<ModelRepository>().FindChampionAsync(ct) ?? throw ModelsCommand.NoSuchModel(null);
            string folder = Path.GetFullPath(parse.GetValue(output) ?? data.ReportFolder);
            if (parse.GetValue(rebuild))
                await session.Get<AuditLog>().AppendAsync(new(TokenCommand.Actor, "rebuild-report", $"model {number}", parse.GetValue(drift) ? "drift report, by hand" : "validation report, by hand"), ct);
            WrittenReport written = parse.GetValue(drift)
                ? await WriteDriftAsync(session.Get<DriftReportPublisher>(), number, parse.GetValue(period), parse.GetValue(rebuild), folder, formats, ct)
                : await WriteAsync(session.Get<ReportPublisher>(), number, parse.GetValue(rebuild), folder, formats, ct);
            foreach (string path in written.Paths)
                Console.WriteLine(path);
            if (written.PdfProblem is not { } problem)
                return ExitCodes.Done;
            Console.Error.WriteLine($"hcc: {problem}");
            return ExitCodes.NeedsAttention;
        });
        return command;
    }

    private static async Task<WrittenReport> WriteAsync(ReportPublisher publisher, int version, bool rebuild, string folder, ReportFormats formats, CancellationToken ct) =>
        await publisher.WriteFilesAsync(await publisher.PublishAsync(version, rebuild, ct), folder, formats, ct);

    private static async Task<WrittenReport> WriteDriftAsync(
        DriftReportPublisher publisher, int version, string? period, bool rebuild, string folder, ReportFormats formats, CancellationToken ct) =>
        await publisher.WriteFilesAsync(await publisher.PublishAsync(version, period, rebuild, ct), folder, formats, ct);
}
