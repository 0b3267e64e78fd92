namespace HccPipeline.Imaging;

/// <summary>Axes of a grid.</summary>
public enum Axis
{
    /// <summary>Along a row (increasing column).</summary>
    X,

    /// <summary>Down the columns (increasing row).</summary>
    Y,

    /// <summary>From slice to slice.</summary>
    Z,
}
