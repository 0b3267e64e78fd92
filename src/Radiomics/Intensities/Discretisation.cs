namespace HccPipeline.Radiomics;

/// <summary>How intensities become grey levels 1…Ng. Exactly one of width and count is set, or neither: then intensities are levels.</summary>
public sealed record Discretisation
{
    private Discretisation()
    {
    }

    /// <summary>Width of a bin in image units (fixed bin size), or null.</summary>
    public double? BinWidth { get; private init; }

    /// <summary>Number of bins (fixed bin number), or null.</summary>
    public int? BinCount { get; private init; }

    /// <summary>Lower edge of the first bin of fixed bin size in the IBSI convention; null takes the region's minimum.</summary>
    public double? LowestEdge { get; private init; }

    /// <summary>Bins of a fixed width.</summary>
    /// <param name="width">Width in image units, positive.</param>
    /// <param name="lowestEdge">IBSI: lower bound of the re-segmentation range, where there is one.</param>
    /// <exception cref="ArgumentOutOfRangeException">The width is not a positive number.</exception>
    public static Discretisation FixedBinSize(double width, double? lowestEdge = null) => width > 0 && double.IsFinite(width)
        ? new() { BinWidth = width, LowestEdge = lowestEdge }
        : throw new ArgumentOutOfRangeException(nameof(width), width, "A bin width must be a positive number.");

    /// <summary>A fixed number of bins between minimum and maximum of the region.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than one bin.</exception>
    public static Discretisation FixedBinNumber(int count) => count > 0
        ? new() { BinCount = count }
        : throw new ArgumentOutOfRangeException(nameof(count), count, "There must be at least one bin.");

    /// <summary>No binning: the intensities are whole numbers from 1 on and serve as levels.</summary>
    public static Discretisation None { get; } = new();
}
