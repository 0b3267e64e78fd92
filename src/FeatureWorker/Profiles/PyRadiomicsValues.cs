using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace HccPipeline.FeatureWorker.Profiles;

/// <summary>Values of a PyRadiomics parameter file; what can't be one is refused at its place.</summary>
internal static class PyRadiomicsValues
{
    /// <summary>Keys and values of a mapping; none of an empty node.</summary>
    public static IEnumerable<(string Name, YamlNode Key, YamlNode Value)> Entries(YamlNode node) => node switch
    {
        YamlMappingNode mapping => mapping.Children.Select(c => ($"{c.Key}", c.Key, c.Value)),
        YamlScalarNode scalar when IsEmpty(scalar) => [],
        _ => throw Refused(node, "a section of keys and values belongs here."),
    };

    public static bool IsEmpty(YamlNode node) =>
        node is YamlScalarNode { Style: ScalarStyle.Plain, Value: null or "" or "null" or "~" or "None" };

    public static double Number(YamlNode node) =>
        double.TryParse($"{node}", NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value)
            ? value
            : throw Refused(node, $"'{node}' is no number.");

    public static double Positive(YamlNode node) => Number(node) is var value && value > 0 ? value : throw Refused(node, $"'{node}' is not a positive number.");

    public static int Whole(YamlNode node, int least, int most = int.MaxValue) =>
        Number(node) is var value && value == Math.Floor(value) && value >= least && value <= most
            ? (int)value
            : throw Refused(node, $"'{node}' is no whole number {(most < int.MaxValue ? $"from {least} to {most}" : $"of {least} or more")}.");

    public static bool Truth(YamlNode node) => $"{node}".ToLowerInvariant() switch
    {
        "true" or "yes" or "on" => true,
        "false" or "no" or "off" => false,
        _ => throw Refused(node, $"'{node}' is neither true nor false."),
    };

    /// <summary>An enumerated value by PyRadiomics' word for it, as <c>no_weighting</c>.</summary>
    public static T OneOf<T>(YamlNode node) where T : struct, Enum
    {
        string word = $"{node}".Replace("_", "", StringComparison.Ordinal);
        return Enum.GetNames<T>().Any(n => n.Equals(word, StringComparison.OrdinalIgnoreCase)) ? Enum.Parse<T>(word, ignoreCase: true)
            : throw Refused(node, $"'{node}' is not known; use {string.Join(", ", Enum.GetNames<T>().Select(n => n.ToLowerInvariant()))}.");
    }

    /// <summary>What there was before: the value was read to refuse one that can't be, and changes nothing.</summary>
    public static TOptions WithoutEffect<TOptions, TValue>(TOptions options, TValue value) => value is null ? throw new ArgumentNullException(nameof(value)) : options;

    public static YamlNode[] Items(YamlNode node) => node is YamlSequenceNode sequence ? [.. sequence.Children] : [node];

    public static YamlException Refused(YamlNode at, string why) => new(at.Start, at.End, why);
}
