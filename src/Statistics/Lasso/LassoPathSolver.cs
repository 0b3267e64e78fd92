using System.Numerics;
using System.Runtime.InteropServices;
using HccPipeline.Statistics.Linear;

namespace HccPipeline.Statistics.Lasso;

/// <summary>Walks down the λ sequence: strong rule, Newton steps on the working set, optimality check, early stop.</summary>
internal sealed class LassoPathSolver
{
    /// <summary>Values of the model's columns taken through the linear predictor and back into scores while they are in the cache.</summary>
    private const int BlockValues = 65_536;

    private const int FewestRowsPerBlock = 256;

    /// <summary>Values of a problem so small that to score every column in every sweep costs less than to find out which to leave out.</summary>
    private const int SmallProblem = 16_384;

    /// <summary>With more rows than this for each column, a sweep costs so much more than all else that to predict with the quadratic
    /// model, which takes no sweep, beats extrapolation, which takes one.</summary>
    private const int TallProblem = 10;

    /// <summary>Share of the tolerance that a step has to be worth. Rounding errors of the scores move nearly collinear columns against each
    /// other by more than the tolerance for ever, and to no avail.</summary>
    private const double SmallestWorth = 1e-9;

    /// <summary>A step this small is inside the region where Newton's method contracts.</summary>
    private const double SafeSize = 0.05;

    /// <summary>Newton's method is done in far fewer steps where it contracts: after so many it is watched.</summary>
    private const int SafeSteps = 25;

    private const int FewHalvings = 3, MostHalvings = 40;

    private readonly LassoProblem _problem;
    private readonly FitBuffers _buffers;
    private readonly LogisticState _state;
    private readonly WorkingSet _members;
    private readonly QuadraticModel _model;
    private readonly Extrapolation _extrapolation;
    private readonly GradientScreen _screen;
    // Columns outside the model that are scored in every sweep: those of the strong rule, or all in a small problem.
    private readonly List<int> _watched = [];
    private readonly List<int> _violators = [];
    private readonly bool _isSmall;
    private readonly bool _extrapolates;
    private readonly double _nullDeviance;
    private readonly double _tolerance;
    private readonly StepRule _rule;
    private readonly Damping _damping = new();
    private double[] _scores = [];
    private double[] _watchedScores = [];
    private double[] _changes = [];
    private int[] _changedColumns = [];
    // Whether the coefficients came to the last λ without a leap: where they leap they do not go on as before.
    private bool _isSmooth = true;
    private double _interceptScore;
    private double _curvature;
    private double _intercept;
    private PathBuilder? _path;
    private double[] _sequence = [];
    private double _previous;
    private int _next;
    private PathEnd? _end;

    /// <summary>Takes up a problem; nothing is fitted yet.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="buffers">Arrays, this solver's alone for as long as it is used.</param>
    public LassoPathSolver(LassoProblem problem, FitBuffers buffers)
    {
        _problem = problem;
        _buffers = buffers;
        _state = new LogisticState(problem, buffers);
        _members = new WorkingSet(problem, buffers);
        _model = new QuadraticModel(problem, _members, buffers);
        _extrapolation = new Extrapolation(_members, buffers);
        _screen = new GradientScreen(problem, buffers);
        _isSmall = problem.X.RowCount * problem.X.ColumnCount <= SmallProblem;
        _extrapolates = problem.X.RowCount <= TallProblem * problem.X.ColumnCount;
        _intercept = _state.FitIntercept(buffers);
        _nullDeviance = _state.Deviance();
        _tolerance = problem.Options.Tolerance * _nullDeviance / 2;
        _rule = new StepRule(_tolerance);
    }

    /// <summary>Fits one path.</summary>
    public static LassoPath Fit(LassoProblem problem) => Fit(problem, new FitBuffers());

    /// <summary>Fits the path with the arrays of the fits before.</summary>
    public static LassoPath Fit(LassoProblem problem, FitBuffers buffers)
    {
        LassoPath path = new LassoPathSolver(problem, buffers).Follow();
        buffers.Reclaim();
        return path;
    }

    /// <summary>Goes on with the path where it was left, to its end or until it has gone far enough.</summary>
    /// <param name="points">Far enough is so many points.</param>
    /// <param name="lambda">Far enough is a λ as small as this.</param>
    /// <returns>The path from its beginning: the same bits however often it paused.</returns>
    public LassoPath Follow(int points = int.MaxValue, double lambda = double.NegativeInfinity)
    {
        PathBuilder path = _path ??= Begin();
        while (_end is null && _next < points && !(_next > 0 && _previous <= lambda))
            _end = Add(path, _sequence[_next++]);
        return path.Build(_end ?? PathEnd.Paused, _model.Rounds);
    }

