using System.Globalization;
using HccPipeline.Radiomics;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace HccPipeline.FeatureWorker.Profiles;

/// <summary>Reads PyRadiomics parameter files. What they say and is not reproduced here is refused by name, never left out in silence.</summary>
internal static class PyRadiomicsParameters
{
    private const double DefaultBinWidth = 25;

    /// <summary>Whether a document is a parameter file: it has one of PyRadiomics' sections.</summary>
    public static bool IsOne(YamlMappingNode root) => root.Children.Keys.Any(k => $"{k}" is "imageType" or "featureClass" or "setting" or "voxelSetting");

    /// <summary>The profile; its choices hold for every image.</summary>
    /// <exception cref="YamlException">A key is not known, or not reproduced; at its place.</exception>
    public static ExtractionProfile Read(YamlMappingNode root)
    {
        FeatureChoices choices = new() { MinimumDimensions = 2 };
        foreach ((string name, YamlNode key, YamlNode value) in Entries(root))
        {
            choices = name switch
            {
                "setting" => PyRadiomicsSettings.Apply(choices, Entries(value)),
                "imageType" => PyRadiomicsImageTypes.Apply(choices, Entries(value)),
                "featureClass" => FeatureClass(choices, value),
                "voxelSetting" => VoxelSetting(choices, value),
                _ => throw Refused(key, $"'{name}' is no section of a PyRadiomics parameter file; use imageType, featureClass, setting and voxelSetting."),
            };
        }
        // A number of bins goes before a width.
        choices = choices with { BinWidth = choices.BinCount is null ? choices.BinWidth ?? DefaultBinWidth : null };
        return new() { Name = "pyradiomics", Features = new() { Image = choices } };
    }

    /// <summary>Keys and values of a mapping; none of an empty node.</summary>
    internal static IEnumerable<(string Name, YamlNode Key, YamlNode Value)> Entries(YamlNode node) => node switch
    {
        YamlMappingNode mapping => mapping.Children.Select(c => ($"{c.Key}", c.Key, c.Value)),
        YamlScalarNode scalar when IsEmpty(scalar) => [],
        _ => throw Refused(node, "a section of keys and values belongs here."),
    };

    internal static bool IsEmpty(YamlNode node) =>
        node is YamlScalarNode { Style: ScalarStyle.Plain, Value: null or "" or "null" or "~" or "None" };

    internal static double Number(YamlNode node) =>
        double.TryParse($"{node}", NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value)
            ? value
            : throw Refused(node, $"'{node}' is no number.");

    internal static int Whole(YamlNode node) => Number(node) is var value && value == Math.Floor(value) && Math.Abs(value) < int.MaxValue
        ? (int)value
        : throw Refused(node, $"'{node}' is no whole number.");

    internal static bool Truth(YamlNode node) => $"{node}".ToLowerInvariant() switch
    {
        "true" or "yes" or "on" => true,
        "false" or "no" or "off" => false,
        _ => throw Refused(node, $"'{node}' is neither true nor false."),
    };

    internal static YamlNode[] Items(YamlNode node) => node is YamlSequenceNode sequence ? [.. sequence.Children] : [node];

    internal static YamlException Refused(YamlNode at, string why) => new(at.Start, at.End, why);

    private static FeatureChoices FeatureClass(FeatureChoices choices, YamlNode section)
    {
        List<string> classes = [], features = [];
        string[] known = [.. FeatureClasses.Of(Convention.PyRadiomics)];
        foreach ((string name, YamlNode key, YamlNode value) in Entries(section))
        {
            if (!known.Contains(name))
                throw Refused(key, $"feature class '{name}' is not known; use {string.Join(", ", known)}.");
            YamlNode[] wanted = IsEmpty(value) ? [] : Items(value);
            if (wanted.Length == 0)
                classes.Add(name);
            foreach (YamlNode feature in wanted)
            {
                if (!FeatureClasses.Features(Convention.PyRadiomics).Contains($"{name}_{feature}"))
                    throw Refused(feature, $"feature '{feature}' of class {name} is not known; 'hcc features list' prints what is.");
                features.Add($"{name}_{feature}");
            }
        }
        return choices with { Classes = [.. classes], Features = [.. features] };
    }

    /// <summary>Maps of features voxel by voxel are not made from a profile, so these change no value; they are still read with care.</summary>
    private static FeatureChoices VoxelSetting(FeatureChoices choices, YamlNode section)
    {
        foreach ((string name, YamlNode key, _) in Entries(section))
        {
            if (name is not ("kernelRadius" or "maskedKernel" or "initValue" or "voxelBatch"))
                throw Refused(key, $"voxelSetting '{name}' is not known; use kernelRadius, maskedKernel, initValue and voxelBatch.");
        }
        return choices;
    }
}
