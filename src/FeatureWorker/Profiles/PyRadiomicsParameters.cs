using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;
using static HccPipeline.FeatureWorker.Profiles.PyRadiomicsValues;

namespace HccPipeline.FeatureWorker.Profiles;

/// <summary>Reads PyRadiomics parameter files; what PyRadiomics does not know is refused by name.</summary>
internal static class PyRadiomicsParameters
{
    private static readonly string[] Sections = ["imageType", "featureClass", "setting", "voxelSetting"];

    /// <summary>Whether a document is a parameter file: it has one of PyRadiomics' sections.</summary>
    public static bool IsOne(YamlMappingNode root) => root.Children.Keys.Any(k => Sections.Contains($"{k}", StringComparer.Ordinal));

    /// <summary>The profile; its choices hold for every image.</summary>
    /// <exception cref="YamlException">A key or value is not known; at its place.</exception>
    public static ExtractionProfile Read(YamlMappingNode root)
    {
        Dictionary<string, YamlNode> sections = new(StringComparer.Ordinal);
        foreach ((string name, YamlNode key, YamlNode value) in Entries(root))
        {
            if (!Sections.Contains(name, StringComparer.Ordinal))
                throw Refused(key, $"'{name}' is no section of a PyRadiomics parameter file; use {string.Join(", ", Sections)}.");
            sections[name] = value;
        }
        YamlNode Section(string name) => sections.GetValueOrDefault(name, new YamlMappingNode());
        // Settings for all images come first, wherever they stand: those of one image type are changes of them.
        PyRadiomicsOptions options = PyRadiomicsSettings.Apply(new(), Section("setting"));
        FeatureChoices choices = PyRadiomicsImageTypes.Apply(PyRadiomicsSettings.Choices(options), options, Section("imageType"));
        choices = PyRadiomicsClasses.Apply(choices, options.Force2D, Section("featureClass"));
        return new() { Name = "pyradiomics", Voxel = Voxel(Section("voxelSetting")), Features = new() { Image = choices } };
    }

    private static VoxelChoices Voxel(YamlNode section)
    {
        VoxelChoices choices = new();
        foreach ((string name, YamlNode key, YamlNode value) in Entries(section))
        {
            choices = name switch
            {
                "kernelRadius" => choices with { KernelRadius = Whole(value, 1) },
                "maskedKernel" => choices with { MaskedKernel = Truth(value) },
                "initValue" => choices with { InitialValue = $"{value}".ToLowerInvariant() is "nan" or ".nan" ? double.NaN : Number(value) },
                "voxelBatch" => WithoutEffect(choices, Whole(value, 1)),   // how many voxels are computed at a time
                _ => throw Refused(key, $"voxelSetting '{name}' is not known to PyRadiomics; use kernelRadius, maskedKernel, initValue and voxelBatch."),
            };
        }
        return choices;
    }
}
