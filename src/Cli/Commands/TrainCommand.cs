using System.CommandLine;
using HccPipeline.Cli.Hosting;
using HccPipeline.Cli.Output;
using HccPipeline.FeatureWorker.Profiles;
using HccPipeline.ModelWorker;
using HccPipeline.ModelWorker.Cohort;
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
        Option<string?> overriding = new("--override") { Description = "Train although a guard refuses, for this reason; it is kept with the version and in the history of changes.", HelpName = "REASON" };
        Option<int?> replay = new("--replay") { Description = "Train this version's snapshot again, compare and store nothing.", HelpName = "VERSION" };
        Option<string[]> without = new("--without") { Description = "Patients to leave out of the replay.", HelpName = "PATIENT", AllowMultipleArgumentsPerToken = true };
        Command command = new(
            "train",
            """
            Take a snapshot of the patients who are ready, train on it and store the model as a version.
            The same snapshot and seed give the same version: running it twice changes nothing. While another process trains, it waits.
            Guards may refuse: sample size, events per candidate, balance of the classes, missing values, agreement of readers. --override goes on
            all the same; the reason stays with the version. With --replay a stored version is trained again and
            nothing is stored: whether the same bytes come out, or what changes without some of its patients.

            Examples:
              hcc train
              hcc train --seed 7 --reason "sensitivity to the folds"
              hcc train --override "feasibility study, 78 patients are all there are"
              hcc train --replay 3
              hcc train --replay 3 --without P-4f0c2a91d3e85b76
            """)
        {
            seed, reason, overriding, replay, without, GlobalOptions.By, GlobalOptions.Data, GlobalOptions.AsJson,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(without) is { Length: > 0 } && result.GetValue(replay) is null)
                result.AddError("--without belongs to --replay VERSION.");
            if (result.GetValue(overriding) is { } why && string.IsNullOrWhiteSpace(why))
                result.AddError("--override needs a reason.");
            if (result.GetValue(replay) is not null && result.GetValue(seed) is not null)
                result.AddError("A replay has the seed of its version: give --replay or --seed, not both.");
        });
        command.SetAction(async (parse, ct) =>
        {
            await using RegistrySession session = await RegistrySession.OpenAsync(GlobalOptions.OpenData(parse), Roles.None, ct);
            if (parse.GetValue(replay) is { } replayed)
                return await ReplayAsync(session, replayed, parse.GetValue(without) ?? [], parse.GetValue(GlobalOptions.AsJson), ct);
            long folds = parse.GetValue(seed) ?? session.Get<IOptions<ModelWorkerOptions>>().Value.Seed;
            string profile = session.Get<ProfileCatalog>().Current.Sha256;
            TrainingRequest request = new()
            {
                ProfileSha256 = profile, Seed = folds, Reason = parse.GetRequiredValue(reason), RequestedBy = parse.GetRequiredValue(GlobalOptions.By),
                OverrideReason = parse.GetValue(overriding),
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

    private static async Task<int> ReplayAsync(RegistrySession session, int version, string[] without, bool json, CancellationToken ct)
    {
        ReplayResult result = await session.Get<ReplayService>().ReplayAsync(version, without, ct);
        if (json)
            Json.Print(result);
        else
            ReplayView.Print(result);
        return result.IsReproduced ? ExitCodes.Done : ExitCodes.NeedsAttention;
    }
}
