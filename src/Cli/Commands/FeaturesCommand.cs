using System.CommandLine;
using HccPipeline.Cli.Hosting;
using HccPipeline.Cli.Output;
using HccPipeline.FeatureWorker.Profiles;
using HccPipeline.Persistence.Cohort;
using HccPipeline.Radiomics;

namespace HccPipeline.Cli.Commands;

/// <summary><c>hcc features</c>: export of the wide table, and the catalogue.</summary>
internal static class FeaturesCommand
{
    private static IEnumerable<FeatureDefinition> Catalogue => FeatureCatalogue.Indicators.Concat(FeatureCatalogue.All);

    public static Command Create() => new("features", "Work with extracted features.") { Export(), List() };

    private static Command List()
    {
        Command command = new(
            "list",
            """
            Print the catalogue: every feature with its family, IBSI code and tag, unit, formula and, where only one has it, convention.

            Examples:
              hcc features list
              hcc features list --json
            """)
        {
            GlobalOptions.AsJson,
        };
        command.SetAction(parse =>
        {
            if (parse.GetValue(GlobalOptions.AsJson))
                Json.Print(Catalogue.Select(d => new
                {
                    d.Name, Family = $"{d.Family}", d.Ibsi, d.Tag, d.Unit, d.Formula, Convention = d.Convention?.ToString().ToLowerInvariant() ?? "both",
                }));
            else
                PrintCatalogue();
            return ExitCodes.Done;
        });
        return command;
    }

    private static void PrintCatalogue()
    {
        int width = Catalogue.Max(d => d.Name.Length);
        foreach (IGrouping<FeatureFamily, FeatureDefinition> family in Catalogue.GroupBy(d => d.Family))
        {
            Console.WriteLine($"{family.Key}");
            foreach (FeatureDefinition d in family)
                Console.WriteLine($"  {d.Name.PadRight(width)}  {d.Ibsi,-4}  {d.Unit,-14}  {d.Formula}{(d.Convention is { } only ? $"  [{only.ToString().ToLowerInvariant()}]" : "")}");
        }
    }

    private static Command Export()
    {
        Option<string> output = new("--out") { Description = "File to write, .csv or .parquet.", HelpName = "FILE", Required = true };
        Option<bool> ready = new("--ready") { Description = "Only patients who can be learned from (record, response, both visits)." };
        Option<string> per = new("--per") { Description = "A row per patient (visits side by side), or per study (visit as a column; needs no clinical record).", DefaultValueFactory = _ => "patient" };
        per.AcceptOnlyFromAmong("patient", "study");
        Command command = new(
            "export",
            """
            Write the wide table: one row per patient, one column per feature. Imaging features carry the visit and the sequence in
            front (post_T2_SIR, pre_ADC_Mean); delta_ is post minus pre. Missing values are empty.

            Examples:
              hcc features export --out features.csv
              hcc features export --ready --out cohort.parquet
              hcc features export --per study --out studies.csv
            """)
        {
            output, ready, per, GlobalOptions.Data,
        };
        command.SetAction(async (parse, ct) =>
        {
            string path = parse.GetRequiredValue(output);
            string extension = Path.GetExtension(path).ToLowerInvariant();
            if (extension is not (".csv" or ".parquet"))
                throw new CliException($"{path} is neither .csv nor .parquet: the ending says which format to write.", ExitCodes.Usage);
            await using RegistrySession session = await RegistrySession.OpenAsync(GlobalOptions.OpenData(parse), Roles.None, ct);
            string profile = session.Get<ProfileCatalog>().Current.Sha256;
            string size = parse.GetRequiredValue(per) == "study"
                ? await ExportStudiesAsync(session, profile, path, extension, ct)
                : await ExportPatientsAsync(session, profile, parse.GetValue(ready) ? CohortScope.Ready : CohortScope.Extracted, path, extension, ct);
            await Console.Error.WriteLineAsync($"{size}: {path}");
            return ExitCodes.Done;
        });
        return command;
    }

    private static async Task<string> ExportPatientsAsync(
        RegistrySession session, string profile, CohortScope scope, string path, string extension, CancellationToken ct)
    {
        CohortSnapshot table = await session.Get<CohortReader>().ReadAsync(profile, scope, ct);
        if (table.Patients.Count == 0)
            throw new CliException("No such patient has features yet; 'hcc status' shows what each one waits for, --per study needs no clinical record.");
        if (extension == ".parquet")
            await File.WriteAllBytesAsync(path, await CohortSnapshotParquet.WriteAsync(table, ct), ct);
        else
            await FeatureCsv.WriteAsync(path, table);
        return $"{table.Patients.Count} patients, {table.FeatureNames.Count} features";
    }

    private static async Task<string> ExportStudiesAsync(RegistrySession session, string profile, string path, string extension, CancellationToken ct)
    {
        if (extension != ".csv")
            throw new CliException("--per study is written as .csv only.", ExitCodes.Usage);
        IReadOnlyList<StudyFeatures> studies = await session.Get<StudyFeatureReader>().ReadAsync(profile, ct);
        if (studies.Count == 0)
            throw new CliException("No study is extracted yet; 'hcc status' shows what each one waits for.");
        await FeatureCsv.WriteAsync(path, studies);
        return $"{studies.Count} studies";
    }
}
