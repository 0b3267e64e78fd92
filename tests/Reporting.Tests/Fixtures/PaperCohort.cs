using System.Globalization;
using System.Text.Json;
using HccPipeline.Contracts.Models;
using HccPipeline.Persistence.Cohort;
using HccPipeline.Reporting.Validation;
using Xunit;

namespace HccPipeline.Reporting.Tests.Fixtures;

/// <summary>The synthetic cohort in the shape of the published study with R's results, from the shared reference data.</summary>
internal sealed class PaperCohort
{
    private static readonly string? Folder = Find();

    private readonly string _folder;
    private readonly List<string[]> _rows;
    private readonly string[] _header;

    private PaperCohort(string folder)
    {
        _folder = folder;
        string[] lines = File.ReadAllLines(Path.Combine(folder, "cohort.csv"));
        _header = lines[0].Split(',');
        _rows = [.. lines.Skip(1).Select(l => l.Split(','))];
        Result = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "result.json"))).RootElement;
        Snapshot = ReadSnapshot();
    }

    public static PaperCohort Load()
    {
        Assert.SkipWhen(Folder is null, "The reference data shared/statistics/paper are not beside this checkout.");
        return new PaperCohort(Folder!);
    }

    /// <summary>R's results.</summary>
    public JsonElement Result { get; }

    public CohortSnapshot Snapshot { get; }

    public ReportSubject Subject() => new(1, new string('a', 64), Document(), Snapshot);

    private ModelDocument Document() => new()
    {
        Schema = ModelDocument.CurrentSchema,
        CodeVersion = "0.1.0",
        SnapshotSha256 = new string('b', 64),
        ProfileSha256 = new string('c', 64),
        Seed = 1,
        PatientCount = _rows.Count,
        ProgressionCount = _rows.Count(r => Cell(r, "progression") == "1"),
        FoldIds = [.. _rows.Select(r => int.Parse(Cell(r, "foldid"), CultureInfo.InvariantCulture))],
        Models = [Submodel("imaging", 0.699), Submodel("clinical", 0.552), Submodel("combined", 0.748)],
    };

    private SubmodelDocument Submodel(string name, double crossValidatedAuc)
    {
        JsonElement fit = Result.GetProperty("models").GetProperty(name);
        string[] terms = [.. fit.GetProperty("names").EnumerateArray().Select(e => e.GetString()!)];
        double[] coefficients = Numbers(fit, "coef"), errors = Numbers(fit, "se"), p = Numbers(fit, "p");
        LogisticDocument logistic = ModelDocuments.Logistic(
            Snapshot,
            coefficients[0],
            [.. Enumerable.Range(1, terms.Length - 1).Select(j => (NameOf(terms[j]), coefficients[j], errors[j], p[j]))]);
        JsonElement lasso = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(_folder, "lasso_" + (name == "combined" ? "all" : name), "result.json"))).RootElement;
        string[] candidates = [.. lasso.GetProperty("features").EnumerateArray().Select(e => NameOf(e.GetString()!))];
        return new SubmodelDocument
        {
            Name = name,
            Candidates = candidates,
            Excluded = [],
            Lasso = Lasso(lasso, candidates),
            Logistic = logistic,
            Metrics = ModelDocuments.Metrics(Snapshot, logistic, crossValidatedAuc),
        };
    }

    private static LassoDocument Lasso(JsonElement lasso, string[] candidates)
    {
        JsonElement cv = lasso.GetProperty("cv").GetProperty("deviance_default"), path = lasso.GetProperty("path");
        double[] lambda = Numbers(cv, "lambda"), sd = Numbers(lasso, "xs");
        double[][] standardized = [.. candidates.Select(_ => new double[lambda.Length])];
        int k = 0;
        foreach (JsonElement point in path.GetProperty("beta").EnumerateArray())
        {
            foreach ((double j, double value) in Numbers(point, "j").Zip(Numbers(point, "v")))
                standardized[(int)j - 1][k] = value * sd[(int)j - 1];
            k++;
        }
        JsonElement chosen = cv.GetProperty("coef_1se");
        return new LassoDocument
        {
            Lambda = lambda,
            MeanDeviance = Numbers(cv, "cvm"),
            StandardError = Numbers(cv, "cvsd"),
            LambdaMin = cv.GetProperty("lambda_min").GetDouble(),
            Lambda1Se = cv.GetProperty("lambda_1se").GetDouble(),
            Rule = "lambda.1se",
            Selected = [.. Numbers(chosen, "j").Zip(Numbers(chosen, "v"), (j, v) => new NamedValue(candidates[(int)j - 1], v))],
            StandardizedPath = standardized,
        };
    }

    private CohortSnapshot ReadSnapshot()
    {
        string[] notFeatures = ["id", "progression", "PFS_months", "PFS_event", "foldid", "foldid5", "T2SIR_post_reader2", "ADC_mean_post_reader2"];
        CohortPatient[] patients =
        [
            .. _rows.Select((r, i) => new CohortPatient
            {
                Pseudonym = $"P{i:000}",
                CenterCode = $"C{(i % 4) + 1}",
                EntryQuarter = $"{2021 + (i * 7 % 4)}Q{(i % 4) + 1}",
                Response = Cell(r, "progression") == "1" ? "PD" : (i % 3) switch { 0 => "PR", 1 => "SD", _ => "CR" },
                PfsMonths = Number(r, "PFS_months"),
                PfsEvent = Number(r, "PFS_event") == 1,
            }),
        ];
        Dictionary<string, double[]> columns = _header.Except(notFeatures)
            .ToDictionary(NameOf, name => _rows.Select(r => Number(r, name)).ToArray(), StringComparer.Ordinal);
        return new CohortSnapshot(patients, columns);
    }

    /// <summary>The catalogue's name of a column: visit in front.</summary>
    private static string NameOf(string column) => column switch
    {
        "T2SIR_post" => "post_T2_SIR",
        "ADC_mean_post" => "post_ADC_Mean",
        "T2SIR_pre" => "pre_T2_SIR",
        "ADC_mean_pre" => "pre_ADC_Mean",
        _ when column.EndsWith("_post", StringComparison.Ordinal) => "post_" + column[..^5],
        _ when column.EndsWith("_pre", StringComparison.Ordinal) => "pre_" + column[..^4],
        _ => column,
    };

    private string Cell(string[] row, string column) => row[Array.IndexOf(_header, column)];

    private double Number(string[] row, string column) => double.Parse(Cell(row, column), CultureInfo.InvariantCulture);

    private static double[] Numbers(JsonElement parent, string name)
    {
        JsonElement value = parent.GetProperty(name);
        return value.ValueKind == JsonValueKind.Number ? [value.GetDouble()] : [.. value.EnumerateArray().Select(e => e.GetDouble())];
    }

    private static string? Find()
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            string here = Path.Combine(at.FullName, "shared", "statistics", "paper");
            if (File.Exists(Path.Combine(here, "cohort.csv"))) return here;
        }
        return null;
    }
}
