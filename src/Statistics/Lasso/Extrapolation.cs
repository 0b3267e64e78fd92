namespace HccPipeline.Statistics.Lasso;

/// <summary>Where the coefficients will be at the next λ if they go on as between the last two.</summary>
/// <remarks>Along a geometric sequence of λ the coefficients are smooth but where a column enters or leaves. Started where they
/// are expected, most λ need one evaluation of the likelihood, and an old curvature serves for longer.</remarks>
internal sealed class Extrapolation(WorkingSet members, FitBuffers buffers)
{
    private double[] _last = [], _before = [];
    private int _lastCount, _beforeCount;
    private double _lastIntercept, _beforeIntercept;
    private int _points;

    /// <summary>Whether there are two solutions to go by.</summary>
    public bool IsPossible => _points >= 2;

    /// <summary>Notes the solution at a λ.</summary>
    public void Note(double intercept)
    {
        (_last, _before) = (_before, _last);
        (_beforeCount, _beforeIntercept) = (_lastCount, _lastIntercept);
        if (_last.Length < members.Count) _last = buffers.Rent(members.Capacity);
        members.Values.CopyTo(_last);
        (_lastCount, _lastIntercept) = (members.Count, intercept);
        _points++;
    }

    /// <summary>Moves every coefficient that was in the model at both λ, and that will not leave it, to where it is expected.</summary>
    /// <returns>What the intercept is expected to change by.</returns>
    public double Apply()
    {
        Span<double> values = members.Values;
        ReadOnlySpan<double> lower = members.Lower, upper = members.Upper;
        for (int k = 0; k < _beforeCount; k++)
        {
            double last = _last[k], next = (2 * last) - _before[k];
            if (_before[k] != 0 && next * last > 0 && next > lower[k] && next < upper[k]) values[k] = next;
        }
        return _lastIntercept - _beforeIntercept;
    }
}
