using System.CommandLine;
using System.Globalization;
using CsvHelper;
using HccPipeline.Cli.Hosting;
using HccPipeline.Cli.Output;
using HccPipeline.FeatureWorker.Profiles;
using HccPipeline.Persistence.Cohort;

namespace HccPipeline.Cli.Commands;

/// <summary><c>hcc features</c>: export of the wide table.</summary>
internal static class FeaturesCommand
{
    public static Command Create() => new("features", "Work with extracted features.") { Export() };

    private static Command Export()
    {
        Option<string> output = new("--out") { Description = "File to write, .csv or .parquet.", HelpName = "FILE", Required = true };
        Option<bool> ready = new("--ready") { Description = "Only patients who can be learned from (record, response, both visits)." };
        Command command = new(
            "export",
            """
            Write the wide table: one row per patient, one column per feature. Imaging features carry the visit and the sequence in
            front (post_T2_SIR, pre_ADC_Mean); delta_ is post minus pre. Missing values are empty.

            Examples:
              hcc features export --out features.csv
              hcc features export --ready --out cohort.parquet
            """)
        {
            output,
            ready,
        };
        command.SetAction(async (parse, ct) =>
        {
            string path = parse.GetRequiredValue(output);
            string extension = Path.GetExtension(path).ToLowerInvariant();
            if (extension is not (".csv" or ".parquet"))
                throw new CliException($"{path} is neither .csv nor .parquet: the ending says which format to write.", ExitCodes.Usage);
            await using RegistrySession session = await RegistrySession.OpenAsync(GlobalOptions.OpenData(parse), Roles.None, ct);
            CohortScope scope = parse.GetValue(ready) ? CohortScope.Ready : CohortScope.Extracted;
            CohortSnapshot table = await session.Get<CohortReader>().ReadAsync(session.Get<ProfileCatalog>().Current.Sha256, scope, ct);
            if (table.Patients.Count == 0)
                throw new CliException("No patient has features yet; 'hcc status' shows what each one waits for.");
            if (extension == ".parquet")
                await File.WriteAllBytesAsync(path, await CohortSnapshotParquet.WriteAsync(table, ct), ct);
            else
                await WriteCsvAsync(path, table);
            await Console.Error.WriteLineAsync($"{table.Patients.Count} patients, {table.FeatureNames.Count} features: {path}");
            return ExitCodes.Done;
        });
        return command;
    }

    private static async Task WriteCsvAsync(string path, CohortSnapshot table)
    {
        await using StreamWriter writer = new(path);
        await using CsvWriter csv = new(writer, CultureInfo.InvariantCulture);
        foreach (string header in (string[])["pseudonym", "center_code", "entry_quarter", "response", "pfs_months", "pfs_event", .. table.FeatureNames])
            csv.WriteField(header);
        await csv.NextRecordAsync();
        for (int row = 0; row < table.Patients.Count; row++)
        {
            CohortPatient patient = table.Patients[row];
            csv.WriteField(patient.Pseudonym);
            csv.WriteField(patient.CenterCode);
            csv.WriteField(patient.EntryQuarter);
            csv.WriteField(patient.Response);
            csv.WriteField(patient.PfsMonths);
            csv.WriteField(patient.PfsEvent is { } seen ? seen ? "1" : "0" : null);
            foreach (string name in table.FeatureNames)
            {
                double value = table.Column(name)[row];
                csv.WriteField(double.IsNaN(value) ? null : value.ToString("R", CultureInfo.InvariantCulture));
            }
            await csv.NextRecordAsync();
        }
    }
}
