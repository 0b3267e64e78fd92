using System.CommandLine;
using HccPipeline.Cli.Hosting;
using HccPipeline.Cli.Output;
using HccPipeline.ModelWorker.Export;
using HccPipeline.ModelWorker.Scoring;
using HccPipeline.Persistence.Blobs;
using HccPipeline.Reporting.Figures;
using Spectre.Console;

namespace HccPipeline.Cli.Commands;

/// <summary><c>hcc models export</c> and <c>hcc models diff</c>.</summary>
internal static class ModelExportCommand
{
    public static Command CreateExport()
    {
        Argument<int?> version = new("version") { Description = "Version number (default: the champion).", Arity = ArgumentArity.ZeroOrOne };
        Option<string> format = new("--format") { Description = "json: the stored document; pmml: PMML 4.4 of one model; nomogram: its nomogram as SVG.", DefaultValueFactory = _ => "json" };
        format.AcceptOnlyFromAmong("json", "pmml", "nomogram");
        Option<string> which = new("--submodel") { Description = "Which of the three models (pmml, nomogram).", DefaultValueFactory = _ => "combined" };
        which.AcceptOnlyFromAmong("imaging", "clinical", "combined");
        Option<string?> to = new("--out") { Description = "File to write (default: standard output).", HelpName = "FILE" };
        Command command = new(
            "export",
            """
            Write a version for others to use.

            Examples:
              hcc models export 2 --out model-2.json
              hcc models export 2 --format pmml --submodel combined --out model-2.pmml
              hcc models export --format nomogram --out nomogram.svg
            """)
        {
            version, format, which, to,
        };
        command.SetAction(async (parse, ct) =>
        {
            await using RegistrySession session = await RegistrySession.OpenAsync(GlobalOptions.OpenData(parse), Roles.None, ct);
            int? number = parse.GetValue(version);
            var (row, document) = await session.Get<ModelCatalog>().FindAsync(number, ct) ?? throw ModelsCommand.NoSuchModel(number);
            string submodel = parse.GetRequiredValue(which);
            ReadOnlyMemory<byte> bytes = parse.GetRequiredValue(format) switch
            {
                "pmml" => PmmlWriter.Write(row.ModelVersion, document, submodel),
                "nomogram" => NomogramDrawing.Svg(row.ModelVersion, document.Models.Single(m => m.Name == submodel))
                    ?? throw new CliException($"The {submodel} model of version {row.ModelVersion} has no predictor: there is nothing to draw."),
                _ => await session.Get<IBlobStore>().GetAsync(row.ModelSha256, ct),
            };
            if (parse.GetValue(to) is { } path)
            {
                await File.WriteAllBytesAsync(path, bytes, ct);
                Console.WriteLine($"{path}: {bytes.Length} bytes");
            }
            else
            {
                await using Stream output = Console.OpenStandardOutput();
                await output.WriteAsync(bytes, ct);
            }
            return ExitCodes.Done;
        });
        return command;
    }

    public static Command CreateDiff()
    {
        Argument<int> first = new("first") { Description = "Version number." }, second = new("second") { Description = "Another." };
        Command command = new(
            "diff",
            """
            Show how two versions differ: where they come from, candidates, coefficients, performance on their own cohorts. 'hcc models compare' measures
            both on the same patients.

            Example:
              hcc models diff 1 2
            """)
        {
            first, second, GlobalOptions.AsJson,
        };
        command.SetAction(async (parse, ct) =>
        {
            await using RegistrySession session = await RegistrySession.OpenAsync(GlobalOptions.OpenData(parse), Roles.None, ct);
            ModelCatalog catalog = session.Get<ModelCatalog>();
            int a = parse.GetValue(first), b = parse.GetValue(second);
            var (_, old) = await catalog.FindAsync(a, ct) ?? throw ModelsCommand.NoSuchModel(a);
            var (_, now) = await catalog.FindAsync(b, ct) ?? throw ModelsCommand.NoSuchModel(b);
            VersionDifference difference = VersionDifference.Of(old, now);
            if (parse.GetValue(GlobalOptions.AsJson))
                Json.Print(difference);
            else
                Print(difference, a, b);
            return ExitCodes.Done;
        });
        return command;
    }

    private static void Print(VersionDifference difference, int a, int b)
    {
        Table origin = TableOf("", a, b);
        foreach (ChangedValue value in difference.Provenance)
            origin.AddRow(Markup.Escape(value.Name), Short(value.First), Short(value.Second));
        if (difference.Provenance.Count > 0)
            AnsiConsole.Write(origin);
        foreach (SubmodelDifference model in difference.Models)
        {
            Table table = TableOf($"{model.Model} model", a, b);
            foreach (ChangedNumber number in model.Coefficients.Concat(model.Metrics))
                table.AddRow(Markup.Escape(number.Name), Text(number.First), Text(number.Second));
            AnsiConsole.Write(table);
            if (model.CandidatesAdded.Count + model.CandidatesRemoved.Count > 0)
                AnsiConsole.WriteLine($"candidates: {string.Join(", ", model.CandidatesAdded.Select(c => "+" + c).Concat(model.CandidatesRemoved.Select(c => "−" + c)))}");
        }
    }

    private static Table TableOf(string title, int a, int b) => new Table().Border(TableBorder.Simple)
        .AddColumn(title).AddColumn(new TableColumn($"version {a}").RightAligned()).AddColumn(new TableColumn($"version {b}").RightAligned());

    private static string Text(double? value) => value is { } v ? $"{v:F4}" : "–";

    private static string Short(string value) => Markup.Escape(value.Length == 64 ? value[..12] : value);
}
