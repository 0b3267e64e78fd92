using HccPipeline.ModelWorker.Promotion;
using Xunit;

namespace HccPipeline.ModelWorker.Tests;

public sealed class PolicyTests
{
    [Fact]
    public void ReadDefault_Always_CanBeUsedAndKeepsItsHash()
    {
        HashedPolicy policy = PolicyReader.ReadDefault();
        Assert.Equal(("combined", 1, "override"), (policy.Policy.Model, policy.Policy.Approvals, policy.Policy.OnFailure));
        Assert.Equal(policy.Sha256, PolicyReader.Read(policy.Source, "again").Sha256);
        Assert.NotEqual(policy.Sha256, PolicyReader.Read(policy.Source + "# other\n", "other").Sha256);
    }

    [Theory]
    [InlineData("approvals: 1", "approvals: 3", "approvals is 0, 1 or 2")]
    [InlineData("approvals: 1", "aprovals: 1", "'aprovals' is no key of a policy.")]
    [InlineData("auc_margin: 0.05", "auc_margin: -1", "auc_margin")]
    [InlineData("auc_margin: 0.05", "auc_margin: five", "line")]
    [InlineData("model: combined", "model: best", "model is imaging")]
    [InlineData("schema: 1", "schema: 2", "schema is 2")]
    [InlineData("[0.5, 1.8]", "[1.8]", "calibration_slope")]
    [InlineData("on_failure: override", "on_failure: shrug", "on_failure")]
    [InlineData("approvers: []", "approvers: [Ada]\napprovals: 2", "approvals")]
    public void Read_ValueThatCannotBeUsed_IsRefusedByName(string from, string to, string problem)
    {
        string source = PolicyReader.ReadDefault().Source;
        Assert.Contains(from, source, StringComparison.Ordinal);
        Assert.Contains(problem, Assert.Throws<PolicyException>(() => PolicyReader.Read(source.Replace(from, to, StringComparison.Ordinal), "policy.yaml")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Compute_PatientsWhoMove_GiveBothImprovementsByHand()
    {
        // Four with the event: two up, one down; five without: one up, two down.
        double[] y = [1, 1, 1, 1, 0, 0, 0, 0, 0];
        double[] before = [0.2, 0.3, 0.6, 0.7, 0.2, 0.3, 0.6, 0.7, 0.1];
        double[] after = [0.6, 0.7, 0.4, 0.8, 0.6, 0.2, 0.3, 0.4, 0.1];

        Reclassification moved = Reclassification.Compute(before, after, y, 0.5);

        Assert.Equal((2, 1, 1, 2), (moved.EventsUp, moved.EventsDown, moved.NonEventsUp, moved.NonEventsDown));
        Assert.Equal((1 / 4.0) + (1 / 5.0), moved.NetReclassification, 1e-15);
        // z = 0.45 / √(3/16 + 3/25) = 0.811503
        Assert.Equal(0.417077, moved.NetReclassificationP, 1e-6);
        double[] up = [0.4, 0.4, -0.2, 0.1], down = [0.4, -0.1, -0.3, -0.3, 0];
        double Variance(double[] v) => v.Sum(x => Math.Pow(x - v.Average(), 2)) / (v.Length - 1) / v.Length;
        Assert.Equal(up.Average() - down.Average(), moved.IntegratedDiscrimination, 1e-15);
        double z = moved.IntegratedDiscrimination / Math.Sqrt(Variance(up) + Variance(down));
        Assert.Equal(2 * MathNet.Numerics.Distributions.Normal.CDF(0, 1, -z), moved.IntegratedDiscriminationP, 1e-12);
        Assert.Equal((0, 1, 0, 1), (Reclassification.Compute(before, before, y, 0.5) is var same ? same.NetReclassification : 9, same.NetReclassificationP, same.IntegratedDiscrimination, same.IntegratedDiscriminationP));
    }
}
