using HccPipeline.Contracts.Models;
using HccPipeline.Persistence.Cohort;

namespace HccPipeline.Reporting.Validation;

/// <summary>The part of the report on who is in the snapshot.</summary>
internal static class CohortSummaries
{
    private static readonly string[] ResponseOrder = ["CR", "PR", "SD", "PD"];

    public static CohortSummary Of(ModelDocument document, CohortSnapshot snapshot)
    {
        IReadOnlyList<CohortPatient> patients = snapshot.Patients;
        return new CohortSummary
        {
            All = Count("All patients", patients),
            Responses =
            [
                .. patients.GroupBy(p => p.Response ?? "not recorded", StringComparer.Ordinal)
                    .OrderBy(g => Array.IndexOf(ResponseOrder, g.Key)).ThenBy(g => g.Key, StringComparer.Ordinal)
                    .Select(g => new CategoryCount(g.Key, g.Count())),
            ],
            Centers = Counts(patients, p => p.CenterCode),
            Periods = Counts(patients, Strata.Year),
            FirstQuarter = patients.Select(p => p.EntryQuarter).Min(StringComparer.Ordinal) ?? "",
            LastQuarter = patients.Select(p => p.EntryQuarter).Max(StringComparer.Ordinal) ?? "",
            Characteristics = [.. Rows(document, snapshot)],
        };
    }

    private static GroupCount[] Counts(IReadOnlyList<CohortPatient> patients, Func<CohortPatient, string> key) =>
        [.. patients.GroupBy(key, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => Count(g.Key, g))];

    private static GroupCount Count(string name, IEnumerable<CohortPatient> patients)
    {
        int all = 0, progression = 0;
        foreach (CohortPatient patient in patients)
        {
            all++;
            if (patient.Progression) progression++;
        }
        return new GroupCount(name, all, all - progression, progression);
    }

    private static IEnumerable<CharacteristicRow> Rows(ModelDocument document, CohortSnapshot snapshot)
    {
        HashSet<string> selected = new(document.Models.SelectMany(m => m.Logistic.Predictors).Select(p => p.Name), StringComparer.Ordinal);
        HashSet<string> clinical = Candidates(document, "clinical"), imaging = Candidates(document, "imaging");
        double[] progression = snapshot.Progression();
        return snapshot.FeatureNames
            .Where(name => clinical.Contains(name) || imaging.Contains(name))
            .OrderByDescending(selected.Contains)
            .ThenByDescending(clinical.Contains)
            .ThenBy(name => name, StringComparer.Ordinal)
            .Select(name => Characteristics.Describe(
                name, clinical.Contains(name) ? "clinical" : "imaging", selected.Contains(name), snapshot.Column(name), progression));
    }

    private static HashSet<string> Candidates(ModelDocument document, string model)
    {
        IEnumerable<SubmodelDocument> found = document.Models.Where(m => m.Name == model);
        return new HashSet<string>(found.SelectMany(m => m.Candidates.Concat(m.Excluded.Select(e => e.Name))), StringComparer.Ordinal);
    }
}
