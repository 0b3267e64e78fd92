using System.Globalization;
using HccPipeline.Contracts.Models;
using HccPipeline.Persistence.Blobs;
using HccPipeline.Persistence.Models;
using Microsoft.Data.Sqlite;

namespace HccPipeline.Benchmarks.Dashboard;

/// <summary>Stores model versions of a real size: three models, sixty candidates, a path of a hundred penalties.</summary>
internal static class ManyVersions
{
    private const int Candidates = 60, Penalties = 100, Patients = 1000;

    public static async Task FillAsync(string path, IBlobStore blobs, int count, long nowMs)
    {
        await using SqliteConnection db = new($"Data Source={path};Pooling=False");
        await db.OpenAsync();
        for (int version = 1; version <= count; version++)
        {
            string snapshot = version.ToString("x64", CultureInfo.InvariantCulture);
            string model = await blobs.PutAsync(CanonicalJson.Write(Document(version, snapshot)), CancellationToken.None);
            await using SqliteCommand command = db.CreateCommand();
            command.CommandText = """
                INSERT INTO cohort_snapshot (snapshot_sha256, profile_sha256, patient_count, event_count, feature_count, created_ms) VALUES (@Snapshot, 'profile', 1000, 400, 60, @Ms);
                INSERT INTO model_version (model_version, snapshot_sha256, seed, code_version, model_sha256, reason, training_ms, created_ms) VALUES (@Version, @Snapshot, 1, 'benchmark', @Model, 'schedule', 9000, @Ms);
                INSERT INTO report (model_version, html_sha256, json_sha256, published_ms) VALUES (@Version, @Model, @Model, @Ms);
                INSERT INTO promotion (promotion_id, model_version, reason, promoted_ms) VALUES (@Version, @Version, 'it holds', @Ms);
                INSERT INTO training_run (run_id, profile_sha256, seed, reason, requested_by, holder, requested_ms, started_ms, stage, steps_done, steps_total, finished_ms, outcome, model_version)
                VALUES ('t' || @Version, 'profile', 1, 'schedule', 'automatic', 'h', @Ms, @Ms, 'done', 3, 3, @Ms, 'trained', @Version);
                """;
            command.Parameters.AddWithValue("@Version", version);
            command.Parameters.AddWithValue("@Snapshot", snapshot);
            command.Parameters.AddWithValue("@Model", model);
            command.Parameters.AddWithValue("@Ms", nowMs - ((count - version) * 86_400_000L));
            await command.ExecuteNonQueryAsync();
        }
    }

    private static ModelDocument Document(int version, string snapshot) => new()
    {
        Schema = ModelDocument.CurrentSchema, CodeVersion = "benchmark", SnapshotSha256 = snapshot, ProfileSha256 = "profile", Seed = 1, PatientCount = Patients, ProgressionCount = 400,
        FoldIds = [.. Enumerable.Range(0, Patients).Select(i => (i % 10) + 1)],
        Models = [.. new[] { "imaging", "clinical", "combined" }.Select(name => Submodel(name, version))],
    };

    private static SubmodelDocument Submodel(string name, int version)
    {
        string[] candidates = [.. Enumerable.Range(0, Candidates).Select(i => $"post_T2_feature_{i}")];
        double[] along = [.. Enumerable.Range(1, Penalties).Select(i => 1.0 / (i + version))];
        return new()
        {
            Name = name, Candidates = candidates, Excluded = [],
            Lasso = new()
            {
                Lambda = along, MeanDeviance = along, StandardError = along, LambdaMin = along[^1], Lambda1Se = along[50], Rule = "lambda.1se", Selected = [new(candidates[0], 0.3)],
                StandardizedPath = [.. candidates.Select(_ => along)],
            },
            Logistic = new()
            {
                Method = "maximum-likelihood", Intercept = -0.4, InterceptStandardError = 0.1, LogLikelihood = -500, NullLogLikelihood = -600,
                Predictors = [.. candidates.Take(5).Select(c => new PredictorDocument
                {
                    Name = c, Beta = 0.3, StandardError = 0.1, PValue = 0.003, OddsRatio = 1.35, OddsRatioLower = 1.1, OddsRatioUpper = 1.6, OddsRatioPerSd = 1.4, Minimum = -3, Maximum = 3,
                })],
            },
            Metrics = new() { Auc = 0.8, AucLower = 0.77, AucUpper = 0.83, CrossValidatedAuc = 0.78, Brier = 0.18, RiskThreshold = 0.4 },
        };
    }
}
