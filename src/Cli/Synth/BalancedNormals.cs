namespace HccPipeline.Cli.Synth;

/// <summary>
/// Normal deviates for the values that carry no information on the response. With 78 patients and dozens of such values, chance
/// alone would make some of them look predictive; here every draw is made uncorrelated, within the cohort, with the response and
/// its three true predictors, so that the selection of predictors is about the true ones.
/// </summary>
internal sealed class BalancedNormals
{
    private readonly List<double[]> _basis = [];
    private readonly RandomSource _random;
    private readonly double[] _progression;
    private readonly int _patients;

    public BalancedNormals(CohortCore core, RandomSource random)
    {
        _random = random;
        _progression = core.Progression;
        _patients = core.Progression.Length;
        double[] ones = new double[_patients];
        Array.Fill(ones, 1);
        foreach (double[] column in (double[][])[ones, core.Progression, core.PostT2Sir, core.PostAdcMean, core.Nlr])
        {
            double[] rest = Remainder(column);
            double length = Math.Sqrt(rest.Sum(v => v * v));
            if (length > 1e-9)
                _basis.Add(Array.ConvertAll(rest, v => v / length));
        }
    }

    /// <summary>One deviate for each patient: mean 0, standard deviation 1, uncorrelated with the response and its predictors.</summary>
    public double[] Next()
    {
        double[] x = new double[_patients];
        for (int i = 0; i < _patients; i++)
            x[i] = _random.NextNormal();
        // Fewer patients than constraints leave nothing to balance.
        if (_patients > 2 * _basis.Count)
            x = Remainder(x);
        double mean = x.Average(), sd = Math.Sqrt(x.Average(v => (v - mean) * (v - mean)));
        return Array.ConvertAll(x, v => (v - mean) / sd);
    }

    /// <summary>A yes for the given share of the patients, the same share in both response groups as far as whole patients allow.</summary>
    public bool[] NextFlags(double share)
    {
        double[] x = Next();
        bool[] flags = new bool[_patients];
        foreach (IGrouping<double, int> group in Enumerable.Range(0, _patients).GroupBy(i => _progression[i]))
        {
            int yes = (int)Math.Round(share * group.Count());
            foreach (int patient in group.OrderByDescending(i => x[i]).Take(yes))
                flags[patient] = true;
        }
        return flags;
    }

    private double[] Remainder(double[] x)
    {
        double[] rest = (double[])x.Clone();
        foreach (double[] unit in _basis)
        {
            double along = 0;
            for (int i = 0; i < rest.Length; i++)
                along += rest[i] * unit[i];
            for (int i = 0; i < rest.Length; i++)
                rest[i] -= along * unit[i];
        }
        return rest;
    }
}
