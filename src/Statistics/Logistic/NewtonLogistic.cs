using HccPipeline.Statistics.Linear;

namespace HccPipeline.Statistics.Logistic;

/// <summary>Newton's method (iteratively reweighted least squares) for one likelihood, in an orthonormal basis.</summary>
internal sealed class NewtonLogistic
{
    private const double StepTolerance = 1e-12;
    private const double LargestStep = 5;

    private readonly OrthonormalBasis _basis;
    private readonly double[] _y;
    private readonly double[]? _weights;
    private readonly double[]? _offset;
    private readonly bool _isFirth;
    private readonly double[] _probability;
    private readonly double[] _curvature;
    private readonly double[] _scratch;
    private readonly double[] _information;
    private readonly double[] _step;

    public NewtonLogistic(OrthonormalBasis basis, double[] y, double[]? weights, double[]? offset, bool isFirth)
    {
        _basis = basis;
        _y = y;
        _weights = weights;
        _offset = offset;
        _isFirth = isFirth;
        int n = y.Length, k = basis.Count;
        Eta = new double[n];
        Coefficients = new double[k];
        Previous = new double[k];
        _probability = new double[n];
        _curvature = new double[n];
        _scratch = new double[n];
        _information = new double[k * k];
        _step = new double[k];
    }

    /// <summary>Coefficients in the basis.</summary>
    public double[] Coefficients { get; }

    /// <summary>Coefficients one step before.</summary>
    public double[] Previous { get; }

    /// <summary>Linear predictors, offset included.</summary>
    public double[] Eta { get; }

    /// <summary>Steps taken.</summary>
    public int Iterations { get; private set; }

    /// <summary>Log-likelihood at the present coefficients.</summary>
    public double LogLikelihood { get; private set; }

    /// <summary>Steps until the next one is below rounding, or until <paramref name="maxIterations"/>.</summary>
    /// <returns>Whether it converged.</returns>
    public bool Run(int maxIterations)
    {
        double objective = Evaluate();
        while (Iterations < maxIterations)
        {
            double size = ComputeStep();
            if (double.IsNaN(size)) return false;
            if (size < StepTolerance) return true;
            double length = Math.Min(1, LargestStep / size);
            Coefficients.CopyTo(Previous, 0);
            Iterations++;
            double next = StepTo(length);
            // Near the maximum rounding decides the sign of the change: it is no reason to halve.
            for (int halving = 0; halving < 30 && !(next >= objective - (1e-9 * (1 + Math.Abs(objective)))); halving++)
            {
                length /= 2;
                next = StepTo(length);
            }
            objective = next;
        }
        return false;
    }

    /// <summary>Columns of the inverse information in the basis, at the present coefficients.</summary>
    /// <returns>Null when the information is singular.</returns>
    public double[][]? Covariance(out double halfLogDeterminant)
    {
        Evaluate();
        int k = _basis.Count;
        halfLogDeterminant = double.NaN;
        if (!FactoriseInformation()) return null;
        halfLogDeterminant = HalfLogDeterminant();
        double[][] columns = new double[k][];
        for (int j = 0; j < k; j++)
        {
            columns[j] = new double[k];
            columns[j][j] = 1;
            SymmetricSolver.Solve(_information, k, columns[j]);
        }
        return columns;
    }

    private double StepTo(double length)
    {
        for (int k = 0; k < Coefficients.Length; k++) Coefficients[k] = Previous[k] + (length * _step[k]);
        return Evaluate();
    }

    private double Evaluate()
    {
        if (_offset is null) Array.Clear(Eta);
        else _offset.CopyTo(Eta, 0);
        for (int k = 0; k < Coefficients.Length; k++) ColumnKernels.AddCentred(_basis.Q[k], shift: 0, Coefficients[k], Eta);
        double sum = 0;
        for (int i = 0; i < Eta.Length; i++)
        {
            double w = _weights?[i] ?? 1, signed = _y[i] == 1 ? Eta[i] : -Eta[i];
            // log p of the observed class, without overflow and without losing small values.
            sum += w * (signed > 0 ? -LogOnePlus(Math.Exp(-signed)) : signed - LogOnePlus(Math.Exp(signed)));
            double p = 1 / (1 + Math.Exp(-Eta[i])), q = 1 / (1 + Math.Exp(Eta[i]));
            _probability[i] = p;
            _curvature[i] = w * p * q;
        }
        LogLikelihood = sum;
        if (!_isFirth) return sum;
        return FactoriseInformation() ? sum + HalfLogDeterminant() : double.NegativeInfinity;
    }

    private double ComputeStep()
    {
        int k = _basis.Count;
        if (!FactoriseInformation()) return double.NaN;
        for (int i = 0; i < _y.Length; i++)
        {
            // y − p without cancellation: for a case it is 1 − p, the probability of the other class.
            double residual = _y[i] == 1 ? 1 / (1 + Math.Exp(Eta[i])) : -_probability[i];
            _scratch[i] = (_weights?[i] ?? 1) * residual;
        }
        if (_isFirth) AddFirthScore();
        for (int j = 0; j < k; j++) _step[j] = ColumnKernels.Dot(_basis.Q[j], _scratch);
        SymmetricSolver.Solve(_information, k, _step);
        return LargestChangeOfPredictor();
    }

    private void AddFirthScore()
    {
        int k = _basis.Count;
        double[] row = new double[k];
        for (int i = 0; i < _y.Length; i++)
        {
            for (int j = 0; j < k; j++) row[j] = _basis.Q[j][i];
            double leverage = 0;
            // |L⁻¹q|²: the forward half of a solve is enough.
            for (int j = 0; j < k; j++)
            {
                row[j] = (row[j] - ColumnKernels.Dot(_information.AsSpan(j * k, j), row.AsSpan(0, j))) / _information[(j * k) + j];
                leverage += row[j] * row[j];
            }
            _scratch[i] += _curvature[i] * leverage * (0.5 - _probability[i]);
        }
    }

    private double LargestChangeOfPredictor()
    {
        double[] change = new double[_y.Length];
        for (int k = 0; k < _step.Length; k++) ColumnKernels.AddCentred(_basis.Q[k], shift: 0, _step[k], change);
        double largest = 0;
        foreach (double c in change) largest = double.IsNaN(c) ? double.NaN : Math.Max(largest, Math.Abs(c));
        return largest;
    }

    private bool FactoriseInformation()
    {
        int k = _basis.Count;
        for (int j = 0; j < k; j++)
        {
            for (int i = 0; i < _y.Length; i++) _scratch[i] = _curvature[i] * _basis.Q[j][i];
            for (int l = 0; l <= j; l++) _information[(j * k) + l] = ColumnKernels.Dot(_basis.Q[l], _scratch);
        }
        return SymmetricSolver.Factorise(_information, k, rankTolerance: 1e-14) < 0;
    }

    private double HalfLogDeterminant()
    {
        double sum = 0;
        for (int j = 0; j < _basis.Count; j++) sum += Math.Log(_information[(j * _basis.Count) + j]);
        return sum;
    }

    private static double LogOnePlus(double x) => x < 1e-5 ? x * (1 - (x / 2) + (x * x / 3)) : Math.Log(1 + x);
}
