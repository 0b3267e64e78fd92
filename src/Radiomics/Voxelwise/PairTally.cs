using System.Runtime.Intrinsics;

namespace HccPipeline.Radiomics.Voxelwise;

/// <summary>What sums over the m pairs of one direction tell of its symmetric co-occurrence matrix, which holds 2m. All but the moments are
/// exact; logarithms and inverse differences are multiples of the units of their tables.</summary>
internal record struct PairTally
{
    /// <summary>Number of pairs m.</summary>
    internal int Pairs { get; set; }

    /// <summary>Pairs of different levels.</summary>
    internal int Unequal { get; set; }

    /// <summary>Largest entry of the matrix, and Σ of the squares of its entries.</summary>
    internal int Largest { get; set; }
    internal long Squares { get; set; }

    /// <summary>Σ c·log₂ c over unordered pairs of levels, over sums, over differences, and over levels (2m in all).</summary>
    internal long JointLog { get; set; }
    internal long SumLog { get; set; }
    internal long DifferenceLog { get; set; }
    internal long MarginLog { get; set; }

    /// <summary>Σ (i + j), Σ |i − j|, Σ (i − j)² and Σ i·j over pairs.</summary>
    internal long SumOfSums { get; set; }
    internal long SumOfDifferences { get; set; }
    internal long SumOfSquaredDifferences { get; set; }
    internal long SumOfProducts { get; set; }

    /// <summary>Sums of Id, Idn, Idm and Idmn weights over pairs, and of inverse variance.</summary>
    internal Vector256<long> Inverse { get; set; }
    internal long InverseVariance { get; set; }

    /// <summary>Σ d², Σ d³ and Σ d⁴ over pairs, d = i + j less its mean.</summary>
    internal double Second { get; set; }
    internal double Third { get; set; }
    internal double Fourth { get; set; }
}
