using System.Text.Json;
using HccPipeline.Cli.Output;

namespace HccPipeline.Cli.Tests.Stats;

/// <summary>What users get wrong, and what the command says about it.</summary>
public sealed class StatsInputTests
{
    private const string Table = """
        id,y,a,b
        P1,0,1.5,2
        P2,1,2.5,1
        P3,0,0.5,4
        P4,1,2.0,3
        P5,0,2.2,5
        P6,1,1.0,2
        P7,1,3.0,1
        P8,0,1.1,3
        """;

    [Fact]
    public void Logistic_CellIsText_NamesLineAndColumn()
    {
        CliException e = Assert.Throws<CliException>(() => StatsCall.RunOn(Table.Replace("P4,1,2.0", "P4,1,two", StringComparison.Ordinal), "logistic", "--outcome", "y", "--exclude", "id"));
        Assert.Contains("line 5, column 'a': 'two' is not a finite number", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("NA")]
    [InlineData("NaN")]
    public void Logistic_CellIsMissing_NamesLineAndColumn(string cell)
    {
        CliException e = Assert.Throws<CliException>(() => StatsCall.RunOn(Table.Replace("P3,0,0.5", $"P3,0,{cell}", StringComparison.Ordinal), "logistic", "--outcome", "y", "--x", "a"));
        Assert.Contains("line 4, column 'a': the value is missing", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Logistic_CellIsInfinite_NamesLineAndColumn()
    {
        CliException e = Assert.Throws<CliException>(() => StatsCall.RunOn(Table.Replace("P3,0,0.5", "P3,0,Inf", StringComparison.Ordinal), "logistic", "--outcome", "y", "--x", "a"));
        Assert.Contains("line 4, column 'a': 'Inf' is not a finite number", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Logistic_BadCellInUnusedColumn_IsNoError()
    {
        JsonElement result = StatsCall.RunOn(Table.Replace("P4,1,2.0,3", "P4,1,2.0,?", StringComparison.Ordinal), "logistic", "--outcome", "y", "--x", "a");
        Assert.Equal(["(Intercept)", "a"], result.GetProperty("fit").GetProperty("names").EnumerateArray().Select(v => v.GetString()));
    }

    [Fact]
    public void Roc_ColumnIsNotThere_NamesTheColumnsThatAre()
    {
        CliException e = Assert.Throws<CliException>(() => StatsCall.RunOn(Table, "roc", "--outcome", "y", "--score", "probability"));
        Assert.Contains("no column 'probability'; it has id, y, a, b", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("roc")]
    [InlineData("lasso")]
    [InlineData("logistic")]
    [InlineData("table1")]
    [InlineData("decision-curve")]
    public void AnyKind_OneClassOnly_SaysSo(string kind)
    {
        CliException e = Assert.Throws<CliException>(() => StatsCall.RunOn("y,a\n1,0.1\n1,0.2\n1,0.3\n", kind, "--outcome", "y"));
        Assert.Contains("column 'y': all 3 outcomes are 1; both classes are needed", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Roc_OutcomeIsTwo_NamesLine()
    {
        CliException e = Assert.Throws<CliException>(() => StatsCall.RunOn("y,a\n1,0.1\n0,0.2\n2,0.3\n", "roc", "--outcome", "y"));
        Assert.Contains("line 4, column 'y': 2 is neither 0 nor 1", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("y,a\n", "has column names but no rows")]
    [InlineData("y,a\n1,2\n0\n1,3\n", "line 3: has 1 cells, the header has 2")]
    [InlineData("y,a,a\n1,2,3\n", "line 1: column 'a' is there 2 times")]
    public void Roc_TableHasTheWrongShape_SaysWhere(string csv, string expected)
    {
        CliException e = Assert.Throws<CliException>(() => StatsCall.RunOn(csv, "roc", "--outcome", "y"));
        Assert.Contains(expected, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Survival_AllCensored_GivesCurvesWithoutMedianOrModel()
    {
        JsonElement result = StatsCall.RunOn("t,d,g\n1,0,a\n2,0,b\n3,0,a\n4,0,b\n", "survival", "--time", "t", "--status", "d", "--group", "g");
        Assert.Equal(JsonValueKind.Null, result.GetProperty("km_all").GetProperty("median_log").GetProperty("quantile")[1].ValueKind);
        Assert.Equal(1, result.GetProperty("logrank").GetProperty("p").GetDouble());
        Assert.False(result.TryGetProperty("cox_group_efron", out _));
        Assert.Equal(["a", "b"], result.GetProperty("km_by_group").EnumerateObject().Select(g => g.Name));
    }

    [Fact]
    public void Logistic_SeparatedClasses_AreNamedAndGetFirth()
    {
        JsonElement result = StatsCall.RunOn("y,a,b\n0,1,3\n0,2,1\n0,3,4\n1,4,1\n1,5,5\n1,6,2\n", "logistic", "--outcome", "y");
        Assert.Equal("complete", result.GetProperty("separation").GetProperty("type").GetString());
        Assert.Contains("a", result.GetProperty("separation").GetProperty("columns").EnumerateArray().Select(c => c.GetString()));
        Assert.False(result.TryGetProperty("fit", out _));
        Assert.All(result.GetProperty("firth").GetProperty("coef").EnumerateArray(), c => Assert.True(double.IsFinite(c.GetDouble())));
    }

    [Fact]
    public void Agreement_CategoriesAsText_GivesKappa()
    {
        // Counts yes/yes 20, yes/no 5, no/yes 10, no/no 15: observed 0.7, expected 0.5.
        string csv = "r1,r2\n" + string.Concat(Enumerable.Repeat("yes,yes\n", 20)) + string.Concat(Enumerable.Repeat("yes,no\n", 5))
            + string.Concat(Enumerable.Repeat("no,yes\n", 10)) + string.Concat(Enumerable.Repeat("no,no\n", 15));
        Assert.Equal(0.4, StatsCall.RunOn(csv, "agreement", "--categories").GetProperty("kappa").GetProperty("kappa").GetDouble(), 1e-12);
    }

    [Fact]
    public void Lasso_SameSeed_SameBits_AnyThreads()
    {
        Random random = new(3);
        string csv = "y,a,b,c\n" + string.Concat(Enumerable.Range(0, 60).Select(i => FormattableString.Invariant($"{i % 2},{random.NextDouble() + (i % 2 * 0.4)},{random.NextDouble()},{random.NextDouble()}\n")));
        string one = StatsCall.RunOn(csv, "lasso", "--outcome", "y", "--seed", "5", "--threads", "1", "--repeats", "3", "--stability", "10").GetRawText();
        Assert.Equal(one, StatsCall.RunOn(csv, "lasso", "--outcome", "y", "--seed", "5", "--threads", "2", "--repeats", "3", "--stability", "10").GetRawText());
        Assert.NotEqual(one, StatsCall.RunOn(csv, "lasso", "--outcome", "y", "--seed", "6", "--repeats", "3", "--stability", "10").GetRawText());
    }

    [Fact]
    public void Lasso_Limits_HoldAtEveryPenalty()
    {
        Random random = new(3);
        string csv = "y,a,b,c\n" + string.Concat(Enumerable.Range(0, 60).Select(i => FormattableString.Invariant($"{i % 2},{random.NextDouble() - (i % 2 * 0.4)},{random.NextDouble() + (i % 2 * 0.4)},{random.NextDouble() + (i % 2 * 0.4)}\n")));
        JsonElement result = StatsCall.RunOn(csv, "lasso", "--outcome", "y", "--nfolds", "5", "--lower-limits", "0", "--upper-limits", "c=0.5");
        JsonElement last = result.GetProperty("path").GetProperty("beta").EnumerateArray().Last();
        Assert.Equal([2, 3], last.GetProperty("j").EnumerateArray().Select(v => v.GetInt32()));
        Assert.Equal(0.5, last.GetProperty("v")[1].GetDouble());
        CliException e = Assert.Throws<CliException>(() => StatsCall.RunOn(csv, "lasso", "--outcome", "y", "--lower-limits", "c=1"));
        Assert.Contains("lower limit of column 'c' is 1", e.Message, StringComparison.Ordinal);
        e = Assert.Throws<CliException>(() => StatsCall.RunOn(csv, "lasso", "--outcome", "y", "--upper-limits", "1", "2"));
        Assert.Contains("--upper-limits: 2 numbers for 3 predictors", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Roc_ThreeScores_ComparesEachTwo()
    {
        JsonElement result = StatsCall.RunOn("y,a,b,c\n0,1,2,3\n1,4,1,2\n0,2,2,5\n1,3,5,1\n0,3,1,4\n1,5,4,6\n", "roc", "--outcome", "y");
        Assert.Equal(["a b", "a c", "b c"], result.GetProperty("paired_delong_all").EnumerateArray().Select(t => $"{t.GetProperty("first").GetString()} {t.GetProperty("second").GetString()}"));
        Assert.True(JsonElement.DeepEquals(result.GetProperty("paired_delong"), result.GetProperty("paired_delong_all")[0]));
    }

    [Fact]
    public void Lasso_MissingPredictor_IsRefusedOrImputed()
    {
        string csv = "y,a,b\n" + string.Concat(Enumerable.Range(0, 40).Select(i => $"{i % 2},{(i == 7 ? "NA" : $"{(i * 37) % 11}")},{(i * 13) % 7}\n"));
        CliException e = Assert.Throws<CliException>(() => StatsCall.RunOn(csv, "lasso", "--outcome", "y"));
        Assert.Contains("line 9, column 'a': the value is missing", e.Message, StringComparison.Ordinal);
        JsonElement imputed = StatsCall.RunOn(csv, "lasso", "--outcome", "y", "--impute", "median");
        Assert.All(imputed.GetProperty("cv").GetProperty("deviance_default").GetProperty("cvm").EnumerateArray(), v => Assert.True(double.IsFinite(v.GetDouble())));
    }

    [Fact]
    public void Calibration_LassoProcess_GivesOptimismAndCentres()
    {
        Random random = new(8);
        string csv = "y,center,a,b\n" + string.Concat(Enumerable.Range(0, 90).Select(i => FormattableString.Invariant($"{i % 2},C{i % 3},{random.NextDouble() + (i % 2 * 0.5)},{random.NextDouble()}\n")));
        JsonElement result = StatsCall.RunOn(csv, "calibration", "--outcome", "y", "--x", "a", "b", "--process", "lasso", "--nfolds", "5", "--bootstrap", "20", "--centre", "center");
        JsonElement optimism = result.GetProperty("bootstrap_own");
        Assert.Equal(20, optimism.GetProperty("B").GetInt32());
        Assert.InRange(optimism.GetProperty("corrected")[0].GetDouble(), 0.5, optimism.GetProperty("original")[0].GetDouble());
        Assert.Equal(["C0", "C1", "C2"], result.GetProperty("leave_one_centre_out").GetProperty("centres").EnumerateArray().Select(c => c.GetProperty("centre").GetString()));
    }

    [Fact]
    public void Calibration_ReplicateCannotBeFitted_SaysWhy()
    {
        // Ten rows with two cases: a resample with one case has a fold that leaves none to train on.
        string csv = "y,a,b\n" + string.Concat(Enumerable.Range(0, 10).Select(i => $"{(i < 2 ? 1 : 0)},{(i * 7) % 10},{(i * 3) % 10}\n"));
        CliException e = Assert.Throws<CliException>(() =>
            StatsCall.RunOn(csv, "calibration", "--outcome", "y", "--x", "a", "b", "--process", "lasso", "--nfolds", "3", "--bootstrap", "100"));
        Assert.Contains("In one of the replicates: A class has a single row", e.Message, StringComparison.Ordinal);
    }
}
