using System.Text.Json;
using HccPipeline.Statistics.DecisionCurve;
using Xunit;

namespace HccPipeline.Statistics.Tests.DecisionCurve;

public sealed class NetBenefitConformityTests
{
    [Theory]
    [InlineData("dca/n78")]
    [InlineData("dca/ties_n300")]
    [InlineData("paper/dca")]
    public void Compute_ReferenceCase_MatchesFormulas(string name)
    {
        ReferenceCase reference = ReferenceCase.Open(name);
        JsonElement r = reference.Result;
        double[] y = reference.Column("data.csv", "y");
        Comparison compare = new(1e-8);
        foreach (JsonProperty model in r.GetProperty("models").EnumerateObject())
        {
            NetBenefit curve = NetBenefit.Compute(reference.Column("data.csv", model.Name), y, NetBenefit.Percents.AsSpan());
            compare.Same("prevalence", r.GetProperty("prevalence"), curve.Prevalence);
            compare.Same("thresholds", r.GetProperty("thresholds"), curve.Thresholds, 0);
            compare.Same("treat all", r.GetProperty("treat_all"), curve.All);
            compare.Same("treat none", r.GetProperty("treat_none"), curve.None);
            compare.Same("true positives", model.Value.GetProperty("tp"), curve.TruePositives);
            compare.Same("false positives", model.Value.GetProperty("fp"), curve.FalsePositives);
            compare.Same("net benefit", model.Value.GetProperty("net_benefit"), curve.Model);
            compare.Same("standardised", model.Value.GetProperty("standardized_net_benefit"), curve.Standardized);
            compare.Same("net reduction", model.Value.GetProperty("net_reduction_per_100"), curve.NetReductionPer100, floor: 1e-5);
            compare.Same("untreated", model.Value.GetProperty("untreated_net_benefit"), curve.Untreated);
            compare.Same("useful", r.GetProperty("thresholds_where_model_beats_all_and_none").GetProperty(model.Name), curve.Useful);
            compare.Same("area", r.GetProperty("area_under_nb_curve_trapezoid_1_to_99").GetProperty(model.Name), curve.Area);
        }
        compare.Print(name);
    }
}
