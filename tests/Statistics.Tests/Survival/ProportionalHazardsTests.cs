using HccPipeline.Statistics.Survival;
using Xunit;

namespace HccPipeline.Statistics.Tests.Survival;

public sealed class ProportionalHazardsTests
{
    /// <summary>χ² of gf2, x1, x2 and GLOBAL from survival::cox.zph 3.5-3 on these cases.</summary>
    [Theory]
    [InlineData("survival/n78", TimeTransform.KaplanMeier, new[] { 0.684208213697041, 1.20422842147026, 0.314948249457335, 1.98312256446046 })]
    [InlineData("survival/n78", TimeTransform.Identity, new[] { 0.644622293646573, 0.981877284324663, 0.282484980933866, 1.75999635544338 })]
    [InlineData("survival/n78", TimeTransform.Log, new[] { 0.490524826054008, 2.90802369129248, 0.837687877823377, 3.69872670765614 })]
    [InlineData("survival/ties_n200", TimeTransform.KaplanMeier, new[] { 1.28862304571661, 0.104029777943156, 1.95538058675344, 3.2586142700568 })]
    [InlineData("survival/ties_n200", TimeTransform.Identity, new[] { 1.87087399738967, 0.515131118877023, 1.8986960536289, 4.14382755949269 })]
    [InlineData("survival/ties_n200", TimeTransform.Log, new[] { 1.39928031377039, 0.0540865052417504, 1.73545425728344, 3.03242499581687 })]
    public void Check_ReferenceData_MatchesCoxZph(string name, TimeTransform transform, double[] chiSquared)
    {
        ReferenceCase reference = ReferenceCase.Open(name);
        double[] time = reference.Column("data.csv", "time"), status = reference.Column("data.csv", "status");
        string[] names = ["gf2", "x1", "x2"];
        double[] x = CoxConformityTests.Columns(reference, names);
        CoxFit fit = CoxRegression.Fit(time, status, x, names);
        ProportionalityTest[] tests = [.. ProportionalHazards.Check(time, status, x, fit, transform)];
        Assert.Equal([.. names, "GLOBAL"], tests.Select(t => t.Name));
        Comparison compare = new(1e-7);
        for (int j = 0; j < tests.Length; j++) compare.Same("cox.zph", chiSquared[j], tests[j].ChiSquared!.Value);
        compare.Print($"{name} {transform}");
    }

    [Fact]
    public void Check_AllEventsAtOneTime_HasNoTests()
    {
        double[] time = [5, 5, 5, 5, 7, 8, 9, 3], status = [1, 1, 1, 1, 0, 0, 0, 0], x = [1, 2, 0, 3, 1, 0, 2, 1];
        CoxFit fit = CoxRegression.Fit(time, status, x, ["x"]);
        Assert.All(ProportionalHazards.Check(time, status, x, fit), t => Assert.Equal((null, null), (t.ChiSquared, t.P)));
    }
}
