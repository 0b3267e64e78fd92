using System.Runtime.InteropServices;
using HccPipeline.Statistics.Linear;

namespace HccPipeline.Statistics.Lasso;

/// <summary>Walks down the λ sequence: strong rule, Newton steps on the working set, optimality check, early stop.</summary>
internal sealed class LassoPathSolver
{
    /// <summary>Values of the model's columns taken through the linear predictor and back into scores while they are in the cache.</summary>
    private const int BlockValues = 65_536;

    private const int FewestRowsPerBlock = 256;

    /// <summary>No more trust than this is put in the observed ratio of successive step sizes (squared).</summary>
    private const double SmallestContraction = 0.02;

    /// <summary>Share of the tolerance that may remain, by the observed contraction, after the last step.</summary>
    private const double TargetShare = 0.5;

    /// <summary>New cross-products of this many members cost about one sweep more.</summary>
    private const double MembersPerSweep = 80;

    /// <summary>For about this many λ a curvature serves well.</summary>
    private const double LambdasPerCurvature = 3;

    private readonly LassoProblem _problem;
    private readonly LogisticState _state;
    private readonly QuadraticModel _model;
    private readonly GradientScreen _screen;
    private readonly List<int> _strong = [];
    private readonly List<int> _violators = [];
    private readonly double _nullDeviance;
    private readonly double _tolerance;
    private double[] _scores = [];
    private double[] _strongScores = [];
    private double[] _changes = [];
    private int[] _changedColumns = [];
    private double _interceptScore;
    private double _curvature;
    private double _intercept;
    private double _lastSize;
    private double _contraction = 1;

    private LassoPathSolver(LassoProblem problem)
    {
        _problem = problem;
        _state = new LogisticState(problem);
        _model = new QuadraticModel(problem);
        _screen = new GradientScreen(problem);
        _intercept = _state.FitIntercept();
        _nullDeviance = _state.Deviance();
        _tolerance = problem.Options.Tolerance * _nullDeviance / 2;
    }

    public static LassoPath Fit(LassoProblem problem) => new LassoPathSolver(problem).Fit();

    private LassoPath Fit()
    {
        FitUnpenalised();
        _screen.Advance(_state.Residual);
        double largest = _screen.LargestRelativeScore(_state.Residual) / Math.Max(_problem.Options.Alpha, 0.001);
        double[] sequence = LambdaSequence.For(_problem, largest);
        PathBuilder path = new(_problem, _nullDeviance);
        double previous = Math.Max(largest, sequence[0]);
        foreach (double lambda in sequence)
        {
            if (!Solve(lambda, previous)) return path.Build(PathEnd.NotConverged);
            double deviance = _state.Deviance() - (2 * _model.FirstOrderGain(_scores));
            path.Add(lambda, _intercept + _model.InterceptStep, _model, 1 - (deviance / _nullDeviance));
            if (path.StopsHere() is { } end) return path.Build(end);
            previous = lambda;
        }
        return path.Build(PathEnd.Complete);
    }

    private void FitUnpenalised()
    {
        for (int j = 0; j < _problem.X.ColumnCount; j++)
            if (_problem.IsEligible(j) && _problem.Penalties[j] == 0) Admit(j);
        _model.TakeCurvature(_state);
        Sweep(step: 0);
        _model.Expand(_scores, _interceptScore, _curvature);
        if (_model.Count == 0) return;
        if (!Converge(0))
            throw new UnusableDataException("The unpenalised columns alone do not converge: they separate the classes or are collinear.");
        _model.Accept(_scores);
        _intercept += _model.InterceptStep;
        Sweep(step: 1);
        _model.Expand(_scores, _interceptScore, _curvature);
    }

    private bool Solve(double lambda, double previous)
    {
        double alpha = _problem.Options.Alpha;
        _screen.Collect(Math.Min(lambda, (2 * lambda) - previous) * alpha, _state.Residual, _strong);
        Array.Resize(ref _strongScores, Math.Max(_strongScores.Length, _strong.Count));
        for (int k = 0; k < _strong.Count; k++) _strongScores[k] = _screen.ScoreOf(_strong[k]);
        AdmitStrong(lambda * alpha);
        _model.Cover(_scores);
        while (true)
        {
            if (!Converge(lambda)) return false;
            // The last step is not in the scores yet. A column so close to the threshold that the step could take it across
            // joins the model, which costs little and leaves no column wrongly out.
            double level = (lambda * alpha) - Math.Min(Math.Sqrt(_lastSize), 0.05 * lambda * alpha);
            int before = _model.Count;
            AdmitStrong(level);
            _screen.Advance(_state.Residual);
            for (int k = 0; k < _strong.Count; k++) _screen.Note(_strong[k], _strongScores[k]);
            _screen.Collect(level, _state.Residual, _violators);
            foreach (int column in _violators)
            {
                _strong.Remove(column);
                Admit(column, _screen.ScoreOf(column));
            }
            if (_model.Count == before) return true;
            _model.Cover(_scores);
        }
    }