    private PathBuilder Begin()
    {
        FitUnpenalised();
        _screen.Advance(_state.Residual);
        double largest = _screen.LargestRelativeScore(_state.Residual) / Math.Max(_problem.Options.Alpha, 0.001);
        if (_isSmall)
        {
            _screen.CollectAll(_watched);
            TakeWatchedScores();
        }
        _sequence = LambdaSequence.For(_problem, largest);
        _previous = Math.Max(largest, _sequence[0]);
        return new(_problem, _nullDeviance);
    }

    /// <returns>Why the path ends here, or null.</returns>
    private PathEnd? Add(PathBuilder path, double lambda)
    {
        if (!Solve(lambda, _previous)) return PathEnd.NotConverged;
        double deviance = _state.Deviance() - (2 * _model.FirstOrderGain(_scores));
        path.Add(lambda, _intercept + _model.InterceptStep, _members, 1 - (deviance / _nullDeviance));
        if (path.StopsHere() is { } end) return end;
        _extrapolation.Note(_intercept + _model.InterceptStep);
        _previous = lambda;
        return _next == _sequence.Length ? PathEnd.Complete : null;
    }

    private void FitUnpenalised()
    {
        for (int j = 0; j < _problem.X.ColumnCount; j++)
            if (_problem.IsEligible(j) && _problem.Penalties[j] == 0) Admit(j);
        _model.TakeCurvature(_state, damping: 0);
        Sweep(step: 0);
        _model.Expand(_scores, _interceptScore, _curvature);
        if (_members.Count == 0) return;
        if (!Converge(0))
            throw new UnusableDataException("The unpenalised columns alone do not converge: they separate the classes or are collinear.");
        _model.Accept(_scores);
        _intercept += _model.InterceptStep;
        Sweep(step: 1);
        _model.Expand(_scores, _interceptScore, _curvature);
    }

    private bool Solve(double lambda, double previous)
    {
        double threshold = lambda * _problem.Options.Alpha;
        if (!_isSmall) WatchStrong(Math.Min(lambda, (2 * lambda) - previous) * _problem.Options.Alpha);
        AdmitWatched(threshold);
        if (_extrapolates && _isSmooth && _extrapolation.IsPossible) Extrapolate();
        _model.Cover(_scores);
        while (true)
        {
            if (!Converge(lambda)) return false;
            // The last step is not in the scores yet. A column so close to the threshold that the step could take it across
            // joins the model, which costs little and leaves no column wrongly out.
            double level = threshold - Math.Min(Math.Sqrt(_rule.Size), 0.05 * threshold);
            int before = _members.Count;
            AdmitWatched(level);
            if (!_isSmall) AdmitUnwatched(level);
            if (_members.Count == before) return true;
            _model.Cover(_scores);
        }
    }

    /// <summary>Watches the columns outside the model whose score is above <paramref name="level"/>.</summary>
    private void WatchStrong(double level)
    {
        _screen.Collect(level, _state.Residual, _watched);
        TakeWatchedScores();
    }

    private void TakeWatchedScores()
    {
        if (_watchedScores.Length < _watched.Count) _watchedScores = _buffers.Rent((int)BitOperations.RoundUpToPowerOf2((uint)_watched.Count));
        for (int k = 0; k < _watched.Count; k++) _watchedScores[k] = _screen.ScoreOf(_watched[k]);
    }

    private void AdmitWatched(double level)
    {
        int kept = 0;
        for (int k = 0; k < _watched.Count; k++)
        {
            int column = _watched[k];
            if (Math.Abs(_watchedScores[k]) > level * _problem.Penalties[column])
            {
                Admit(column, _watchedScores[k]);
                continue;
            }
            _watched[kept] = column;
            _watchedScores[kept++] = _watchedScores[k];
        }
        _watched.RemoveRange(kept, _watched.Count - kept);
    }

    private void AdmitUnwatched(double level)
    {
        _screen.Advance(_state.Residual);
        for (int k = 0; k < _watched.Count; k++) _screen.Note(_watched[k], _watchedScores[k]);
        _screen.Collect(level, _state.Residual, _violators);
        foreach (int column in _violators)
        {
            _watched.Remove(column);
            Admit(column, _screen.ScoreOf(column));
        }
    }

    /// <summary>Moves to where the solution is expected.</summary>
    private void Extrapolate()
    {
        _model.Jump(_model.InterceptStep + _extrapolation.Apply());
        _intercept += _model.InterceptStep;
        Sweep(step: 1);
        _model.Expand(_scores, _interceptScore, _curvature);
    }

