using HccPipeline.Radiomics;
using YamlDotNet.RepresentationModel;
using static HccPipeline.FeatureWorker.Profiles.PyRadiomicsValues;

namespace HccPipeline.FeatureWorker.Profiles;

/// <summary>The section <c>featureClass</c> of a PyRadiomics parameter file.</summary>
internal static class PyRadiomicsClasses
{
    /// <summary>Names that PyRadiomics knows and gives no value for: they equal another feature, or are always 1.</summary>
    private static readonly string[] WithoutValue =
    [
        "glcm_Dissimilarity", "glcm_Homogeneity1", "glcm_Homogeneity2", "glcm_SumVariance", "gldm_GrayLevelNonUniformityNormalized", "gldm_DependencePercentage",
    ];

    /// <summary>Choices with the classes and features; without the section all of them.</summary>
    /// <param name="choices">Choices.</param>
    /// <param name="bySlice">Whether texture is by slice, without which PyRadiomics leaves two-dimensional shape out.</param>
    /// <param name="section">The section.</param>
    public static FeatureChoices Apply(FeatureChoices choices, bool bySlice, YamlNode section)
    {
        List<string> classes = [], features = [];
        string[] known = [.. FeatureClasses.Of(Convention.PyRadiomics)];
        foreach ((string name, YamlNode key, YamlNode value) in Entries(section))
        {
            if (!known.Contains(name))
                throw Refused(key, $"feature class '{name}' is not known to PyRadiomics; use {string.Join(", ", known)}.");
            YamlNode[] wanted = IsEmpty(value) ? [] : Items(value);
            foreach (YamlNode feature in wanted)
            {
                string full = $"{name}_{feature}";
                if (!WithoutValue.Contains(full, StringComparer.Ordinal) && !FeatureClasses.Features(Convention.PyRadiomics).Contains(full))
                    throw Refused(feature, $"feature '{feature}' of class {name} is not known to PyRadiomics; 'hcc features list' prints what is.");
            }
            if (name == "shape2D" && !bySlice)
                continue;
            if (wanted.Length == 0)
                classes.Add(name);
            features.AddRange(wanted.Select(f => $"{name}_{f}").Except(WithoutValue, StringComparer.Ordinal));
        }
        if (classes.Count + features.Count > 0)
            return choices with { Classes = [.. classes], Features = [.. features] };
        if (Entries(section).Any())
            throw Refused(section, "featureClass asks for nothing that has a value: shape2D needs force2D, and deprecated features have none.");
        return bySlice ? choices with { Classes = known } : choices;
    }
}
