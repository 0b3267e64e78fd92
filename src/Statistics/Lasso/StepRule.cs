namespace HccPipeline.Statistics.Lasso;

/// <summary>Decides from the sizes of the Newton steps at one λ when to stop and when a new curvature pays.</summary>
/// <param name="tolerance">Largest H_jj·(Δb_j)² that may remain.</param>
internal sealed class StepRule(double tolerance)
{
    /// <summary>No more trust than this is put in the observed ratio of successive step sizes (squared).</summary>
    private const double SmallestContraction = 0.02;

    /// <summary>Share of the tolerance that may remain after the last step, by the contraction observed at this λ.</summary>
    private const double ObservedShare = 0.5;

    /// <summary>The same by the contraction observed at an earlier λ, which may have grown since.</summary>
    private const double RememberedShare = 0.1;

    /// <summary>New cross-products of this many members cost about one sweep more.</summary>
    private const double MembersPerSweep = 80;

    /// <summary>For about this many λ a curvature serves well.</summary>
    private const double LambdasPerCurvature = 3;

    private double _contraction = 1;
    private double _target;
    private bool _isObserved;

    /// <summary>Size of the last step.</summary>
    public double Size { get; private set; } = double.PositiveInfinity;

    /// <summary>Whether what would remain after this step is negligible.</summary>
    public bool IsLast => Size * _contraction < _target || Size < _target;

    /// <summary>The next step has nothing before it to be compared with.</summary>
    public void Restart() => Size = double.PositiveInfinity;

    /// <summary>Takes the size of a step.</summary>
    public void Observe(double size)
    {
        double contraction = size / Size;
        _isObserved = contraction > 0;
        if (_isObserved) _contraction = Math.Clamp(contraction, SmallestContraction, 1);
        _target = tolerance * (_isObserved ? ObservedShare : RememberedShare);
        Size = size;
    }

    /// <summary>Whether new cross-products cost less than the sweeps that they would save, here and at the next few λ.</summary>
    /// <param name="members">Size of the working set.</param>
    public bool IsNewCurvatureCheaper(int members)
    {
        if (!_isObserved) return false;
        double sweepsLeft = _contraction < 1 ? Math.Log(_target / Size) / Math.Log(_contraction) : double.PositiveInfinity;
        double costInSweeps = 1 + (members / MembersPerSweep);
        return sweepsLeft > 1 + (costInSweeps / LambdasPerCurvature);
    }
}
