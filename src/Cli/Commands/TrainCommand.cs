using System.CommandLine;
using HccPipeline.Cli.Hosting;
using HccPipeline.Cli.Output;
using HccPipeline.FeatureWorker.Profiles;
using HccPipeline.ModelWorker;
using HccPipeline.ModelWorker.Retraining;
using HccPipeline.ModelWorker.Scoring;
using Microsoft.Extensions.Options;

namespace HccPipeline.Cli.Commands;

/// <summary><c>hcc train</c>.</summary>
internal static class TrainCommand
{
    public static Command Create()
    {
        Option<long?> seed = new("--seed") { Description = "Seed of the cross-validation folds (default: ModelWorker:Seed, 1).", HelpName = "N" };
        Option<string> reason = new("--reason") { Description = "Why, kept with the version.", HelpName = "TEXT", DefaultValueFactory = _ => "by hand" };
        Command command = new(
            "train",
            """
            Take a snapshot of the patients who are ready, train on it and store the model as a version.
            The same snapshot and seed give the same version: running it twice changes nothing. While another process trains, it waits.

            Examples:
              hcc train
              hcc train --seed 7 --reason "sensitivity to the folds"
            """)
        {
            seed, reason, GlobalOptions.By, GlobalOptions.Data, GlobalOptions.AsJson,
        };
        command.SetAction(async (parse, ct) =>
        {
            await using RegistrySession session = await RegistrySession.OpenAsync(GlobalOptions.OpenData(parse), Roles.None, ct);
            long folds = parse.GetValue(seed) ?? session.Get<IOptions<ModelWorkerOptions>>().Value.Seed;
            string profile = session.Get<ProfileCatalog>().Current.Sha256;
            TrainingRequest request = new()
            {
                ProfileSha256 = profile, Seed = folds, Reason = parse.GetRequiredValue(reason), RequestedBy = parse.GetRequiredValue(GlobalOptions.By),
            };
            TrainedVersion trained = await session.Get<RetrainingService>().TrainAsync(request, ct) ?? throw new CliException("Nothing was trained.");
            var model = await session.Get<ModelCatalog>().FindAsync(trained.Version.ModelVersion, ct)
                ?? throw new CliException("The version that was just stored can't be read; run 'hcc doctor'.");
            if (parse.GetValue(GlobalOptions.AsJson))
                Json.Print(trained.Version);
            else
                ModelTables.Print(model.Row, model.Document, trained.Promoted);
            return ExitCodes.Done;
        });
        return command;
    }
}
