using System.CommandLine;
using HccPipeline.Cli.Hosting;
using HccPipeline.Cli.Output;
using HccPipeline.FeatureWorker.Profiles;
using HccPipeline.Persistence.Cohort;
using HccPipeline.Persistence.Registry;
using Microsoft.Extensions.Options;
using Spectre.Console;

namespace HccPipeline.Cli.Commands;

/// <summary><c>hcc cohort</c>: who can be learned from, and who waits for what.</summary>
internal static class CohortCommand
{
    public static Command Create()
    {
        Option<string?> center = new("--center") { Description = "Only this centre.", HelpName = "CODE" };
        Option<bool> everyone = new("--all") { Description = "List those who are ready, too." };
        Option<bool> waiting = new("--waiting") { Description = "List nobody but those who wait, which is the default." };
        Command command = new(
            "cohort",
            """
            Show every patient who can't be learned from yet, what for, and where the label stands: pending, mature, censored, adjudicated, revised.

            Examples:
              hcc cohort
              hcc cohort --center BER --waiting
              hcc cohort --all --json
              hcc cohort manifest 3      who was in the snapshot of model version 3, who was left out and why
            """)
        {
            center, everyone, waiting, GlobalOptions.Data, GlobalOptions.AsJson, CohortManifestCommand.Create(),
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(everyone) && result.GetValue(waiting))
                result.AddError("Give --all or --waiting, not both.");
        });
        command.SetAction(async (parse, ct) =>
        {
            await using RegistrySession session = await RegistrySession.OpenAsync(GlobalOptions.OpenData(parse), Roles.None, ct);
            string profile = session.Get<ProfileCatalog>().Current.Sha256;
            CohortOptions rules = session.Get<IOptions<CohortOptions>>().Value;
            IReadOnlyList<PatientReadiness> patients = await session.Get<CohortReader>().ListReadinessAsync(profile, ct);
            if (parse.GetValue(center) is { } code)
            {
                if (patients.Count > 0 && !patients.Any(p => p.CenterCode == code))
                    throw new CliException($"No patient of a centre '{code}'; there are {string.Join(", ", patients.Select(p => p.CenterCode).Distinct().Order(StringComparer.Ordinal))}.");
                patients = [.. patients.Where(p => p.CenterCode == code)];
            }
            int withdrawn = (await session.Get<WithdrawalRepository>().ListAsync(ct)).Count;
            CohortOverview overview = CohortOverview.Of(patients, rules, withdrawn);
            IReadOnlyList<PatientReadiness> shown = parse.GetValue(everyone) ? patients : [.. patients.Where(p => !p.IsReady)];
            if (parse.GetValue(GlobalOptions.AsJson))
                Json.Print(CohortView.Document(profile, overview, shown));
            else if (overview.Patients == 0)
                Console.WriteLine("No patient yet: 'hcc ingest' takes studies and clinical records in.");
            else
                AnsiConsole.Write(CohortView.Of(overview, shown, rules));
            return ExitCodes.Done;
        });
        return command;
    }
}
