using HccPipeline.Imaging;
using HccPipeline.Radiomics;

namespace HccPipeline.FeatureWorker.Profiles;

/// <summary>PyRadiomics' settings by its names, with its defaults. Those of an image type are a copy in which its own have been changed.</summary>
internal sealed record PyRadiomicsOptions
{
    public int? Label { get; init; }
    public int LabelChannel { get; init; }
    public int MinimumRoiDimensions { get; init; } = 2;
    public int? MinimumRoiSize { get; init; }
    public double? GeometryTolerance { get; init; }
    public bool CorrectMask { get; init; }

    public bool Normalize { get; init; }
    public double NormalizeScale { get; init; } = 1;
    public double? RemoveOutliers { get; init; }

    /// <summary>Null where it is set to nothing, which turns resampling off.</summary>
    public Interpolation? Interpolator { get; init; } = Interpolation.CubicSpline;
    public double[]? ResampledPixelSpacing { get; init; }
    public int PadDistance { get; init; } = 5;
    public bool PreCrop { get; init; }

    public double[]? ResegmentRange { get; init; }
    public ResegmentationMode ResegmentMode { get; init; }
    public bool ResegmentShape { get; init; }

    public double BinWidth { get; init; } = 25;
    public int? BinCount { get; init; }
    public double VoxelArrayShift { get; init; }

    public bool Force2D { get; init; }

    /// <summary>By PyRadiomics' count of axes: z, y, x.</summary>
    public int Force2DDimension { get; init; }
    public DistanceWeighting WeightingNorm { get; init; }
    public int[] Distances { get; init; } = [1];
    public bool SymmetricalGlcm { get; init; } = true;
    public int GldmA { get; init; }

    /// <summary>Each with the text it is written in, which the images' names repeat.</summary>
    public (double Sigma, string Text)[] Sigma { get; init; } = [];
    public string Wavelet { get; init; } = "coif1";
    public int StartLevel { get; init; }
    public int Level { get; init; } = 1;
    public bool GradientUseSpacing { get; init; } = true;
    public double Lbp2DRadius { get; init; } = 1;
    public int Lbp2DSamples { get; init; } = 8;
    public BinaryPatternMethod Lbp2DMethod { get; init; } = BinaryPatternMethod.Uniform;
    public int Lbp3DLevels { get; init; } = 2;
    public double Lbp3DIcosphereRadius { get; init; } = 1;
    public int Lbp3DIcosphereSubdivision { get; init; } = 1;

    /// <summary>The axis that <see cref="Force2DDimension"/> counts.</summary>
    public Axis SliceAxis => Force2DDimension switch { 0 => Axis.Z, 1 => Axis.Y, _ => Axis.X };

    /// <summary>Choices of texture.</summary>
    public TextureChoices Texture => new TextureChoices
    {
        BySlice = Force2D ? SliceAxis : null,
        Distances = Distances,
        Weighting = WeightingNorm,
        Symmetrical = SymmetricalGlcm,
        DependenceTolerance = GldmA,
    }.Canonical();

    /// <summary>Width of a bin where there is no number of them, which goes first.</summary>
    public double? EffectiveBinWidth => BinCount is null ? BinWidth : null;
}
