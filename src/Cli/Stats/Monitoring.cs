using System.CommandLine;
using System.Text.Json.Nodes;
using HccPipeline.Cli.Output;
using HccPipeline.Statistics.Discrimination;
using HccPipeline.Statistics.Drift;
using static HccPipeline.Cli.Stats.JsonNumbers;

namespace HccPipeline.Cli.Stats;

/// <summary>The part of <c>hcc stats drift</c> that watches the discrimination of a score: charts of the current patients' placement among the
/// baseline's, and what fall of the AUC a number of patients can show.</summary>
internal sealed class Monitoring
{
    private readonly Option<string?> _outcome = new("--outcome") { Description = "Column of both tables with the outcome, 0 or 1; with --score, watches its discrimination.", HelpName = "COLUMN" };
    private readonly Option<string?> _score = new("--score") { Description = "Column of both tables with the score, higher for cases; the current rows stand in the order in which their outcomes became known.", HelpName = "COLUMN" };
    private readonly Option<double> _runLength = new("--in-control-run-length") { Description = "Mean number of patients to a false alarm of either chart, at least 10.", HelpName = "N", DefaultValueFactory = _ => 370 };
    private readonly Option<int> _runs = new("--runs") { Description = "Simulated runs behind the limits, at least 100.", HelpName = "N", DefaultValueFactory = _ => 2000 };
    private readonly Option<double> _lambda = new("--ewma-lambda") { Description = "Weight of the newest patient.", HelpName = "L", DefaultValueFactory = _ => 0.05 };
    private readonly Option<double> _slack = new("--cusum-slack") { Description = "Slack k of the sum, in standard deviations.", HelpName = "K", DefaultValueFactory = _ => 0.25 };
    private readonly Option<double[]> _windows = StatsOptions.Numbers("--window", "Numbers of patients whose power is wanted (default: the current rows).");
    private readonly Option<double> _drop = new("--drop") { Description = "Fall of the AUC whose power is wanted.", HelpName = "D", DefaultValueFactory = _ => 0.1 };
    private readonly Option<double> _alpha = new("--alpha") { Description = "One-sided level of the test for a fall.", HelpName = "A", DefaultValueFactory = _ => 0.05 };
    private readonly Option<double> _power = new("--power") { Description = "Power that defines the smallest detectable fall.", HelpName = "P", DefaultValueFactory = _ => 0.8 };

    /// <summary>The options, in the order of the help.</summary>
    public IEnumerable<Option> Options => [_outcome, _score, _runLength, _runs, _lambda, _slack, _windows, _drop, _alpha, _power];

    /// <summary>The outcome's column, which is no predictor that could drift.</summary>
    public string? Outcome(ParseResult parse) => parse.GetValue(_outcome);

    /// <summary>Adds charts and power to a result, where outcome and score are named.</summary>
    public void AddTo(JsonObject result, ParseResult parse, CsvTable before, CsvTable now, ulong seed, CancellationToken ct)
    {
        (string? outcome, string? score) = (parse.GetValue(_outcome), parse.GetValue(_score));
        if (outcome is null && score is null)
            return;
        if (outcome is null || score is null)
            throw new CliException("--outcome and --score are needed together.", ExitCodes.Usage);
        double[] y = before.Outcome(outcome), s = before.Numbers(score), newY = now.Binary(outcome), newS = now.Numbers(score);
        AucEstimate auc = DeLong.Estimate(s, y);
        PlacementReference reference = PlacementReference.From(s, y);
        JsonObject discrimination = new() { ["baseline"] = RocJson.Estimate(auc), ["current"] = null };
        if (newY.Count(v => v == 1) > 1 && newY.Count(v => v == 0) > 1)
        {
            discrimination["current"] = RocJson.Estimate(DeLong.Estimate(newS, newY));
            discrimination["unpaired_delong"] = RocJson.Unpaired(DeLong.UnpairedTest(s, y, newS, newY));
        }
        result["discrimination"] = discrimination;
        result["placement_charts"] = Charts(parse, reference, newS, newY, seed, ct);
        result["auc_power"] = Power(parse, auc, y.Average(), y.Length, newY.Length);
    }

    private JsonObject Charts(ParseResult parse, PlacementReference reference, double[] s, double[] y, ulong seed, CancellationToken ct)
    {
        double length = parse.GetValue(_runLength);
        int runs = parse.GetValue(_runs);
        PlacementChart ewma = PlacementChart.Calibrate(reference, PlacementStatistic.Ewma, parse.GetValue(_lambda), length, seed, runs, ct);
        PlacementChart cusum = PlacementChart.Calibrate(reference, PlacementStatistic.Cusum, parse.GetValue(_slack), length, seed, runs, ct);
        PlacementCourse smooth = ewma.Run(reference, s, y), sum = cusum.Run(reference, s, y);
        return new()
        {
            ["n"] = s.Length,
            ["placement"] = Node(s.Select((v, i) => reference.Place(v, y[i]))),
            ["in_control_run_length"] = length,
            ["runs"] = runs,
            // A fall of the AUC pulls placements down: the chart is drawn that way, the library accumulates against it.
            ["ewma"] = new JsonObject
            {
                ["lambda"] = ewma.Parameter, ["lcl"] = -ewma.Limit, ["z"] = Node(smooth.Values.Select(v => -v)), ["first_alarm"] = Node(smooth.FirstAlarm),
            },
            ["cusum"] = new JsonObject
            {
                ["k"] = cusum.Parameter, ["h"] = cusum.Limit, ["lower"] = Node(sum.Values), ["first_alarm_lower"] = Node(sum.FirstAlarm),
            },
        };
    }

    private JsonObject Power(ParseResult parse, AucEstimate baseline, double prevalence, int rows, int current)
    {
        JsonObject json = new()
        {
            ["auc"] = baseline.Auc, ["prevalence"] = prevalence, ["n_baseline"] = rows, ["alpha"] = parse.GetValue(_alpha), ["drop"] = parse.GetValue(_drop),
            ["target_power"] = parse.GetValue(_power),
        };
        if (baseline.Auc <= 0.5)
        {
            json["remark"] = "The baseline's AUC is not above 0.5: there is no discrimination that could be lost.";
            return json;
        }
        int[] windows = parse.GetValue(_windows) is { Length: > 0 } given ? Array.ConvertAll(given, Patients) : [current];
        AucDropPower[] powers = Array.ConvertAll(windows, n =>
            AucDropPower.Compute(baseline.Auc, prevalence, rows, n, parse.GetValue(_drop), parse.GetValue(_alpha), parse.GetValue(_power)));
        json["n"] = Node(windows);
        json["half_width95"] = Node(powers.Select(p => p.HalfWidth));
        json["power"] = Node(powers.Select(p => p.Power));
        json["minimum_detectable_drop"] = Node(powers.Select(p => p.DetectableDrop));
        return json;

        static int Patients(double n) => n == Math.Floor(n) && n is >= 1 and <= int.MaxValue
            ? (int)n
            : throw new CliException(FormattableString.Invariant($"--window: {n} is no number of patients."), ExitCodes.Usage);
    }
}
