using HccPipeline.ModelWorker.Training;
using HccPipeline.Persistence.Cohort;

namespace HccPipeline.ModelWorker.Tests;

/// <summary>Small cohorts with a known signal: two predictors that matter, others that are noise.</summary>
internal static class Cohorts
{
    public static readonly TrainingSettings Settings = new()
    {
        SnapshotSha256 = new string('a', 64),
        ProfileSha256 = new string('b', 64),
        Seed = 1,
        Folds = 10,
        CodeVersion = "test",
        ImagingCandidates = ["T2_SIR", "ADC_Mean"],
        ClinicalCandidates = ["NLR", "age", "constant", "incomplete", "absent"],
    };

    /// <param name="patients">Number of patients, half with progression.</param>
    /// <param name="reversed">Hand the rows over in reverse order.</param>
    /// <param name="missingInSignal">How many of the first patients lack post_ADC_Mean.</param>
    public static CohortSnapshot Make(int patients, bool reversed = false, int missingInSignal = 0)
    {
        Random random = new(7);
        double Noise() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

        List<CohortPatient> rows = [];
        Dictionary<string, List<double>> columns = [];
        for (int i = 0; i < patients; i++)
        {
            bool progression = i % 2 == 0;
            double shift = progression ? 0.8 : -0.8;
            rows.Add(new CohortPatient
            {
                Pseudonym = $"P-{i:D4}",
                CenterCode = i % 3 == 0 ? "A" : "B",
                EntryQuarter = "2023Q1",
                Response = progression ? "PD" : "SD",
                PfsMonths = 3 + i % 7,
                PfsEvent = true,
            });
            double pre = Noise(), post = shift + Noise();
            Add("pre_T2_SIR", pre);
            Add("post_T2_SIR", post);
            Add("delta_T2_SIR", post - pre);
            Add("pre_ADC_Mean", Noise());
            double signal = -shift + Noise();
            Add("post_ADC_Mean", i < missingInSignal ? double.NaN : signal);
            Add("delta_ADC_Mean", Noise());
            Add("NLR", 0.5 * shift + Noise());
            Add("age", 60 + Noise());
            Add("constant", 1);
            Add("incomplete", i == 5 ? double.NaN : Noise());
        }
        int[] order = [.. Enumerable.Range(0, patients)];
        if (reversed)
            Array.Reverse(order);
        return new CohortSnapshot(
            [.. order.Select(i => rows[i])],
            columns.ToDictionary(c => c.Key, c => order.Select(i => c.Value[i]).ToArray()));

        void Add(string name, double value)
        {
            if (!columns.TryGetValue(name, out List<double>? values))
                columns.Add(name, values = []);
            values.Add(value);
        }
    }
}
