using YamlDotNet.RepresentationModel;
using static HccPipeline.FeatureWorker.Profiles.PyRadiomicsParameters;

namespace HccPipeline.FeatureWorker.Profiles;

/// <summary>The section <c>setting</c> of a PyRadiomics parameter file.</summary>
internal static class PyRadiomicsSettings
{
    /// <summary>Choices with the settings.</summary>
    public static FeatureChoices Apply(FeatureChoices choices, IEnumerable<(string Name, YamlNode Key, YamlNode Value)> settings)
    {
        Dictionary<string, (YamlNode Key, YamlNode Value)> all = settings.ToDictionary(s => s.Name, s => (s.Key, s.Value), StringComparer.Ordinal);
        foreach ((string name, (YamlNode key, YamlNode value)) in all)
            choices = IsEmpty(value) ? Known(choices, name, key) : One(choices, name, key, value);
        choices = Normalisation(choices, all);
        return Resegmentation(choices, all);
    }

    private static FeatureChoices One(FeatureChoices c, string name, YamlNode key, YamlNode value)
    {
        switch (name)
        {
            case "binWidth":
                return c with { BinWidth = Number(value) };
            case "binCount":
                return c with { BinCount = Whole(value) };
            case "voxelArrayShift":
                return c with { VoxelArrayShift = Number(value) };
            case "label":
                return c with { Label = Whole(value) };
            case "minimumROIDimensions":
                return c with { MinimumDimensions = Whole(value) };
            case "minimumROISize":
                return c with { MinimumVoxels = Whole(value) + 1 };   // PyRadiomics refuses the size itself too
            case "resampledPixelSpacing":
                throw Refused(key, "PyRadiomics' resampling is not reproduced; leave resampledPixelSpacing out, or write a profile with an interpolation section.");
            case "force2D" or "preCrop" or "correctMask" or "resegmentShape":
                return Truth(value) ? throw Refused(key, $"{name} is not reproduced; set it to false or leave it out.") : c;
            case "symmetricalGLCM":
                return Truth(value) ? c : throw Refused(key, "a co-occurrence matrix that is not symmetrical is not reproduced; leave symmetricalGLCM out.");
            case "distances":
                return Items(value) is [var one] && Number(one) == 1 ? c : throw Refused(key, "distances other than [1] are not reproduced.");
            case "gldm_a":
                return Number(value) == 0 ? c : throw Refused(key, "a gldm_a other than 0 is not reproduced.");
            case "weightingNorm":
                throw Refused(key, "weighting by distance (weightingNorm) is not reproduced; leave it out.");
            default:
                return Known(c, name, key);
        }
    }

    /// <summary>Keys that change no value by themselves, or that are empty.</summary>
    private static FeatureChoices Known(FeatureChoices choices, string name, YamlNode key) => name is
        "binWidth" or "binCount" or "voxelArrayShift" or "label" or "minimumROIDimensions" or "minimumROISize" or "resampledPixelSpacing" or "force2D"
        or "preCrop" or "correctMask" or "resegmentShape" or "symmetricalGLCM" or "distances" or "gldm_a" or "weightingNorm"
        or "normalize" or "normalizeScale" or "removeOutliers" or "resegmentRange" or "resegmentMode"
        or "interpolator" or "padDistance" or "force2Ddimension" or "geometryTolerance" or "additionalInfo" or "enableCExtensions" or "label_channel"
            ? choices
            : throw Refused(key, $"setting '{name}' is not known.");

    private static FeatureChoices Normalisation(FeatureChoices c, Dictionary<string, (YamlNode Key, YamlNode Value)> all)
    {
        if (!Has(all, "normalize", out YamlNode normalize) || !Truth(normalize))
            return c;   // scale and outliers act on normalised intensities only
        return c with
        {
            Normalisation = new()
            {
                Method = Radiomics.Normalisation.ZScore,
                Scale = Has(all, "normalizeScale", out YamlNode scale) ? Number(scale) : 1,
                Clip = Has(all, "removeOutliers", out YamlNode clip) ? Number(clip) : null,
            },
        };
    }

    private static FeatureChoices Resegmentation(FeatureChoices c, Dictionary<string, (YamlNode Key, YamlNode Value)> all)
    {
        if (!Has(all, "resegmentRange", out YamlNode range))
            return c;
        double[] bounds = [.. Items(range).Select(Number)];
        string mode = Has(all, "resegmentMode", out YamlNode node) ? $"{node}" : "absolute";
        return (mode, bounds) switch
        {
            ("absolute", [var lowest]) => c with { Resegmentation = new() { Lowest = lowest } },
            ("absolute", [var lowest, var highest]) => c with { Resegmentation = new() { Lowest = lowest, Highest = highest } },
            ("sigma", [var below, var above]) when below == -above => c with { Resegmentation = new() { OutlierSigmas = above } },
            _ => throw Refused(range, $"resegmentMode {mode} with this range is not reproduced; use absolute with one or two bounds, or sigma with [-n, n]."),
        };
    }

    private static bool Has(Dictionary<string, (YamlNode Key, YamlNode Value)> all, string name, out YamlNode value)
    {
        value = all.TryGetValue(name, out var found) ? found.Value : new YamlScalarNode();
        return all.ContainsKey(name) && !IsEmpty(value);
    }
}
