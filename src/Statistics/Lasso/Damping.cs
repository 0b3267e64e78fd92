namespace HccPipeline.Statistics.Lasso;

/// <summary>How much the diagonal of the Hessian is raised where the quadratic model leads astray; as a rule not at all.</summary>
/// <remarks>As the classes come apart, and among nearly collinear columns, the model is next to flat in some directions, in which the
/// likelihood is not: their part of a Newton step is so long that nothing is left of the rest once the whole is short enough. Raised, the
/// diagonal shortens that part alone. The gradient stays exact, so the end of the steps stays where it is. Marquardt (1963), SIAM J
/// Appl Math 11:431.</remarks>
internal sealed class Damping
{
    private const double Smallest = 1e-8, Largest = 1, Rise = 100, Fall = 10;

    /// <summary>Share of a diagonal entry that is added to it.</summary>
    public double Value { get; private set; }

    /// <summary>Raises it; false where it is at its largest.</summary>
    public bool TryRaise()
    {
        if (Value >= Largest) return false;
        Value = Math.Clamp(Value * Rise, Smallest, Largest);
        return true;
    }

    /// <summary>Lowers it, after a step that was right; false where there is none.</summary>
    public bool TryRelax()
    {
        if (Value == 0) return false;
        Value = Value > Smallest ? Value / Fall : 0;
        return true;
    }
}
