using HccPipeline.Statistics.Linear;

namespace HccPipeline.Statistics.Lasso;

/// <summary>Walks down the λ sequence: strong rule, Newton steps on the working set, optimality check, early stop.</summary>
internal sealed class LassoPathSolver
{
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
    private readonly LogisticState _state;
    private readonly WorkingSet _members;
    private readonly QuadraticModel _model;
    private readonly Extrapolation _extrapolation;
    private readonly GradientScreen _screen;
    private readonly WatchedColumns _watched;
    private readonly ScoreSweep _sweep;
    private readonly Action<int, double> _admit;
    private readonly List<int> _violators = [];
    private readonly bool _isSmall;
    private readonly bool _extrapolates;
    private readonly double _nullDeviance;
    private readonly double _tolerance;
    private readonly StepRule _rule;
    private readonly Damping _damping = new();
    // Whether the coefficients came to the last λ without a leap: where they leap they do not go on as before.
    private bool _isSmooth = true;
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
        _state = new LogisticState(problem, buffers);
        _members = new WorkingSet(problem, buffers);
        _model = new QuadraticModel(problem, _members, buffers);
        _extrapolation = new Extrapolation(_members, buffers);
        _screen = new GradientScreen(problem, buffers);
        _watched = new WatchedColumns(problem, _screen, buffers);
        _sweep = new ScoreSweep(problem, _state, _members, _watched, _model, buffers);
        _admit = Admit;
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
        if (_isSmall) _watched.WatchAll();
        _sequence = LambdaSequence.For(_problem, largest);
        _previous = Math.Max(largest, _sequence[0]);
        return new(_problem, _nullDeviance);
    }

    /// <returns>Why the path ends here, or null.</returns>
    private PathEnd? Add(PathBuilder path, double lambda)
    {
        if (!Solve(lambda, _previous)) return PathEnd.NotConverged;
        double deviance = _state.Deviance() - (2 * _model.FirstOrderGain(_sweep.Scores));
        path.Add(lambda, _intercept + _model.InterceptStep, _members, 1 - (deviance / _nullDeviance));
        if (path.StopsHere() is { } end) return end;
        _extrapolation.Note(_intercept + _model.InterceptStep);
        _previous = lambda;
        return _next == _sequence.Length ? PathEnd.Complete : null;
    }

    private void FitUnpenalised()
    {
        for (int j = 0; j < _problem.X.ColumnCount; j++)
            if (_problem.IsEligible(j) && _problem.Penalties[j] == 0) Admit(j, score: 0);
        _model.TakeCurvature(_state, damping: 0);
        _sweep.Run(step: 0);
        _sweep.Expand();
        if (_members.Count == 0) return;
        if (!Converge(0))
            throw new UnusableDataException("The unpenalised columns alone do not converge: they separate the classes or are collinear.");
        _model.Accept(_sweep.Scores);
        _intercept += _model.InterceptStep;
        _sweep.Run(step: 1);
        _sweep.Expand();
    }

    private bool Solve(double lambda, double previous)
    {
        double threshold = lambda * _problem.Options.Alpha;
        if (!_isSmall) _watched.WatchAbove(Math.Min(lambda, (2 * lambda) - previous) * _problem.Options.Alpha, _state.Residual);
        _watched.TakeAbove(threshold, _admit);
        if (_extrapolates && _isSmooth && _extrapolation.IsPossible) Extrapolate();
        _model.Cover(_sweep.Scores);
        while (true)
        {
            if (!Converge(lambda)) return false;
            // The last step is not in the scores yet. A column so close to the threshold that the step could take it across
            // joins the model, which costs little and leaves no column wrongly out.
            double level = threshold - Math.Min(Math.Sqrt(_rule.Size), 0.05 * threshold);
            int before = _members.Count;
            _watched.TakeAbove(level, _admit);
            if (!_isSmall) AdmitUnwatched(level);
            if (_members.Count == before) return true;
            _model.Cover(_sweep.Scores);
        }
    }

    /// <summary>Takes columns into the model that the strong rule left out; the watched ones are below <paramref name="level"/> already.</summary>
    private void AdmitUnwatched(double level)
    {
        _screen.Advance(_state.Residual);
        _watched.NoteScores();
        _screen.Collect(level, _state.Residual, _violators);
        foreach (int column in _violators) Admit(column, _screen.ScoreOf(column));
    }

    /// <summary>Moves to where the solution is expected.</summary>
    private void Extrapolate()
    {
        _model.Jump(_model.InterceptStep + _extrapolation.Apply());
        _intercept += _model.InterceptStep;
        _sweep.Run(step: 1);
        _sweep.Expand();
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
            if (_rule.IsLast || (_model.WorthOfStep(_sweep.Scores) is >= 0 and double worth && worth < _tolerance * SmallestWorth)) return true;
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
                _watched.TakeAbove(lambda * _problem.Options.Alpha, _admit);
            }
            _sweep.Expand();
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
        _model.Accept(_sweep.Scores);
        _intercept += _model.InterceptStep;
        _sweep.Run(step: 1);
        int halvings = 0;
        for (; !isSafe && halvings < MostHalvings && !(Objective(lambda, _members.Values) <= before); halvings++)
        {
            _model.TakeBackHalf();
            _intercept -= _model.InterceptStep;
            _sweep.Run(step: -1);
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

    private void Admit(int column, double score)
    {
        _screen.Ignore(column);
        _members.Add(column);
        _sweep.Add(score);
    }
}
