using System.Text.Json;
using HccPipeline.Statistics.Nomogram;
using Xunit;

namespace HccPipeline.Statistics.Tests.Nomogram;

/// <summary>rms::nomogram.</summary>
public sealed class NomogramConformityTests
{
    [Theory]
    [InlineData("nomogram/n78")]
    [InlineData("nomogram/n300")]
    [InlineData("paper/nomogram_combined")]
    public void Build_ReferenceCase_MatchesRms(string name)
    {
        ReferenceCase reference = ReferenceCase.Open(name);
        JsonElement r = reference.Result;
        Comparison compare = new(1e-8);
        double[] coef = [.. r.GetProperty("coef").EnumerateArray().Select(e => e.GetDouble())];
        double[][] x = [.. Enumerable.Range(1, 3).Select(j => reference.Column("data.csv", $"x{j}"))];
        NomogramPredictor[] predictors = [.. x.Select((c, j) => new NomogramPredictor($"x{j + 1}", coef[j + 1], c.Min(), c.Max()))];
        double[] lp = [.. Enumerable.Range(0, x[0].Length).Select(i => coef[0] + Enumerable.Range(0, 3).Sum(j => coef[j + 1] * x[j][i]))];
        NomogramChart chart = NomogramChart.Build(coef[0], predictors, (lp.Min(), lp.Max()));
        compare.Same("scale", r.GetProperty("sc_points_per_lp_unit"), chart.PointsPerLogit);
        compare.Same("lp at zero points", r.GetProperty("lp_at_zero_points"), chart.LinearPredictorAtZeroPoints);
        compare.Same("lp ticks", r.GetProperty("lp_ticks"), chart.LinearPredictorTicks);
        compare.Same("lp tick points", r.GetProperty("linear_predictor_axis").GetProperty("total_points"), chart.LinearPredictorTickPoints);
        compare.Same("total points ticks", r.GetProperty("total_points_ticks"), chart.TotalPointsTicks);
        compare.Same("probability at ticks", r.GetProperty("total_points_to_probability").GetProperty("probability"), chart.ProbabilityAtTotalPoints);
        foreach (NomogramAxis axis in chart.Axes)
        {
            JsonElement e = r.GetProperty("predictors").GetProperty(axis.Name);
            compare.Same("axis ticks", e.GetProperty("value"), axis.Values);
            compare.Same("axis xbeta", e.GetProperty("xbeta"), axis.LinearPredictor);
            compare.Same("axis points", e.GetProperty("points"), axis.Points, floor: 1e-4);
        }
        JsonElement exact = r.GetProperty("probability_axis_exact");
        compare.Same("probability axis", exact.GetProperty("total_points"),
            exact.GetProperty("probability").EnumerateArray().Select(p => chart.PointsAtProbability(p.GetDouble())));
        double[] totals = [.. Enumerable.Range(0, lp.Length).Select(i => chart.TotalPoints([x[0][i], x[1][i], x[2][i]]))];
        compare.Same("patients' points", r.GetProperty("patients").GetProperty("total_points"), totals);
        compare.Same("patients' probability", r.GetProperty("patients").GetProperty("probability"), totals.Select(chart.Probability));
        for (int i = 0; i < lp.Length; i++) Assert.Equal(1 / (1 + Math.Exp(-lp[i])), chart.Probability(totals[i]), 1e-12);
        compare.Print(name);
    }
}