    /// <summary>Newton steps until what would remain after one more is negligible; that last one stays unswept in the model.</summary>
    private bool Converge(double lambda)
    {
        double previous = double.PositiveInfinity;
        for (int step = 0; step < _problem.Options.MaxIterations; step++)
        {
            double size = _model.Minimise(lambda, _tolerance * 0.01);
            double contraction = size / previous;
            if (contraction > 0) _contraction = Math.Clamp(contraction, SmallestContraction, 1);
            _lastSize = size;
            double target = _tolerance * TargetShare;
            if (size * _contraction < target || size < target) return true;
            if (contraction > 0 && _model.IsStale && IsNewCurvatureCheaper(size, target))
            {
                _model.TakeCurvature(_state);
                _model.Expand(_scores, _interceptScore, _curvature);
                previous = double.PositiveInfinity;
                continue;
            }
            previous = size;
            Move(lambda, size);
            AdmitStrong(lambda * _problem.Options.Alpha);
            _model.Expand(_scores, _interceptScore, _curvature);
        }
        return false;
    }

    /// <summary>Whether new cross-products cost less than the sweeps that they would save, here and at the next few λ.</summary>
    private bool IsNewCurvatureCheaper(double size, double target)
    {
        double sweepsLeft = _contraction < 1 ? Math.Log(target / size) / Math.Log(_contraction) : double.PositiveInfinity;
        double costInSweeps = 1 + (_model.Count / MembersPerSweep);
        return sweepsLeft > 1 + (costInSweeps / LambdasPerCurvature);
    }

    /// <summary>Takes the step of the model; halves it while it makes the objective worse.</summary>
    private void Move(double lambda, double size)
    {
        // A step this small is inside the region where Newton's method contracts.
        bool isSafe = size < 0.05;
        double before = isSafe ? 0 : Objective(lambda);
        _model.Accept(_scores);
        _intercept += _model.InterceptStep;
        Sweep(step: 1);
        for (int halving = 0; !isSafe && halving < 40 && !(Objective(lambda) <= before); halving++)
        {
            _model.TakeBackHalf();
            _intercept -= _model.InterceptStep;
            Sweep(step: -1);
        }
    }

    private double Objective(double lambda)
    {
        double alpha = _problem.Options.Alpha, sum = _state.Deviance() / 2;
        for (int k = 0; k < _model.Count; k++)
        {
            double b = _model.Coefficients[k];
            sum += lambda * _problem.Penalties[_model.Columns[k]] * ((alpha * Math.Abs(b)) + ((1 - alpha) / 2 * b * b));
        }
        return sum;
    }

    /// <summary>Adds <paramref name="step"/> times the model's step to the linear predictor and computes the scores there.</summary>
    private void Sweep(double step)
    {
        int n = _problem.X.RowCount, block = Math.Max(FewestRowsPerBlock, BlockValues / (_model.Count + 1));
        int changed = CollectChanges(step);
        double constant = step * _model.InterceptStep;
        ReadOnlySpan<int> strong = CollectionsMarshal.AsSpan(_strong);
        _interceptScore = 0;
        _curvature = 0;
        Array.Clear(_scores);
        Array.Clear(_strongScores);
        for (int start = 0; start < n; start += block)
        {
            int count = Math.Min(block, n - start);
            Span<double> eta = _state.Eta.AsSpan(start, count);
            if (constant != 0)
                for (int i = 0; i < eta.Length; i++) eta[i] += constant;
            StandardisedColumns.AddTo(_problem, _changedColumns.AsSpan(0, changed), _changes, start, eta);
            (double score, double curvature) = _state.Refresh(start, count);
            _interceptScore += score;
            _curvature += curvature;
            ReadOnlySpan<double> residual = _state.Residual.AsSpan(start, count);
            StandardisedColumns.AddScores(_problem, _model.Columns, start, residual, _scores);
            StandardisedColumns.AddScores(_problem, strong, start, residual, _strongScores);
        }
    }

    /// <summary>Lists the columns that move, with <paramref name="step"/> times their standardised change.</summary>
    private int CollectChanges(double step)
    {
        if (_changes.Length < _model.Count)
        {
            _changes = new double[_scores.Length];
            _changedColumns = new int[_scores.Length];
        }
        int changed = 0;
        for (int k = 0; k < _model.Count; k++)
        {
            double change = step * _model.Step[k];
            if (change == 0) continue;
            _changedColumns[changed] = _model.Columns[k];
            _changes[changed++] = change;
        }
        return changed;
    }

    private void AdmitStrong(double level)
    {
        int kept = 0;
        for (int k = 0; k < _strong.Count; k++)
        {
            int column = _strong[k];
            if (Math.Abs(_strongScores[k]) > level * _problem.Penalties[column])
            {
                Admit(column, _strongScores[k]);
                continue;
            }
            _strong[kept] = column;
            _strongScores[kept++] = _strongScores[k];
        }
        _strong.RemoveRange(kept, _strong.Count - kept);
    }

    private void Admit(int column, double score = 0)
    {
        _screen.Ignore(column);
        _model.Add(column);
        if (_model.Count > _scores.Length) Array.Resize(ref _scores, Math.Max(16, _scores.Length * 2));
        _scores[_model.Count - 1] = score;
    }
}
