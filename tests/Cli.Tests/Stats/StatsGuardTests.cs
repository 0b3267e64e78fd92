using System.Globalization;
using System.Text;
using System.Text.Json;
using HccPipeline.Cli.Output;

namespace HccPipeline.Cli.Tests.Stats;

/// <summary>What <c>hcc stats</c> refuses, and what it says where a number does not exist.</summary>
public sealed class StatsGuardTests
{
    private static readonly string Cohort = "y,a,b,w,o,f\n" + string.Concat(Enumerable.Range(1, 40).Select(i => string.Create(CultureInfo.InvariantCulture,
        $"{(Math.Sin(i) + Math.Sin(5.1 * i) > 0 ? 1 : 0)},{Math.Sin(i):R},{Math.Cos(2.3 * i):R},{1 + (i % 3)},{0.8 * Math.Cos(i):R},{(i % 5) + 1}\n")));

    [Theory]
    [InlineData("lasso", "column 'y' too", "--outcome", "y", "--x", "a", "b", "y")]
    [InlineData("lasso", "column 'w' too", "--outcome", "y", "--weights", "w", "--x", "a", "w")]
    [InlineData("lasso", "column 'o' too", "--outcome", "y", "--offset", "o", "--x", "a", "o")]
    [InlineData("lasso", "column 'f' too", "--outcome", "y", "--folds", "f", "--x", "a", "f")]
    [InlineData("lasso", "column 'a' is named 2 times", "--outcome", "y", "--x", "a", "b", "a")]
    [InlineData("logistic", "column 'y' too", "--outcome", "y", "--x", "a", "y")]
    [InlineData("roc", "--score: another option names column 'y' too", "--outcome", "y", "--score", "a", "y")]
    [InlineData("table1", "column 'y' too", "--outcome", "y", "--x", "a", "y")]
    [InlineData("table1", "column 'a' is named 2 times", "--outcome", "y", "--x", "a,a")]
    [InlineData("nomogram", "column 'y' too", "--outcome", "y", "--x", "a", "y")]
    [InlineData("calibration", "column 'y' too", "--outcome", "y", "--x", "a", "y", "--bootstrap", "5")]
    [InlineData("survival", "column 'w' too", "--time", "w", "--status", "y", "--x", "a", "w")]
    [InlineData("agreement", "column 'a' is named 2 times", "--x", "a", "a")]
    [InlineData("calibration", "--bootstrap needs the predictors", "--outcome", "y", "--p", "p", "--bootstrap", "5")]
    [InlineData("survival", "--strata needs groups", "--time", "w", "--status", "y", "--strata", "f")]
    [InlineData("lasso", "--repeats draws folds", "--outcome", "y", "--folds", "f", "--repeats", "3")]
    [InlineData("lasso", "--nfolds draws folds", "--outcome", "y", "--folds", "f", "--nfolds", "5")]
    [InlineData("agreement", "--levels is for categories", "--x", "a", "b", "--levels", "low", "high")]
    public void AnyKind_OptionsThatContradict_AreRefused(string kind, string expected, params string[] args)
    {
        CliException e = Assert.Throws<CliException>(() => StatsCall.RunOn(WithProbability(), kind, args));
        Assert.Contains(expected, e.Message, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Usage, e.ExitCode);
    }

