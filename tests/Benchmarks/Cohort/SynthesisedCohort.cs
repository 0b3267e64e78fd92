namespace HccPipeline.Benchmarks.Cohort;

/// <summary>Patients with features as they come out of radiomics, without images: groups of features that go together, at two visits that
/// resemble one another, and a response that some of them bear on. One patient at a time; nothing is kept.</summary>
/// <param name="seed">Seed.</param>
/// <param name="imaging">Imaging features of a visit.</param>
/// <param name="clinical">Clinical values.</param>
internal sealed class SynthesisedCohort(int seed, int imaging, int clinical)
{
    private const int FeaturesPerGroup = 16;
    private const double GroupShare = 0.75;   // of a feature's standard deviation; the rest is its own
    private const double VisitShare = 0.8;

    private readonly Normals _normals = new(seed);

    /// <summary>Names of imaging features, without a visit.</summary>
    public IReadOnlyList<string> ImagingNames { get; } = [.. Enumerable.Range(0, imaging).Select(j => $"T2_wavelet_group{j / FeaturesPerGroup:D2}_Feature{j:D3}")];

    /// <summary>Names of clinical values; the first is required by the rules.</summary>
    public IReadOnlyList<string> ClinicalNames { get; } = [.. Enumerable.Range(0, clinical).Select(j => j == 0 ? "NLR" : $"Laboratory{j:D2}")];

    /// <summary>The next patient.</summary>
    public SynthesisedPatient Next()
    {
        int groups = (imaging + FeaturesPerGroup - 1) / FeaturesPerGroup;
        double[] pre = new double[imaging], post = new double[imaging], laboratory = new double[clinical];
        double[] before = new double[groups], after = new double[groups];
        double own = Math.Sqrt(1 - (GroupShare * GroupShare)), change = Math.Sqrt(1 - (VisitShare * VisitShare));
        for (int g = 0; g < groups; g++)
        {
            before[g] = _normals.Next();
            after[g] = (VisitShare * before[g]) + (change * _normals.Next());
        }
        for (int j = 0; j < imaging; j++)
        {
            double kept = _normals.Next();
            pre[j] = (GroupShare * before[j / FeaturesPerGroup]) + (own * kept);
            post[j] = (GroupShare * after[j / FeaturesPerGroup]) + (own * ((VisitShare * kept) + (change * _normals.Next())));
        }
        for (int j = 0; j < clinical; j++)
            laboratory[j] = _normals.Next();
        double logOdds = (0.5 * laboratory[0]) - (0.3 * laboratory[1]);
        for (int k = 0; k < 8; k++)
            logOdds += (k % 2 == 0 ? 0.35 : -0.3) * (k < 5 ? post[k * 37 % imaging] : post[k * 37 % imaging] - pre[k * 37 % imaging]);
        bool progression = _normals.Uniform() < 1 / (1 + Math.Exp(-logOdds));
        double months = -Math.Log(1 - _normals.Uniform()) * (progression ? 5 : 9);
        return new(pre, post, laboratory, progression, Math.Min(months, 24), months <= 24);
    }

    private sealed class Normals(int seed)
    {
        private readonly Random _random = new(seed);

        public double Uniform() => _random.NextDouble();

        public double Next() => Math.Sqrt(-2 * Math.Log(1 - Uniform())) * Math.Cos(2 * Math.PI * Uniform());
    }
}

/// <summary>A patient of <see cref="SynthesisedCohort"/>.</summary>
/// <param name="Pre">Imaging features before treatment.</param>
/// <param name="Post">Imaging features after it.</param>
/// <param name="Clinical">Clinical values.</param>
/// <param name="Progression">Response.</param>
/// <param name="PfsMonths">Progression-free survival, months.</param>
/// <param name="PfsEvent">Whether its end was seen.</param>
internal sealed record SynthesisedPatient(double[] Pre, double[] Post, double[] Clinical, bool Progression, double PfsMonths, bool PfsEvent);
