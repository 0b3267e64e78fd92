using HccPipeline.Imaging;
using HccPipeline.Radiomics;
using YamlDotNet.RepresentationModel;
using static HccPipeline.FeatureWorker.Profiles.PyRadiomicsValues;

namespace HccPipeline.FeatureWorker.Profiles;

/// <summary>The settings of a PyRadiomics parameter file, for all images or for one type.</summary>
internal static class PyRadiomicsSettings
{
    /// <summary>Options with the settings of a section.</summary>
    /// <param name="options">Options before.</param>
    /// <param name="section">Keys and values.</param>
    public static PyRadiomicsOptions Apply(PyRadiomicsOptions options, YamlNode section)
    {
        foreach ((string name, YamlNode key, YamlNode value) in Entries(section))
            options = name == "interpolator" ? options with { Interpolator = IsEmpty(value) ? null : Interpolator(value) }
                : IsEmpty(value) ? Known(options, name, key)
                : One(options, name, key, value);
        return options;
    }

    /// <summary>What is done before any image is filtered, as choices of a profile.</summary>
    public static FeatureChoices Choices(PyRadiomicsOptions o) => new()
    {
        Label = o.Label,
        Mask = new() { Tolerance = o.GeometryTolerance, Correct = o.CorrectMask, Channel = o.LabelChannel, LabelOfSeveral = 1 },
        MinimumDimensions = o.MinimumRoiDimensions,
        MinimumVoxels = (o.MinimumRoiSize ?? 0) + 1,   // PyRadiomics refuses the size itself too
        // Scale and outliers act on normalised intensities only.
        Normalisation = o.Normalize ? new() { Method = Normalisation.ZScore, Scale = o.NormalizeScale, Clip = o.RemoveOutliers } : new(),
        Interpolation = o is { ResampledPixelSpacing: { } mm, Interpolator: { } kind }
            ? new()
            {
                SpacingMm = mm, Image = kind, Mask = Interpolation.Nearest, Alignment = GridAlignment.Corner, Margin = o.PadDistance, KeepWhole = true,
            }
            : null,
        CropMargin = o.PreCrop && (o.ResampledPixelSpacing is null || o.Interpolator is null) ? o.PadDistance : null,
        Resegmentation = o.ResegmentRange is { } range
            ? new() { Mode = o.ResegmentMode, Lowest = range.Min(), Highest = range.Length > 1 ? range.Max() : null, Shape = o.ResegmentShape }
            : new(),
        BinWidth = o.EffectiveBinWidth,
        BinCount = o.BinCount,
        VoxelArrayShift = o.VoxelArrayShift,
        Texture = o.Texture,
    };

    private static PyRadiomicsOptions One(PyRadiomicsOptions o, string name, YamlNode key, YamlNode value) => name switch
    {
        "label" => o with { Label = Whole(value, 1) },
        "label_channel" => o with { LabelChannel = Whole(value, 0) },
        "minimumROIDimensions" => o with { MinimumRoiDimensions = Whole(value, 1, 3) },
        "minimumROISize" => o with { MinimumRoiSize = Whole(value, 1) },
        "geometryTolerance" => o with { GeometryTolerance = Positive(value) },
        "correctMask" => o with { CorrectMask = Truth(value) },
        "normalize" => o with { Normalize = Truth(value) },
        "normalizeScale" => o with { NormalizeScale = Positive(value) },
        "removeOutliers" => o with { RemoveOutliers = Positive(value) },
        "resampledPixelSpacing" => o with { ResampledPixelSpacing = Spacing(value) },
        "padDistance" => o with { PadDistance = Whole(value, 0) },
        "preCrop" => o with { PreCrop = Truth(value) },
        "resegmentRange" => o with { ResegmentRange = Range(value) },
        "resegmentMode" => o with { ResegmentMode = OneOf<ResegmentationMode>(value) },
        "resegmentShape" => o with { ResegmentShape = Truth(value) },
        "binWidth" => o with { BinWidth = Positive(value) },
        "binCount" => o with { BinCount = Whole(value, 1) },
        "voxelArrayShift" => o with { VoxelArrayShift = Number(value) },
        _ => Filter(o, name, key, value),
    };

