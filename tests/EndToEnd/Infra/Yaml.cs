using YamlDotNet.RepresentationModel;

namespace HccPipeline.EndToEnd.Infra;

/// <summary>Looks into YAML documents.</summary>
internal static class Yaml
{
    public static IReadOnlyList<YamlNode> Load(string text)
    {
        YamlStream stream = [];
        stream.Load(new StringReader(text));
        return [.. stream.Documents.Select(d => d.RootNode)];
    }

    /// <summary>The node at a path of keys and list positions; null where there is none.</summary>
    public static YamlNode? At(this YamlNode node, params ReadOnlySpan<string> path)
    {
        YamlNode? at = node;
        foreach (string step in path)
        {
            at = at switch
            {
                YamlMappingNode map => map.Children.TryGetValue(new YamlScalarNode(step), out YamlNode? value) ? value : null,
                YamlSequenceNode list when int.TryParse(step, out int index) && index < list.Children.Count => list.Children[index],
                _ => null,
            };
        }
        return at;
    }

    public static string Text(this YamlNode node, params ReadOnlySpan<string> path) => (node.At(path) as YamlScalarNode)?.Value ?? "";

    public static IReadOnlyList<YamlNode> List(this YamlNode node, params ReadOnlySpan<string> path) => [.. (node.At(path) as YamlSequenceNode)?.Children ?? []];

    public static IReadOnlyDictionary<string, string> Map(this YamlNode node, params ReadOnlySpan<string> path) =>
        (node.At(path) as YamlMappingNode)?.Children.ToDictionary(c => c.Key.ToString(), c => (c.Value as YamlScalarNode)?.Value ?? "", StringComparer.Ordinal)
        ?? new Dictionary<string, string>(StringComparer.Ordinal);
}
