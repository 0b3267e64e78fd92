using HccPipeline.Radiomics;
using YamlDotNet.RepresentationModel;
using static HccPipeline.FeatureWorker.Profiles.PyRadiomicsParameters;

namespace HccPipeline.FeatureWorker.Profiles;

/// <summary>The section <c>imageType</c> of a PyRadiomics parameter file.</summary>
internal static class PyRadiomicsImageTypes
{
    private static readonly string[] Bands = ["HLL", "LHL", "HHL", "LLH", "HLH", "LHH", "HHH", "LLL"];

    /// <summary>Choices with the image types; without the section the original image alone is described.</summary>
    public static FeatureChoices Apply(FeatureChoices choices, IEnumerable<(string Name, YamlNode Key, YamlNode Value)> types)
    {
        List<FilterChoices> filters = [];
        bool original = false, any = false;
        foreach ((string name, YamlNode key, YamlNode value) in types)
        {
            any = true;
            if (name == "Original")
            {
                original = true;
                // The bins of the original image are those of the section setting, which filtered images without their own share.
                foreach ((string setting, YamlNode at, _) in Entries(value))
                    throw Refused(at, $"setting '{setting}' of the original image alone is not reproduced; put it under setting.");
                continue;
            }
            filters.AddRange(Filters(name, key, value));
        }
        return choices with { Original = original || !any, Filters = [.. filters] };
    }

    private static IEnumerable<FilterChoices> Filters(string name, YamlNode key, YamlNode value) => name switch
    {
        "Square" => [WithBins(new() { Type = FilterKind.Square, Name = "square" }, value)],
        "SquareRoot" => [WithBins(new() { Type = FilterKind.SquareRoot, Name = "squareroot" }, value)],
        "Logarithm" => [WithBins(new() { Type = FilterKind.Logarithm, Name = "logarithm" }, value)],
        "Exponential" => [WithBins(new() { Type = FilterKind.Exponential, Name = "exponential" }, value)],
        "Gradient" => [WithBins(new() { Type = FilterKind.Gradient, Name = "gradient" }, value, "gradientUseSpacing")],
        "Wavelet" => Wavelet(value),
        "LoG" => throw Refused(key, "PyRadiomics' Laplacian of Gaussian (a recursive approximation) is not reproduced; write a profile with a laplacian-of-gaussian filter, which is IBSI's."),
        "LBP2D" or "LBP3D" => throw Refused(key, $"local binary patterns ({name}) are not reproduced."),
        _ => throw Refused(key, $"image type '{name}' is not known."),
    };

    private static IEnumerable<FilterChoices> Wavelet(YamlNode value)
    {
        WaveletFamily family = WaveletFamily.Coiflet1;
        FilterChoices bins = new();
        foreach ((string name, YamlNode key, YamlNode own) in Entries(value))
        {
            switch (name)
            {
                case "wavelet":
                    family = $"{own}" switch
                    {
                        "coif1" => WaveletFamily.Coiflet1,
                        "haar" or "db1" => WaveletFamily.Haar,
                        "db2" => WaveletFamily.Daubechies2,
                        _ => throw Refused(own, $"wavelet '{own}' is not reproduced; use coif1, haar or db2."),
                    };
                    break;
                case "level" when Whole(own) == 1:
                case "start_level" when Whole(own) == 0:
                    break;
                case "level" or "start_level":
                    throw Refused(key, $"{name} {own} is not reproduced; only level 1 from start_level 0 is.");
                default:
                    bins = OwnBins(bins, name, key, own);
                    break;
            }
        }
        return Bands.Select(band => bins with { Type = FilterKind.Wavelet, Name = $"wavelet-{band}", Wavelet = family, Band = band, Boundary = Boundary.Periodic });
    }

    /// <summary>Settings of one image type: bins of its own, and what changes nothing.</summary>
    private static FilterChoices WithBins(FilterChoices filter, YamlNode value, string? idle = null)
    {
        foreach ((string name, YamlNode key, YamlNode own) in Entries(value))
        {
            if (name == idle)
                filter = Truth(own) ? filter : throw Refused(key, $"{name}: false is not reproduced; leave it out.");
            else
                filter = OwnBins(filter, name, key, own);
        }
        return filter;
    }

    private static FilterChoices OwnBins(FilterChoices filter, string name, YamlNode key, YamlNode value) => name switch
    {
        "binWidth" => filter with { BinWidth = Number(value) },
        "binCount" => filter with { BinCount = Whole(value) },
        _ => throw Refused(key, $"setting '{name}' of one image type is not reproduced; put it under setting."),
    };
}
