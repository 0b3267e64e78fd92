using HccPipeline.Contracts.Models;
using HccPipeline.Persistence.Cohort;
using HccPipeline.Reporting.Validation;

namespace HccPipeline.Reporting.Tests.Fixtures;

/// <summary>A cohort made in code: 60 patients, 3 centres, 2 years, with effects that a reader can follow. No data folder is needed.</summary>
internal static class SmallCohort
{
    public const string T2 = "post_T2_SIR", Adc = "post_ADC_Mean", Nlr = "NLR", Noise = "pre_T2_SIR", Sex = "sex_male";

    public static CohortSnapshot Snapshot(bool pfs = true, IReadOnlyDictionary<string, string>? rename = null)
    {
        const int n = 60;
        CohortPatient[] patients = new CohortPatient[n];
        Dictionary<string, double[]> columns = new(StringComparer.Ordinal);
        foreach (string name in (string[])[T2, Adc, Nlr, Noise, Sex]) columns.Add(rename?.GetValueOrDefault(name) ?? name, new double[n]);
        double[][] values = [.. columns.Values];
        for (int i = 0; i < n; i++)
        {
            bool progression = i % 5 is 0 or 2 or 4;
            double shift = progression ? 0.5 : 0;
            values[0][i] = Math.Round(2 + shift + (0.9 * Math.Sin(i * 1.7)), 3);
            values[1][i] = Math.Round(1.3 - (0.3 * shift) + (0.25 * Math.Cos(i * 2.3)), 3);
            values[2][i] = Math.Round(2.5 + shift + Math.Abs(1.5 * Math.Sin(i * 0.9)), 2);
            values[3][i] = Math.Round(1.9 + (0.6 * Math.Sin(i * 3.1)), 3);
            values[4][i] = i % 7 == 0 ? 0 : 1;
            patients[i] = new CohortPatient
            {
                Pseudonym = $"patient-{i:00}",
                CenterCode = i < 40 ? (i % 2 == 0 ? "BER" : "KYO") : i < 55 ? "LYO" : "OSL",
                EntryQuarter = i < 50 ? $"2022Q{(i % 4) + 1}" : "2023Q1",
                Response = progression ? "PD" : i % 2 == 0 ? "SD" : "PR",
                PfsMonths = pfs && i != 7 ? Math.Round((progression ? 3 : 6) + (4 * Math.Abs(Math.Sin(i * 1.1))), 1) : null,
                PfsEvent = pfs && i != 7 ? i % 6 != 0 : null,
            };
        }
        return new CohortSnapshot(patients, columns);
    }

    public static ReportSubject Subject(bool pfs = true, IReadOnlyDictionary<string, string>? rename = null)
    {
        CohortSnapshot snapshot = Snapshot(pfs, rename);
        return new ReportSubject(3, new string('d', 64), Document(snapshot, rename), snapshot);
    }

    /// <summary>The same with scores of patients left out, worse than the apparent ones.</summary>
    public static ReportSubject LeftOut()
    {
        ReportSubject subject = Subject();
        double[] scores = [.. subject.Snapshot.Patients.Select((p, i) => p.Progression ? 0.5 + (0.4 * Math.Sin(i)) : 0.4 + (0.35 * Math.Cos(i)))];
        return subject with
        {
            HeldOut = new()
            {
                SnapshotSha256 = subject.Model.SnapshotSha256,
                Probabilities = new Dictionary<string, IReadOnlyList<double>> { ["imaging"] = scores, ["clinical"] = scores, ["combined"] = scores },
            },
        };
    }

    public static ModelDocument Document(CohortSnapshot snapshot, IReadOnlyDictionary<string, string>? rename = null)
    {
        string t2 = Name(T2), adc = Name(Adc), nlr = Name(Nlr), noise = Name(Noise), sex = Name(Sex);
        return new ModelDocument
        {
            Schema = ModelDocument.CurrentSchema,
            CodeVersion = "0.1.0",
            SnapshotSha256 = new string('e', 64),
            ProfileSha256 = new string('f', 64),
            Seed = 7,
            PatientCount = snapshot.Patients.Count,
            ProgressionCount = snapshot.Patients.Count(p => p.Progression),
            FoldIds = [.. Enumerable.Range(0, snapshot.Patients.Count).Select(i => (i % 10) + 1)],
            Models =
            [
                Submodel("imaging", [t2, adc, noise], ModelDocuments.Logistic(snapshot, 1.9, (t2, 0.9, 0.4, 0.02), (adc, -2.9, 1.2, 0.0004))),
                Submodel("clinical", [nlr, sex], ModelDocuments.Logistic(snapshot, -2.1, (nlr, 0.7, 0.3, 0.02))),
                Submodel("combined", [t2, adc, noise, nlr, sex], ModelDocuments.Logistic(snapshot, -0.2, (t2, 0.9, 0.4, 0.02), (adc, -2.9, 1.2, 0.02), (nlr, 0.6, 0.3, 0.045))),
            ],
        };

        string Name(string name) => rename?.GetValueOrDefault(name) ?? name;

        SubmodelDocument Submodel(string name, string[] candidates, LogisticDocument logistic) => new()
        {
            Name = name,
            Candidates = candidates,
            Excluded = [new ExcludedCandidate("delta_T2_SIR", "missing in 4 of 60 patients")],
            Lasso = Lasso(candidates, logistic),
            Logistic = logistic,
            Metrics = ModelDocuments.Metrics(snapshot, logistic, 0.61),
        };
    }

    private static LassoDocument Lasso(string[] candidates, LogisticDocument logistic)
    {
        const int points = 40;
        double[] lambda = [.. Enumerable.Range(0, points).Select(k => 0.2 * Math.Pow(0.88, k))];
        return new LassoDocument
        {
            Lambda = lambda,
            MeanDeviance = [.. Enumerable.Range(0, points).Select(k => 1.25 + (0.0004 * (k - 14) * (k - 14)))],
            StandardError = [.. Enumerable.Range(0, points).Select(k => 0.03 + (0.001 * k))],
            LambdaMin = lambda[14],
            Lambda1Se = lambda[5],
            Rule = "lambda.1se",
            Selected = [.. logistic.Predictors.Select(p => new NamedValue(p.Name, p.Beta / 2))],
            StandardizedPath =
            [
                .. candidates.Select((_, j) => (IReadOnlyList<double>)
                    [.. Enumerable.Range(0, points).Select(k => Math.Max(0, k - (2 * j)) * 0.02 * (j % 2 == 0 ? 1 : -1))]),
            ],
        };
    }
}
