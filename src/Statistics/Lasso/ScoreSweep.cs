using HccPipeline.Statistics.Linear;

namespace HccPipeline.Statistics.Lasso;

/// <summary>Takes the model's step through the linear predictor and the residuals back into scores, of the columns in the model and of the watched ones.</summary>
internal sealed class ScoreSweep(LassoProblem problem, LogisticState state, WorkingSet members, WatchedColumns watched, QuadraticModel model, FitBuffers buffers)
{
    /// <summary>Values of the model's columns that go there and back while they are in the cache.</summary>
    private const int BlockValues = 65_536;

    private const int FewestRowsPerBlock = 256;

    private double[] _scores = [];
    private double[] _changes = [];
    private int[] _changedColumns = [];
    private double _interceptScore;
    private double _curvature;

    /// <summary>Scores of the model's columns, by member number; there may be room for more.</summary>
    public double[] Scores => _scores;

    /// <summary>Makes room for the last member.</summary>
    /// <param name="score">Its score, where it is known.</param>
    public void Add(double score)
    {
        if (members.Count > _scores.Length) buffers.Grow(ref _scores, members.Capacity);
        _scores[members.Count - 1] = score;
    }

    /// <summary>Expands the model where the last sweep ended.</summary>
    public void Expand() => model.Expand(_scores, _interceptScore, _curvature);

    /// <summary>Adds <paramref name="step"/> times the model's step to the linear predictor and computes the scores there.</summary>
    public void Run(double step)
    {
        int n = problem.X.RowCount, block = Math.Max(FewestRowsPerBlock, BlockValues / (members.Count + 1) / LaneMask.Lanes * LaneMask.Lanes);
        int changed = CollectChanges(step);
        double constant = step * model.InterceptStep;
        ReadOnlySpan<int> outside = watched.Columns;
        _interceptScore = 0;
        _curvature = 0;
        Array.Clear(_scores);
        Array.Clear(watched.Scores);
        for (int start = 0; start < n; start += block)
        {
            int count = Math.Min(block, n - start);
            Span<double> eta = state.Eta.Slice(start, count);
            if (constant != 0)
                for (int i = 0; i < eta.Length; i++) eta[i] += constant;
            StandardisedColumns.AddTo(problem, _changedColumns.AsSpan(0, changed), _changes, start, eta);
            (double score, double curvature) = state.Refresh(start, count);
            _interceptScore += score;
            _curvature += curvature;
            ReadOnlySpan<double> residual = state.Residual.Slice(start, count);
            StandardisedColumns.AddScores(problem, members.Columns, start, residual, _scores);
            StandardisedColumns.AddScores(problem, outside, start, residual, watched.Scores);
        }
    }

    /// <summary>Lists the columns that move, with <paramref name="step"/> times their standardised change.</summary>
    private int CollectChanges(double step)
    {
        if (_changes.Length < members.Count)
        {
            _changes = buffers.Rent(_scores.Length);
            _changedColumns = new int[_scores.Length];
        }
        int changed = 0;
        ReadOnlySpan<double> steps = model.Step;
        ReadOnlySpan<int> columns = members.Columns;
        for (int k = 0; k < steps.Length; k++)
        {
            double change = step * steps[k];
            if (change == 0) continue;
            _changedColumns[changed] = columns[k];
            _changes[changed++] = change;
        }
        return changed;
    }
}