    private static PyRadiomicsOptions Filter(PyRadiomicsOptions o, string name, YamlNode key, YamlNode value) => name switch
    {
        "force2D" => o with { Force2D = Truth(value) },
        "force2Ddimension" => o with { Force2DDimension = Whole(value, 0, 2) },
        "weightingNorm" => o with { WeightingNorm = OneOf<DistanceWeighting>(value) },
        "distances" => o with { Distances = [.. Items(value).Select(v => Whole(v, 1))] },
        "symmetricalGLCM" => o with { SymmetricalGlcm = Truth(value) },
        "gldm_a" => o with { GldmA = Whole(value, 0) },
        "sigma" => o with { Sigma = [.. Items(value).Select(v => (Positive(v), $"{v}"))] },
        "wavelet" => o with { Wavelet = $"{value}" },
        "start_level" => o with { StartLevel = Whole(value, 0) },
        "level" => o with { Level = Whole(value, 1) },
        "gradientUseSpacing" => o with { GradientUseSpacing = Truth(value) },
        "lbp2DRadius" => o with { Lbp2DRadius = Positive(value) },
        "lbp2DSamples" => o with { Lbp2DSamples = Whole(value, 1, 31) },
        "lbp2DMethod" => o with { Lbp2DMethod = OneOf<BinaryPatternMethod>(value) },
        "lbp3DLevels" => o with { Lbp3DLevels = Whole(value, 1) },
        "lbp3DIcosphereRadius" => o with { Lbp3DIcosphereRadius = Positive(value) },
        "lbp3DIcosphereSubdivision" => o with { Lbp3DIcosphereSubdivision = Whole(value, 0, 5) },
        "additionalInfo" or "enableCExtensions" => WithoutEffect(o, Truth(value)),   // provenance is always given, and there is one way to compute
        _ => throw Refused(key, $"setting '{name}' is not known to PyRadiomics."),
    };

    /// <summary>A key without a value, which leaves the default.</summary>
    private static PyRadiomicsOptions Known(PyRadiomicsOptions o, string name, YamlNode key) =>
        Names.Contains(name, StringComparer.Ordinal) ? o : throw Refused(key, $"setting '{name}' is not known to PyRadiomics.");

    private static readonly string[] Names =
    [
        "label", "label_channel", "minimumROIDimensions", "minimumROISize", "geometryTolerance", "correctMask", "normalize", "normalizeScale",
        "removeOutliers", "resampledPixelSpacing", "padDistance", "preCrop", "resegmentRange", "resegmentMode", "resegmentShape", "binWidth",
        "binCount", "voxelArrayShift", "force2D", "force2Ddimension", "weightingNorm", "distances", "symmetricalGLCM", "gldm_a", "sigma", "wavelet",
        "start_level", "level", "gradientUseSpacing", "lbp2DRadius", "lbp2DSamples", "lbp2DMethod", "lbp3DLevels", "lbp3DIcosphereRadius",
        "lbp3DIcosphereSubdivision", "additionalInfo", "enableCExtensions",
    ];

    private static double[] Spacing(YamlNode value)
    {
        double[] mm = [.. Items(value).Select(Number)];
        return mm.Length == 3 && Array.TrueForAll(mm, v => v >= 0) ? mm : throw Refused(value, "resampledPixelSpacing must be three numbers in mm, 0 or more.");
    }

    private static double[] Range(YamlNode value)
    {
        double[] bounds = [.. Items(value).Select(Number)];
        return bounds.Length is 1 or 2 ? bounds : throw Refused(value, "resegmentRange must be one or two numbers.");
    }

    private static Interpolation Interpolator(YamlNode value) => $"{value}" switch
    {
        "sitkNearestNeighbor" or "1" => Interpolation.Nearest,
        "sitkLinear" or "2" => Interpolation.Linear,
        "sitkBSpline" or "3" => Interpolation.CubicSpline,
        "sitkGaussian" or "4" => Interpolation.Gaussian,
        "sitkLabelGaussian" or "5" => Interpolation.LabelGaussian,
        "sitkHammingWindowedSinc" or "6" => Interpolation.HammingSinc,
        "sitkCosineWindowedSinc" or "7" => Interpolation.CosineSinc,
        "sitkWelchWindowedSinc" or "8" => Interpolation.WelchSinc,
        "sitkLanczosWindowedSinc" or "9" => Interpolation.LanczosSinc,
        "sitkBlackmanWindowedSinc" or "10" => Interpolation.BlackmanSinc,
        _ => throw Refused(value, $"interpolator '{value}' is none of SimpleITK's that PyRadiomics takes, as sitkBSpline or sitkLinear."),
    };
}
