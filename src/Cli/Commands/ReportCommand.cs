using System.CommandLine;
using HccPipeline.Cli.Hosting;
using HccPipeline.Cli.Output;
using HccPipeline.Persistence.Models;
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
        Option<bool> rebuild = new("--rebuild") { Description = "Make it again with this program even when it is stored." };
        Command command = new(
            "report",
            """
            Write the validation report of a model version: one HTML page that needs nothing else, its content as JSON, and if wanted the page as PDF,
            its tables as CSV and its figures as SVG.

            Examples:
              hcc report
              hcc report --model 3 --out /srv/reports
              hcc report --format html,json,csv,svg,pdf
            """)
        {
            version, output, format, rebuild, GlobalOptions.Data,
        };
        command.SetAction(async (parse, ct) =>
        {
            ReportFormats formats = ReportFormatNames.Parse(parse.GetRequiredValue(format))
                ?? throw new CliException($"--format must be some of {ReportFormatNames.All}, separated by commas.", ExitCodes.Usage);
            DataDirectory data = GlobalOptions.OpenData(parse);
            await using RegistrySession session = await RegistrySession.OpenAsync(data, Roles.None, ct);
            int number = parse.GetValue(version) ?? await session.Get<ModelRepository>().FindChampionAsync(ct) ?? throw ModelsCommand.NoSuchModel(null);
            ReportPublisher publisher = session.Get<ReportPublisher>();
            ReportRow report = await publisher.PublishAsync(number, parse.GetValue(rebuild), ct);
            WrittenReport written = await publisher.WriteFilesAsync(report, Path.GetFullPath(parse.GetValue(output) ?? data.ReportFolder), formats, ct);
            foreach (string path in written.Paths)
                Console.WriteLine(path);
            if (written.PdfProblem is not { } problem)
                return ExitCodes.Done;
            Console.Error.WriteLine($"hcc: {problem}");
            return ExitCodes.NeedsAttention;
        });
        return command;
    }
}