    /// <summary>Newton steps until what would remain after one more is negligible; that last one stays unswept in the model.</summary>
    private bool Converge(double lambda)
    {
        bool needsCurvature = false;
        _rule.Restart();
        for (int step = 0; step < _problem.Options.MaxIterations; step++)
        {
            _rule.Observe(_model.Minimise(lambda, _tolerance * 0.01));
            if (step == 0) _isSmooth = _rule.Size < SafeSize;
            if (_rule.IsLast || (_model.WorthOfStep(_scores) is >= 0 and double worth && worth < _tolerance * SmallestWorth)) return true;
            if (needsCurvature || (_model.IsStale && _rule.IsNewCurvatureCheaper(_members.Count)))
            {
                _model.TakeCurvature(_state, _damping.Value);
                _rule.Restart();
                needsCurvature = false;
            }
            else
            {
                bool isNew = !_model.IsStale;
                int halvings = Move(lambda, isSafe: _rule.Size < SafeSize && step < SafeSteps);
                // An old curvature may point astray; if a new one does, the quadratic holds for shorter steps only.
                bool isPoor = halvings > FewHalvings, isRelaxed = halvings == 0 && _damping.TryRelax();
                if (isPoor && isNew && !_damping.TryRaise() && halvings == MostHalvings) return false;
                needsCurvature = isPoor || isRelaxed;
                AdmitWatched(lambda * _problem.Options.Alpha);
            }
            _model.Expand(_scores, _interceptScore, _curvature);
        }
        return false;
    }

    /// <summary>Takes the step of the model; halves it while it makes the objective worse.</summary>
    /// <param name="lambda">λ.</param>
    /// <param name="isSafe">The step is inside the region where Newton's method contracts: it is not looked at.</param>
    /// <returns>How often it was halved.</returns>
    private int Move(double lambda, bool isSafe)
    {
        double before = isSafe ? 0 : Objective(lambda, _members.Origins);
        _model.Accept(_scores);
        _intercept += _model.InterceptStep;
        Sweep(step: 1);
        int halvings = 0;
        for (; !isSafe && halvings < MostHalvings && !(Objective(lambda, _members.Values) <= before); halvings++)
        {
            _model.TakeBackHalf();
            _intercept -= _model.InterceptStep;
            Sweep(step: -1);
        }
        return halvings;
    }

    private double Objective(double lambda, ReadOnlySpan<double> coefficients)
    {
        double alpha = _problem.Options.Alpha, sum = _state.Deviance() / 2;
        for (int k = 0; k < coefficients.Length; k++)
        {
            double b = coefficients[k];
            sum += lambda * _members.Penalties[k] * ((alpha * Math.Abs(b)) + ((1 - alpha) / 2 * b * b));
        }
        return sum;
    }

    /// <summary>Adds <paramref name="step"/> times the model's step to the linear predictor and computes the scores there.</summary>
    private void Sweep(double step)
    {
        int n = _problem.X.RowCount, block = Math.Max(FewestRowsPerBlock, BlockValues / (_members.Count + 1) / LaneMask.Lanes * LaneMask.Lanes);
        int changed = CollectChanges(step);
        double constant = step * _model.InterceptStep;
        ReadOnlySpan<int> watched = CollectionsMarshal.AsSpan(_watched);
        _interceptScore = 0;
        _curvature = 0;
        Array.Clear(_scores);
        Array.Clear(_watchedScores);
        for (int start = 0; start < n; start += block)
        {
            int count = Math.Min(block, n - start);
            Span<double> eta = _state.Eta.Slice(start, count);
            if (constant != 0)
                for (int i = 0; i < eta.Length; i++) eta[i] += constant;
            StandardisedColumns.AddTo(_problem, _changedColumns.AsSpan(0, changed), _changes, start, eta);
            (double score, double curvature) = _state.Refresh(start, count);
            _interceptScore += score;
            _curvature += curvature;
            ReadOnlySpan<double> residual = _state.Residual.Slice(start, count);
            StandardisedColumns.AddScores(_problem, _members.Columns, start, residual, _scores);
            StandardisedColumns.AddScores(_problem, watched, start, residual, _watchedScores);
        }
    }

    /// <summary>Lists the columns that move, with <paramref name="step"/> times their standardised change.</summary>
    private int CollectChanges(double step)
    {
        if (_changes.Length < _members.Count)
        {
            _changes = _buffers.Rent(_scores.Length);
            _changedColumns = new int[_scores.Length];
        }
        int changed = 0;
        ReadOnlySpan<double> steps = _model.Step;
        ReadOnlySpan<int> columns = _members.Columns;
        for (int k = 0; k < steps.Length; k++)
        {
            double change = step * steps[k];
            if (change == 0) continue;
            _changedColumns[changed] = columns[k];
            _changes[changed++] = change;
        }
        return changed;
    }

    private void Admit(int column, double score = 0)
    {
        _screen.Ignore(column);
        _members.Add(column);
        if (_members.Count > _scores.Length) _buffers.Grow(ref _scores, _members.Capacity);
        _scores[_members.Count - 1] = score;
    }
}
