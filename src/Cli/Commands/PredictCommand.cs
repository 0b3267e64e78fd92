using System.CommandLine;
using HccPipeline.Cli.Hosting;
using HccPipeline.Cli.Output;
using HccPipeline.Contracts.Models;
using HccPipeline.ModelWorker.Scoring;
using HccPipeline.Persistence.Cohort;
using HccPipeline.Persistence.Models;
using Spectre.Console;

namespace HccPipeline.Cli.Commands;

/// <summary><c>hcc predict</c>.</summary>
internal static class PredictCommand
{
    public static Command Create()
    {
        Argument<string> pseudonym = new("pseudonym") { Description = "Pseudonym of the patient ('hcc status --json' or the exported features show them)." };
        Option<int?> version = new("--model") { Description = "Model version (default: the champion).", HelpName = "N" };
        Option<string> which = new("--submodel") { Description = "Which of the three models.", DefaultValueFactory = _ => "combined" };
        which.AcceptOnlyFromAmong("imaging", "clinical", "combined");
        Command command = new(
            "predict",
            """
            Score a patient: probability of progression and risk group, with the inputs behind it and their points on the nomogram.
            A missing input, or one outside the range of the training cohort, is refused by name. The score that was frozen when the patient's
            data arrived is shown beside it.

            Examples:
              hcc predict P-4f0c2a91d3e85b76
              hcc predict P-4f0c2a91d3e85b76 --submodel clinical --json
            """)
        {
            pseudonym, version, which, GlobalOptions.Data, GlobalOptions.AsJson,
        };
        command.SetAction(async (parse, ct) =>
        {
            await using RegistrySession session = await RegistrySession.OpenAsync(GlobalOptions.OpenData(parse), Roles.None, ct);
            int? number = parse.GetValue(version);
            var model = await session.Get<ModelCatalog>().FindAsync(number, ct) ?? throw ModelsCommand.NoSuchModel(number);
            string patient = parse.GetRequiredValue(pseudonym);
            IReadOnlyDictionary<string, double> features = await session.Get<CohortReader>().ReadPatientAsync(model.Document.ProfileSha256, patient, ct);
            if (features.Count == 0)
                throw new CliException($"Nothing is known of patient {patient}; 'hcc features export' lists the pseudonyms.");
            SubmodelDocument submodel = model.Document.Models.First(m => m.Name == parse.GetRequiredValue(which));
            Prediction prediction = ModelScorer.Score(submodel, features);
            PredictionRow? frozen = (await session.Get<PredictionRepository>().ListOfPatientAsync(patient, model.Row.ModelVersion, ct))
                .FirstOrDefault(p => p.Submodel == submodel.Name && p.Probability is not null);
            if (parse.GetValue(GlobalOptions.AsJson))
                Json.Print(new { patient, modelVersion = model.Row.ModelVersion, prediction, frozen = frozen is null ? null : new { frozen.Probability, frozen.RiskGroup, frozen.OutcomeKnown, frozen.ScoredMs } });
            else
                Print(patient, model.Row.ModelVersion, prediction, frozen);
            return ExitCodes.Done;
        });
        return command;
    }

    private static void Print(string patient, int version, Prediction prediction, PredictionRow? frozen)
    {
        AnsiConsole.MarkupLineInterpolated(
            $"{patient}: probability of progression [bold]{prediction.Probability:F3}[/], [bold]{prediction.RiskGroup}[/] risk (threshold {prediction.RiskThreshold:F3}); model version {version}, {prediction.Model}");
        Table table = new Table().Border(TableBorder.Simple)
            .AddColumn("input").AddColumn(new TableColumn("value").RightAligned()).AddColumn("training range").AddColumn(new TableColumn("log odds").RightAligned())
            .AddColumn(new TableColumn("points").RightAligned());
        foreach (PredictionInput input in prediction.Inputs)
            table.AddRow(Markup.Escape(input.Name), $"{input.Value:G6}", $"{input.Minimum:G5} – {input.Maximum:G5}", $"{input.LogOdds:F3}", $"{input.Points:F1}");
        table.AddRow("total", "", "", "", $"{prediction.Inputs.Sum(i => i.Points):F1}");
        AnsiConsole.Write(table);
        if (frozen is not null)
        {
            AnsiConsole.MarkupLineInterpolated(
                $"Frozen on {DateTimeOffset.FromUnixTimeMilliseconds(frozen.ScoredMs):yyyy-MM-dd HH:mm} UTC{(frozen.OutcomeKnown ? ", when the outcome was known" : ", before the outcome")}: {frozen.Probability:F3}, {frozen.RiskGroup} risk.");
        }
    }
}
