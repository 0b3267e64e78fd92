using System.CommandLine;
using HccPipeline.Cli.Hosting;
using HccPipeline.Cli.Output;
using HccPipeline.Persistence.Models;
using HccPipeline.Reporting.Publication;

namespace HccPipeline.Cli.Commands;

/// <summary><c>hcc report</c>.</summary>
internal static class ReportCommand
{
    public static Command Create()
    {
        Option<int?> version = new("--model") { Description = "Model version (default: the champion).", HelpName = "N" };
        Option<string?> output = new("--out") { Description = "Folder to write to (default: reports in the registry's folder).", HelpName = "DIR" };
        Option<bool> rebuild = new("--rebuild") { Description = "Make it again with this program even when it is stored." };
        Command command = new(
            "report",
            """
            Write the validation report of a model version: one HTML page that needs nothing else, and its content as JSON.

            Examples:
              hcc report
              hcc report --model 3 --out /srv/reports
            """)
        {
            version, output, rebuild, GlobalOptions.Data,
        };
        command.SetAction(async (parse, ct) =>
        {
            DataDirectory data = GlobalOptions.OpenData(parse);
            await using RegistrySession session = await RegistrySession.OpenAsync(data, Roles.None, ct);
            int number = parse.GetValue(version) ?? await session.Get<ModelRepository>().FindChampionAsync(ct) ?? throw ModelsCommand.NoSuchModel(null);
            ReportPublisher publisher = session.Get<ReportPublisher>();
            ReportRow report = await publisher.PublishAsync(number, parse.GetValue(rebuild), ct);
            ReportFiles files = await publisher.WriteFilesAsync(report, Path.GetFullPath(parse.GetValue(output) ?? data.ReportFolder), ct);
            Console.WriteLine(files.Html);
            return ExitCodes.Done;
        });
        return command;
    }
}
