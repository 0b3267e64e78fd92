using System.Text.Json;
using HccPipeline.Cli.Output;

namespace HccPipeline.Cli.Tests.Stats;

/// <summary><c>hcc stats sample-size</c>, and the same block beside a model.</summary>
public sealed class SampleSizeResultTests
{
    /// <summary>Worked example of Riley et al., BMJ 2020;368:m441.</summary>
    [Fact]
    public void SampleSize_PublishedExample_GivesPublishedTable()
    {
        JsonElement result = StatsCall.Run("sample-size", "--parameters", "24", "--prevalence", "0.174", "--r2", "0.288");
        Assert.Equal([623, 662, 221, 662], result.GetProperty("results_table").GetProperty("samp_size").EnumerateArray().Select(v => v.GetInt32()));
        Assert.Equal(662, result.GetProperty("sample_size").GetInt32());
        Assert.Equal(4.8, result.GetProperty("EPP").GetDouble(), 0.005);
        Assert.False(result.TryGetProperty("at_hand", out _));
    }

    [Fact]
    public void SampleSize_Table_SaysWhatItsRowsAreWorth()
    {
        string csv = "id,y,a,b\n" + string.Concat(Enumerable.Range(0, 50).Select(i => $"P{i},{(i % 5 == 0 ? 1 : 0)},{i % 7},{i % 3}\n"));
        JsonElement result = StatsCall.RunOn(csv, "sample-size", "--outcome", "y", "--exclude", "id", "--auc", "0.75");
        JsonElement hand = result.GetProperty("at_hand");
        Assert.Equal((50, 10.0, 5.0), (hand.GetProperty("n").GetInt32(), hand.GetProperty("events").GetDouble(), hand.GetProperty("EPP").GetDouble()));
        Assert.False(hand.GetProperty("is_enough").GetBoolean());
        Assert.Equal(0.2, result.GetProperty("prevalence").GetDouble(), 1e-15);
    }

    [Theory]
    [InlineData("lasso", "--nfolds", "5")]
    [InlineData("logistic", "--no-profile", "")]
    public void Model_AnyCohort_SaysEventsPerCandidate(string kind, string option, string value)
    {
        Random random = new(5);
        string csv = "y,a,b\n" + string.Concat(Enumerable.Range(0, 40).Select(i => FormattableString.Invariant($"{i % 2},{random.NextDouble()},{random.NextDouble()}\n")));
        JsonElement block = StatsCall.RunOn(csv, kind, [.. new[] { "--outcome", "y", option, value }.Where(a => a.Length > 0)]).GetProperty("sample_size");
        Assert.Equal(10, block.GetProperty("at_hand").GetProperty("EPP").GetDouble());
        Assert.Equal(0.15, block.GetProperty("nag_r2").GetDouble(), 1e-12);
    }

    [Theory]
    [InlineData("Give --parameters and --prevalence", "--parameters", "5")]
    [InlineData("Give one of --auc, --r2 and --nagelkerke", "--parameters", "5", "--prevalence", "0.3", "--auc", "0.8", "--r2", "0.2")]
    [InlineData("An AUC strictly between 0.5 and 1", "--parameters", "5", "--prevalence", "0.3", "--auc", "0.4")]
    [InlineData("lies strictly between 0 and 0.70", "--parameters", "5", "--prevalence", "0.3", "--r2", "0.8")]
    public void SampleSize_ImpossibleExpectation_IsRefused(string expected, params string[] args)
    {
        CliException e = Assert.Throws<CliException>(() => StatsCall.Run(["sample-size", .. args]));
        Assert.Contains(expected, e.Message, StringComparison.Ordinal);
    }
}
