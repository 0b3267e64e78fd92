using HccPipeline.Statistics.Linear;

namespace HccPipeline.Statistics.Logistic;

/// <summary>Newton's method (iteratively reweighted least squares) for one likelihood, in an orthonormal basis.</summary>
internal sealed class NewtonLogistic
{
    private const double StepTolerance = 1e-12;
    private const double LargestStep = 5;
    private const double DevianceTolerance = 1e-14;

    /// <summary>A change of all linear predictors below this is inside the region of quadratic convergence.</summary>
    private const double SettledStep = 1e-3;

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

    /// <summary>Steps until convergence, or until <paramref name="maxIterations"/> in all.</summary>
    /// <returns>Whether it converged.</returns>
    /// <remarks>Maximum likelihood starts, stops and reports as glm with epsilon 1e-14: the covariance is that of the point
    /// where the last step began, about 1e-8 from the estimate. A stalled deviance alone is not enough: under separation it
    /// stalls while the coefficients run away. Firth's steps converge linearly and go on until they are below rounding.</remarks>
    public bool Run(int maxIterations)
    {
        double objective = Iterations == 0 && !_isFirth ? StepFromData() : Evaluate();
        while (Iterations < maxIterations)
        {
            double size = ComputeStep();
            if (double.IsNaN(size)) return false;
            if (_isFirth && size < StepTolerance) return true;
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
            double change = 2 * Math.Abs(next - objective);
            objective = next;
            if (!_isFirth && size < SettledStep && change < DevianceTolerance * (Math.Abs(2 * next) + 0.1)) return true;
        }
        return false;
    }

    /// <summary>First step of iteratively reweighted least squares: from the shrunken data, not from coefficients.</summary>
    private double StepFromData()
    {
        double[] working = new double[_y.Length];
        for (int i = 0; i < _y.Length; i++)
        {
            double w = _weights?[i] ?? 1, p = ((w * _y[i]) + 0.5) / (w + 1);
            _curvature[i] = w * p * (1 - p);
            working[i] = _curvature[i] * (Math.Log(p / (1 - p)) - (_offset?[i] ?? 0)) + (w * (_y[i] - p));
        }
        // Rows of weight zero may leave the columns dependent: the next step will fail and say so.
        if (!FactoriseInformation()) return Evaluate();
        for (int k = 0; k < Coefficients.Length; k++) Coefficients[k] = ColumnKernels.Dot(_basis.Q[k], working);
        SymmetricSolver.Solve(_information, _basis.Count, Coefficients);
        Iterations++;
        return Evaluate();
    }

    /// <summary>Columns of the inverse information in the basis: at the estimate for Firth, where the last step began for
    /// maximum likelihood.</summary>
    public double[][] Covariance()
    {
        int k = _basis.Count;
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

    /// <summary>Half the log determinant of the information in the basis at the present coefficients.</summary>
    public double HalfLogDeterminantHere() => FactoriseInformation() ? HalfLogDeterminant() : double.NegativeInfinity;

    private double HalfLogDeterminant()
    {
        double sum = 0;
        for (int j = 0; j < _basis.Count; j++) sum += Math.Log(_information[(j * _basis.Count) + j]);
        return sum;
    }

    private static double LogOnePlus(double x) => x < 1e-5 ? x * (1 - (x / 2) + (x * x / 3)) : Math.Log(1 + x);
}
