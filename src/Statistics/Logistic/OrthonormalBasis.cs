using HccPipeline.Statistics.Linear;

namespace HccPipeline.Statistics.Logistic;

/// <summary>A = QR of a design matrix with or without an intercept, columns that depend on earlier ones left out.</summary>
/// <remarks>Newton's method runs in the basis Q, where scales and collinearity of the predictors no longer matter.
/// Gram–Schmidt, each column orthogonalised twice (Giraud, Langou, Rozložník 2005), which is orthogonal to rounding.</remarks>
internal sealed class OrthonormalBasis
{
    /// <summary>A column whose part orthogonal to the earlier ones is below this share of its length is aliased, as in R's glm.</summary>
    private const double RankTolerance = 1e-11;

    private OrthonormalBasis(List<double[]> q, List<double[]> r, List<int> kept, List<int> aliased)
    {
        Q = [.. q];
        R = [.. r];
        Kept = [.. kept];
        Aliased = [.. aliased];
    }

    /// <summary>Orthonormal columns of length n.</summary>
    public double[][] Q { get; }

    /// <summary>Column k of the upper triangular factor, k + 1 values.</summary>
    public double[][] R { get; }

    /// <summary>Term numbers kept: 0 the intercept, j + 1 column j.</summary>
    public int[] Kept { get; }

    /// <summary>Term numbers left out.</summary>
    public int[] Aliased { get; }

    /// <summary>Rank k.</summary>
    public int Count => Q.Length;

    /// <summary>Factorises the terms of a model.</summary>
    /// <param name="x">Predictors.</param>
    /// <param name="terms">Term numbers: 0 the intercept, j + 1 column j.</param>
    public static OrthonormalBasis Of(DesignMatrix x, IEnumerable<int> terms)
    {
        List<double[]> q = [], r = [];
        List<int> kept = [], aliased = [];
        foreach (int term in terms)
        {
            double[] column = new double[x.RowCount];
            if (term == 0) Array.Fill(column, 1);
            else x.Column(term - 1).CopyTo(column);
            double length = Math.Sqrt(ColumnKernels.Dot(column, column));
            double[] coefficients = new double[q.Count + 1];
            for (int pass = 0; pass < 2; pass++)
            {
                for (int k = 0; k < q.Count; k++)
                {
                    double c = ColumnKernels.Dot(column, q[k]);
                    coefficients[k] += c;
                    ColumnKernels.Subtract(q[k], c, column);
                }
            }
            double rest = Math.Sqrt(ColumnKernels.Dot(column, column));
            if (!(rest > RankTolerance * length)) { aliased.Add(term); continue; }
            for (int i = 0; i < column.Length; i++) column[i] /= rest;
            coefficients[^1] = rest;
            q.Add(column);
            r.Add(coefficients);
            kept.Add(term);
        }
        return new OrthonormalBasis(q, r, kept, aliased);
    }

    /// <summary>Solves R·b = g in place: from coefficients in the basis to coefficients of the kept terms.</summary>
    public void ToTerms(Span<double> g)
    {
        for (int k = Count - 1; k >= 0; k--)
        {
            g[k] /= R[k][k];
            for (int i = 0; i < k; i++) g[i] -= R[k][i] * g[k];
        }
    }

    /// <summary>R⁻¹·V·R⁻ᵀ: from a covariance in the basis to that of the kept terms.</summary>
    public double[,] CovarianceOfTerms(double[][] columnsOfV)
    {
        int n = Count;
        double[][] half = new double[n][];
        for (int k = 0; k < n; k++)
        {
            half[k] = (double[])columnsOfV[k].Clone();
            ToTerms(half[k]);
        }
        double[,] covariance = new double[n, n];
        double[] row = new double[n];
        for (int i = 0; i < n; i++)
        {
            for (int k = 0; k < n; k++) row[k] = half[k][i];
            ToTerms(row);
            for (int k = 0; k < n; k++) covariance[i, k] = row[k];
        }
        return covariance;
    }

    /// <summary>log |det R|.</summary>
    public double LogDeterminant
    {
        get
        {
            double sum = 0;
            for (int k = 0; k < Count; k++) sum += Math.Log(R[k][k]);
            return sum;
        }
    }
}
