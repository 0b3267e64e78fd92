using System.Numerics;
using System.Runtime.InteropServices;

namespace HccPipeline.Statistics.Lasso;

/// <summary>Columns outside the model that are scored in every sweep: those of the strong rule, or all in a small problem.</summary>
internal sealed class WatchedColumns(LassoProblem problem, GradientScreen screen, FitBuffers buffers)
{
    private readonly List<int> _columns = [];
    private double[] _scores = [];

    /// <summary>The columns.</summary>
    public ReadOnlySpan<int> Columns => CollectionsMarshal.AsSpan(_columns);

    /// <summary>Their scores, for a sweep to write; there may be room for more.</summary>
    public double[] Scores => _scores;

    /// <summary>Watches every column outside the model.</summary>
    public void WatchAll()
    {
        screen.CollectAll(_columns);
        TakeScores();
    }

    /// <summary>Watches the columns outside the model whose score is above a level.</summary>
    public void WatchAbove(double level, ReadOnlySpan<double> residual)
    {
        screen.Collect(level, residual, _columns);
        TakeScores();
    }

    /// <summary>Takes out the columns whose score is above a level.</summary>
    /// <param name="level">Level, for a penalty factor of 1.</param>
    /// <param name="admit">Told each of them, with its score.</param>
    public void TakeAbove(double level, Action<int, double> admit)
    {
        int kept = 0;
        for (int k = 0; k < _columns.Count; k++)
        {
            int column = _columns[k];
            if (Math.Abs(_scores[k]) > level * problem.Penalties[column])
            {
                admit(column, _scores[k]);
                continue;
            }
            _columns[kept] = column;
            _scores[kept++] = _scores[k];
        }
        _columns.RemoveRange(kept, _columns.Count - kept);
    }

    /// <summary>Tells the screen the present scores, which it need not compute then.</summary>
    public void NoteScores()
    {
        for (int k = 0; k < _columns.Count; k++) screen.Note(_columns[k], _scores[k]);
    }

    private void TakeScores()
    {
        if (_scores.Length < _columns.Count) _scores = buffers.Rent((int)BitOperations.RoundUpToPowerOf2((uint)_columns.Count));
        for (int k = 0; k < _columns.Count; k++) _scores[k] = screen.ScoreOf(_columns[k]);
    }
}
