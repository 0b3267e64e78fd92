using HccPipeline.Statistics.Linear;

namespace HccPipeline.Statistics.Lasso;

/// <summary>Finds the columns outside the model that could enter it, looking at as few columns as possible.</summary>
/// <remarks>
/// The score of column j is the inner product of zⱼ (norm 1) with the scaled residual u. If it was g at residual v, then at u
/// it is at most c|g| + ‖u − c·v‖ for any c (Cauchy–Schwarz); c is chosen by projection. A column whose bound lies under the
/// threshold is left alone, the others are computed. The outcome is exactly that of computing every score, so the sequential
/// strong rule (Tibshirani et al. 2012, J R Stat Soc B 74:245) and the optimality (KKT) check stay exact.
/// </remarks>
internal sealed class GradientScreen
{
    private readonly LassoProblem _problem;
    private readonly FitBuffers _buffers;
    private readonly double[] _inverseRootWeights;
    private readonly double[] _norms;
    private readonly double[] _scores;
    private readonly int[] _scoredAt;
    private readonly bool[] _ignored;
    private readonly double[][] _residuals;
    private readonly double[] _scale;
    private readonly double[] _distance;
    private readonly double[] _square;
    private double[] _current = [];
    private int _now = -1;

    public GradientScreen(LassoProblem problem, FitBuffers buffers)
    {
        _problem = problem;
        _buffers = buffers;
        int p = problem.X.ColumnCount;
        _inverseRootWeights = buffers.Rent(problem.Weights.Length);
        for (int i = 0; i < problem.Weights.Length; i++)
            if (problem.Weights[i] > 0) _inverseRootWeights[i] = 1 / Math.Sqrt(problem.Weights[i]);
        _norms = buffers.Rent(p);
        _scores = buffers.Rent(p);
        _scoredAt = new int[p];
        _ignored = new bool[p];
        // A sixteenth of the data at most is spent on remembered residuals.
        _residuals = new double[Math.Clamp(p / 16, 4, 128)][];
        _scale = new double[_residuals.Length];
        _distance = new double[_residuals.Length];
        _square = new double[_residuals.Length];
        for (int j = 0; j < p; j++)
        {
            _scoredAt[j] = int.MinValue;
            _ignored[j] = !problem.IsEligible(j);
            if (!_ignored[j]) _norms[j] = problem.Deviations[j] / problem.ScaleOf(j) * (1 + 1e-10);
        }
    }

    /// <summary>Score of a column as last computed.</summary>
    public double ScoreOf(int column) => _scores[column];

    /// <summary>Leaves a column out from now on: it is in the model.</summary>
    public void Ignore(int column) => _ignored[column] = true;

    /// <summary>Moves to the present residuals.</summary>
    public void Advance(ReadOnlySpan<double> residual)
    {
        _now++;
        int slots = _residuals.Length;
        _current = _residuals[_now % slots] ??= _buffers.Rent(residual.Length);
        for (int i = 0; i < residual.Length; i++) _current[i] = residual[i] * _inverseRootWeights[i];
        for (int t = Math.Max(0, _now - slots + 1); t < _now; t++)
        {
            double[] past = _residuals[t % slots];
            double square = _square[t % slots];
            double scale = square > 0 ? ColumnKernels.Dot(past, _current) / square : 0;
            _scale[t % slots] = Math.Abs(scale);
            _distance[t % slots] = Math.Sqrt(ColumnKernels.SquaredDistance(_current, scale, past));
        }
        _square[_now % slots] = ColumnKernels.Dot(_current, _current);
        _scale[_now % slots] = 1;
        _distance[_now % slots] = 0;
    }

    /// <summary>Notes a score computed elsewhere at the present residuals.</summary>
    public void Note(int column, double score)
    {
        _scores[column] = score;
        _scoredAt[column] = _now;
    }

    /// <summary>Collects the columns outside the model with |score| &gt; level × penalty factor.</summary>
    /// <param name="level">λα for the optimality check, less for the strong rule.</param>
    /// <param name="residual">Residuals given to <see cref="Advance"/>.</param>
    /// <param name="found">Receives the columns, in increasing order.</param>
    public void Collect(double level, ReadOnlySpan<double> residual, List<int> found)
    {
        found.Clear();
        int oldest = _now - _residuals.Length;
        for (int j = 0; j < _ignored.Length; j++)
        {
            if (_ignored[j]) continue;
            double threshold = level * _problem.Penalties[j];
            int at = _scoredAt[j];
            if (at != _now)
            {
                int slot = at > oldest ? at % _residuals.Length : -1;
                if (slot >= 0 && (_scale[slot] * Math.Abs(_scores[j])) + (_norms[j] * _distance[slot]) <= threshold) continue;
                Note(j, ColumnKernels.DotCentred(_problem.X.Column(j), _problem.Means[j], residual) * _problem.InverseScales[j]);
            }
            if (Math.Abs(_scores[j]) > threshold && MayMove(j)) found.Add(j);
        }
    }

    /// <summary>Collects every column outside the model, in increasing order.</summary>
    public void CollectAll(List<int> found)
    {
        found.Clear();
        for (int j = 0; j < _ignored.Length; j++)
            if (!_ignored[j]) found.Add(j);
    }

    /// <summary>Largest |score| / penalty factor outside the model, at the present residuals.</summary>
    public double LargestRelativeScore(ReadOnlySpan<double> residual)
    {
        List<int> all = [];
        Collect(-1, residual, all);
        double largest = 0;
        for (int j = 0; j < _ignored.Length; j++)
            if (!_ignored[j]) largest = Math.Max(largest, Math.Abs(_scores[j]) / _problem.Penalties[j]);
        return largest;
    }

    private bool MayMove(int column)
    {
        (double lower, double upper) = _problem.LimitsOf(column);
        return _scores[column] > 0 ? upper > 0 : lower < 0;
    }
}
