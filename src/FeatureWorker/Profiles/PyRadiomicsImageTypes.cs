using YamlDotNet.RepresentationModel;
using static HccPipeline.FeatureWorker.Profiles.PyRadiomicsValues;

namespace HccPipeline.FeatureWorker.Profiles;

/// <summary>The section <c>imageType</c> of a PyRadiomics parameter file.</summary>
internal static class PyRadiomicsImageTypes
{
    /// <summary>Choices with the image types; without any the original image alone is described.</summary>
    /// <param name="choices">Choices.</param>
    /// <param name="options">Settings for all of them.</param>
    /// <param name="section">The section.</param>
    public static FeatureChoices Apply(FeatureChoices choices, PyRadiomicsOptions options, YamlNode section)
    {
        List<FilterChoices> filters = [];
        bool original = false, any = false;
        foreach ((string name, YamlNode key, YamlNode value) in Entries(section))
        {
            any = true;
            if (Entries(value).FirstOrDefault(e => e.Name is "label" or "label_channel") is { Key: { } label })
                throw Refused(label, $"'{label}' of one image type is not reproduced: an extraction has one region; put it under setting.");
            PyRadiomicsOptions own = PyRadiomicsSettings.Apply(options, value);
            FilterChoices differing = Differing(options, own);
            if (name == "Original" && differing == new FilterChoices())
                original = true;
            else
                filters.AddRange(Filters(name, key, own).Select(f => Differing(options, own, f)));
        }
        return choices with { Original = original || !any, Filters = [.. filters] };
    }

    private static IEnumerable<FilterChoices> Filters(string name, YamlNode key, PyRadiomicsOptions o) => name switch
    {
        "Original" => [new() { Type = FilterKind.Original, Name = "original" }],
        "Square" => [new() { Type = FilterKind.Square, Name = "square" }],
        "SquareRoot" => [new() { Type = FilterKind.SquareRoot, Name = "squareroot" }],
        "Logarithm" => [new() { Type = FilterKind.Logarithm, Name = "logarithm" }],
        "Exponential" => [new() { Type = FilterKind.Exponential, Name = "exponential" }],
        "Gradient" => [new() { Type = FilterKind.Gradient, Name = "gradient", PerVoxel = o.GradientUseSpacing ? null : true }],
        "LoG" => o.Sigma.Select(s => new FilterChoices
        {
            Type = FilterKind.RecursiveLaplacianOfGaussian, Name = $"log-sigma-{s.Text.Replace('.', '-')}-mm-3D", SigmaMm = s.Sigma,
        }),
        "Wavelet" => PyRadiomicsWavelets.Of(key, o),
        "LBP2D" =>
        [
            new()
            {
                Type = FilterKind.LocalBinaryPattern, Name = "lbp-2D", RadiusVoxels = o.Lbp2DRadius, Samples = o.Lbp2DSamples, Method = o.Lbp2DMethod,
                SliceAxis = o.SliceAxis,
            },
        ],
        "LBP3D" =>
        [
            .. Enumerable.Range(0, o.Lbp3DLevels).Select(n => Spherical(o) with { Name = $"lbp-3D-m{n + 1}", Degree = n }),
            Spherical(o) with { Name = "lbp-3D-k", Kurtosis = true },
        ],
        _ => throw Refused(key, $"image type '{name}' is not known to PyRadiomics."),
    };

    private static FilterChoices Spherical(PyRadiomicsOptions o) => new()
    {
        Type = FilterKind.SphericalBinaryPattern, RadiusVoxels = o.Lbp3DIcosphereRadius, Subdivisions = o.Lbp3DIcosphereSubdivision,
    };

    /// <summary>A filter with those settings of its image type that differ from the common ones and act on the filtered image.</summary>
    private static FilterChoices Differing(PyRadiomicsOptions common, PyRadiomicsOptions own, FilterChoices? filter = null)
    {
        bool sameBins = (own.EffectiveBinWidth, own.BinCount) == (common.EffectiveBinWidth, common.BinCount);
        return (filter ?? new()) with
        {
            BinWidth = sameBins ? null : own.EffectiveBinWidth,
            BinCount = sameBins ? null : own.BinCount,
            Texture = own.Texture.SameAs(common.Texture) ? null : own.Texture,
            VoxelArrayShift = own.VoxelArrayShift == common.VoxelArrayShift ? null : own.VoxelArrayShift,
        };
    }
}
