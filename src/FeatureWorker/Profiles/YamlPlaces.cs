using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace HccPipeline.FeatureWorker.Profiles;

/// <summary>Where each key of a YAML document stands.</summary>
internal sealed class YamlPlaces
{
    private readonly Dictionary<string, Mark> _places = new(StringComparer.Ordinal);
    private readonly List<string> _empty = [];

    /// <param name="root">The document.</param>
    public YamlPlaces(YamlNode root) => Add(root, "");

    /// <summary>Keys whose value is left out.</summary>
    public IReadOnlyList<string> Empty => _empty;

    /// <summary>Line and column of a key, or of the nearest key above it that is there.</summary>
    public Mark Of(string path)
    {
        while (true)
        {
            if (_places.TryGetValue(path, out Mark place))
                return place;
            path = path[..Math.Max(0, Math.Max(path.LastIndexOf('.'), path.LastIndexOf('[')))];
        }
    }

    private void Add(YamlNode node, string path)
    {
        _places.TryAdd(path, node.Start);
        switch (node)
        {
            case YamlMappingNode mapping:
                foreach ((YamlNode key, YamlNode value) in mapping.Children)
                {
                    string inner = path.Length > 0 ? $"{path}.{key}" : $"{key}";
                    _places[inner] = key.Start;
                    if (value is YamlScalarNode { Style: ScalarStyle.Plain, Value: null or "" or "null" or "~" })
                        _empty.Add(inner);
                    Add(value, inner);
                }
                break;
            case YamlSequenceNode sequence:
                for (int i = 0; i < sequence.Children.Count; i++)
                    Add(sequence.Children[i], $"{path}[{i}]");
                break;
        }
    }
}
