using HccPipeline.Statistics.Linear;

namespace HccPipeline.Statistics.Logistic;

/// <summary>Decides whether Newton's method ran off along a direction of separation, by checking the direction in every row.</summary>
/// <remarks>Albert and Anderson (1984), Biometrika 71:1. No certificate, no verdict: a direction is only reported when
/// (2y − 1)(d₀ + x·d) is nowhere negative.</remarks>
internal static class SeparationCheck
{
    /// <summary>A product above −this share of the largest counts as zero; a coefficient with less influence is not named.</summary>
    private const double Negligible = 1e-6;

    /// <summary>Complete separation by the present coefficients, or quasi-complete separation along the last step; null: neither.</summary>
    public static Separation? Find(OrthonormalBasis basis, NewtonLogistic newton, DesignMatrix x, double[] y, double[]? weights)
    {
        double[] lastStep = new double[basis.Count];
        for (int k = 0; k < lastStep.Length; k++) lastStep[k] = newton.Coefficients[k] - newton.Previous[k];
        return Certify(basis, newton.Coefficients, x, y, weights) is { Kind: SeparationKind.Complete } complete
            ? complete
            : Certify(basis, lastStep, x, y, weights);
    }

    private static Separation? Certify(OrthonormalBasis basis, double[] direction, DesignMatrix x, double[] y, double[]? weights)
    {
        double[] margin = new double[y.Length];
        for (int k = 0; k < direction.Length; k++) ColumnKernels.AddCentred(basis.Q[k], shift: 0, direction[k], margin);
        double largest = 0, smallest = double.PositiveInfinity;
        for (int i = 0; i < y.Length; i++)
        {
            if (weights?[i] == 0) continue;
            if (y[i] == 0) margin[i] = -margin[i];
            largest = Math.Max(largest, margin[i]);
            smallest = Math.Min(smallest, margin[i]);
        }
        if (!(largest > 0) || smallest < -Negligible * largest) return null;
        int separated = 0, rows = 0;
        for (int i = 0; i < y.Length; i++)
        {
            if (weights?[i] == 0) continue;
            rows++;
            if (margin[i] > Negligible * largest) separated++;
        }
        double[] terms = (double[])direction.Clone();
        basis.ToTerms(terms);
        double[] full = new double[x.ColumnCount + 1];
        List<string> columns = [];
        for (int k = 0; k < terms.Length; k++)
        {
            full[basis.Kept[k]] = terms[k] / largest;
            if (basis.Kept[k] > 0 && Influence(x.Column(basis.Kept[k] - 1)) * Math.Abs(terms[k]) > 1e-3 * largest)
                columns.Add(x.LabelOf(basis.Kept[k] - 1));
        }
        return new Separation(separated == rows ? SeparationKind.Complete : SeparationKind.QuasiComplete, full, columns, separated);
    }

    private static double Influence(ReadOnlySpan<double> column)
    {
        double low = column[0], high = column[0];
        foreach (double v in column) (low, high) = (Math.Min(low, v), Math.Max(high, v));
        return high - low;
    }
}