    [Theory]
    [InlineData("2,-1,", "line 3, column 'w': -1 is negative; a weight is not", "--weights", "w")]
    [InlineData("2,1,0", "line 3, column 'f': 0 is no fold: they are numbered from 1", "--folds", "f")]
    [InlineData("2,1,9", "column 'f': fold 6 of 9 is empty", "--folds", "f")]
    [InlineData("1e300,1,1", "line 3, column 'a': 1E+300 is too large", "--outcome", "y")]
    [InlineData("\"1,5\",1,1", "line 3, column 'a': '1,5' is not a finite number; decimals need a point", "--outcome", "y")]
    public void Lasso_CellThatCannotBeUsed_NamesLineAndColumn(string cells, string expected, string option, string column)
    {
        string csv = "y,a,w,f\n" + string.Concat(Enumerable.Range(0, 20).Select(i => i == 1 ? $"1,{cells}{(cells.EndsWith(',') ? "1" : "")}\n" : $"{i % 2},{i * 7 % 11},1,{(i % 5) + 1}\n"));
        string[] args = option == "--outcome" ? ["--outcome", "y", "--x", "a"] : ["--outcome", "y", "--x", "a", option, column];
        CliException e = Assert.Throws<CliException>(() => StatsCall.RunOn(csv, "lasso", args));
        Assert.Contains(expected, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Lasso_ClassWithASingleRow_NamesColumn()
    {
        string csv = "y,a\n" + string.Concat(Enumerable.Range(0, 20).Select(i => $"{(i == 4 ? 1 : 0)},{i * 7 % 11}\n"));
        CliException e = Assert.Throws<CliException>(() => StatsCall.RunOn(csv, "lasso", "--outcome", "y"));
        Assert.Contains("column 'y': a single outcome of 20 is 1", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Lasso_NoColumnVaries_SaysNothingOfReplicates()
    {
        string csv = "y,a\n" + string.Concat(Enumerable.Range(0, 20).Select(i => $"{i % 2},3\n"));
        CliException e = Assert.Throws<CliException>(() => StatsCall.RunOn(csv, "lasso", "--outcome", "y", "--nfolds", "5"));
        Assert.StartsWith("No penalised column varies", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("lasso", "--threads", "0", "--threads is 0: from 1 is possible.")]
    [InlineData("lasso", "--repeats", "-1", "--repeats is -1: from 1 is possible, or 0 for none.")]
    [InlineData("roc", "--bootstrap", "1", "--bootstrap is 1: from 2 is possible, or 0 for none.")]
    [InlineData("lasso", "--nfolds", "2", "--nfolds is 2: from 3 is possible.")]
    public void AnyKind_CountOutOfRange_IsNotUnderstood(string kind, string option, string value, string expected) =>
        Assert.Equal([expected], StatsCall.Errors(kind, "--data", "x.csv", "--outcome", "y", option, value));

    [Fact]
    public void Lasso_EqualAndConstantColumns_AreRemarked()
    {
        string csv = "y,a,b,c\n" + string.Concat(Enumerable.Range(0, 30).Select(i => $"{i % 2},{i * 7 % 11},5,{i * 7 % 11}\n"));
        JsonElement remarks = StatsCall.RunOn(csv, "lasso", "--outcome", "y", "--nfolds", "5").GetProperty("remarks");
        Assert.Equal(["'b' is constant: its coefficient is 0.", "'a' and 'c' are equal: any split of their coefficient is a solution."], remarks.EnumerateArray().Select(r => r.GetString()));
    }

    [Fact]
    public void Lasso_FoldsOfTwo_AreNotGrouped()
    {
        JsonElement blocks = StatsCall.RunOn(Cohort, "lasso", "--outcome", "y", "--x", "a", "b", "--nfolds", "20").GetProperty("cv");
        Assert.False(blocks.GetProperty("deviance_default").GetProperty("grouped").GetBoolean());
        blocks = StatsCall.RunOn(Cohort, "lasso", "--outcome", "y", "--x", "a", "b", "--nfolds", "4").GetProperty("cv");
        Assert.True(blocks.GetProperty("deviance_default").GetProperty("grouped").GetBoolean());
    }

    [Fact]
    public void Lasso_TightTolerance_SaysThatItIsOptimal()
    {
        JsonElement result = StatsCall.RunOn(Cohort, "lasso", "--outcome", "y", "--x", "a", "b", "--thresh", "1e-18", "--lower-limits", "b=0");
        Assert.All(result.GetProperty("kkt_violation_over_lambda").EnumerateArray(), v => Assert.InRange(v.GetDouble(), 0, 1e-7));
    }

    [Fact]
    public void Logistic_Offset_IsPartOfThePrediction()
    {
        // glm(y ~ a + b, offset = o): linear predictor = coefficients and offset, so that the mean of the fitted values is the prevalence.
        JsonElement fit = StatsCall.RunOn(Cohort, "logistic", "--outcome", "y", "--x", "a", "b", "--offset", "o").GetProperty("fit");
        double[] coef = Numbers(fit.GetProperty("coef")), eta = Numbers(fit.GetProperty("linear_predictor")), fitted = Numbers(fit.GetProperty("fitted"));
        for (int i = 1; i <= 40; i++)
        {
            Assert.Equal(coef[0] + (coef[1] * Math.Sin(i)) + (coef[2] * Math.Cos(2.3 * i)) + (0.8 * Math.Cos(i)), eta[i - 1], 1e-12);
            Assert.Equal(1 / (1 + Math.Exp(-eta[i - 1])), fitted[i - 1], 1e-14);
        }
        Assert.Equal(Enumerable.Range(1, 40).Count(i => Math.Sin(i) + Math.Sin(5.1 * i) > 0), fitted.Sum(), 1e-9);
    }

    [Fact]
    public void Logistic_FirthDoesNotConverge_KeepsTheSeparation()
    {
        // Ten rows for nine terms.
        const string Csv = """
            y,v0,v1,v2,v3,v4,v5,v6,v7
            0,0.9,-1.4,-0.7,0.4,-1.0,-0.1,0.2,-0.8
            1,-1.3,0.2,1.0,-0.6,-0.3,1.6,-0.6,-0.5
            0,2.4,-1.5,0.8,-2.0,-0.6,1.5,1.2,-0.9
            1,-0.5,0.1,-1.3,0.6,2.2,-1.4,-2.0,0.3
            0,-0.1,1.8,-0.2,-0.1,-0.2,-1.0,0.7,-1.3
            1,1.2,0.0,0.5,-0.6,-0.9,1.8,0.5,1.2
            0,0.2,2.6,0.4,-1.0,0.8,0.4,-2.3,-0.1
            1,1.0,0.8,-0.3,-1.2,0.5,-1.1,1.3,-0.3
            0,-0.9,-0.6,-0.8,-0.6,-0.7,-0.4,0.2,0.6
            1,-1.1,-1.0,-0.4,0.1,0.1,-2.0,1.7,-0.9
            """;
        JsonElement result = StatsCall.RunOn(Csv, "logistic", "--outcome", "y");
        Assert.Equal("complete", result.GetProperty("separation").GetProperty("type").GetString());
        Assert.Equal(JsonValueKind.Null, result.GetProperty("firth").ValueKind);
        Assert.Contains("did not converge", result.GetProperty("firth_reason").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Survival_AllEventsAtOneTime_KeepsTheModel()
    {
        JsonElement cox = StatsCall.RunOn("t,d,x\n5,1,1\n5,1,2\n5,1,0\n5,1,3\n7,0,1\n8,0,0\n9,0,2\n3,0,1\n", "survival", "--time", "t", "--status", "d", "--x", "x").GetProperty("cox_multi_efron");
        Assert.True(double.IsFinite(cox.GetProperty("coef")[0].GetDouble()));
        Assert.Equal(JsonValueKind.Null, cox.GetProperty("proportional_hazards").ValueKind);
        Assert.Contains("one time", cox.GetProperty("proportional_hazards_reason").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Agreement_NamesWithoutOrder_HaveNoWeightedKappa()
    {
        string csv = "r1,r2\n" + string.Concat(Enumerable.Range(0, 30).Select(i => $"{Grade(i % 3)},{Grade((i + (i % 4 == 0 ? 1 : 0)) % 3)}\n"));
        JsonElement unordered = StatsCall.RunOn(csv, "agreement", "--categories");
        Assert.Equal((JsonValueKind.Null, JsonValueKind.Null), (unordered.GetProperty("kappa_linear").ValueKind, unordered.GetProperty("kappa_quadratic").ValueKind));
        Assert.Contains("--levels", unordered.GetProperty("kappa_weighted_reason").GetString(), StringComparison.Ordinal);

        JsonElement ordered = StatsCall.RunOn(csv, "agreement", "--categories", "--levels", "mild", "moderate", "severe");
        string numbers = csv.Replace("mild", "1", StringComparison.Ordinal).Replace("moderate", "2", StringComparison.Ordinal).Replace("severe", "10", StringComparison.Ordinal);
        JsonElement numeric = StatsCall.RunOn(numbers, "agreement", "--categories");
        foreach (string kappa in new[] { "kappa", "kappa_linear", "kappa_quadratic" })
            Assert.True(JsonElement.DeepEquals(numeric.GetProperty(kappa), ordered.GetProperty(kappa)));
        Assert.True(JsonElement.DeepEquals(unordered.GetProperty("kappa"), ordered.GetProperty("kappa")));

        CliException e = Assert.Throws<CliException>(() => StatsCall.RunOn(csv, "agreement", "--categories", "--levels", "mild", "severe"));
        Assert.Contains("line 3, column 'r1': 'moderate' is none of the levels", e.Message, StringComparison.Ordinal);

        static string Grade(int i) => i switch { 0 => "mild", 1 => "moderate", _ => "severe" };
    }

    [Fact]
    public void Agreement_ConstantReadings_SayWhyThereIsNoIcc()
    {
        JsonElement result = StatsCall.RunOn("a,b\n" + string.Concat(Enumerable.Repeat("0.1,0.7\n", 9)), "agreement");
        Assert.Equal(JsonValueKind.Null, result.GetProperty("icc").ValueKind);
        Assert.Contains("do not differ", result.GetProperty("icc_reason").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Table1_TenCategories_SaysThatPIsSimulated()
    {
        string csv = "g,c\n" + string.Concat(Enumerable.Range(0, 200).Select(i => $"{i % 2},{(char)('A' + (i < 4 ? 9 : i * i % 97 % 9))}\n"));
        JsonElement result = StatsCall.RunOn(csv, "table1", "--outcome", "g", "--seed", "3"), row = result.GetProperty("table1").GetProperty("c");
        JsonElement test = result.GetProperty("tests").GetProperty("c").EnumerateObject().Single(t => t.Name.StartsWith("fisher_2x", StringComparison.Ordinal)).Value;
        Assert.Equal("fisher_simulated", row.GetProperty("test").GetString());
        Assert.Equal(row.GetProperty("p").GetDouble(), test.GetProperty("p").GetDouble());
        Assert.Equal(row.GetProperty("p_se").GetDouble(), test.GetProperty("p_se").GetDouble());
        Assert.Equal(100_000, test.GetProperty("simulated_tables").GetInt32());
    }

    [Fact]
    public void Table1_SmallGroups_NamesTheExactTest()
    {
        string csv = "g,v\n" + string.Concat(Enumerable.Range(0, 16).Select(i => $"{i % 2},{(i < 12 ? i : i * i * 10)}\n"));
        JsonElement row = StatsCall.RunOn(csv, "table1", "--outcome", "g").GetProperty("table1").GetProperty("v");
        Assert.Equal("mann_whitney_exact", row.GetProperty("test").GetString());
        Assert.Equal(row.GetProperty("mann_whitney_exact_p").GetDouble(), row.GetProperty("p").GetDouble());
        Assert.NotEqual(row.GetProperty("mann_whitney_p").GetDouble(), row.GetProperty("p").GetDouble());
    }

    [Fact]
    public void AnyKind_FileThatIsNoTable_SaysWhat()
    {
        Assert.Contains("is a folder", Assert.Throws<CliException>(() => StatsCall.Run("roc", "--data", Path.GetTempPath(), "--outcome", "y")).Message, StringComparison.Ordinal);
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(file, [.. "y,größe\n1,2\n"u8, .. Encoding.Latin1.GetBytes("0,ä\n")]);
            CliException e = Assert.Throws<CliException>(() => StatsCall.Run("roc", "--data", file, "--outcome", "y"));
            Assert.Contains("line 3: is not UTF-8", e.Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static string WithProbability() =>
        string.Join('\n', Cohort.TrimEnd('\n').Split('\n').Select((line, i) => i == 0 ? $"{line},p" : string.Create(CultureInfo.InvariantCulture, $"{line},{(i * 7 % 40 + 0.5) / 41:R}")));

    private static double[] Numbers(JsonElement values) => [.. values.EnumerateArray().Select(v => v.GetDouble())];
}
