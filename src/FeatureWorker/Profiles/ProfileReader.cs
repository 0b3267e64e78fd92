using System.Security.Cryptography;
using System.Text;
using HccPipeline.Persistence.Models;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace HccPipeline.FeatureWorker.Profiles;

/// <summary>A profile and the hash of its canonical form.</summary>
/// <param name="Profile">The choices.</param>
/// <param name="Sha256">Lower-case hex SHA-256 of <paramref name="CanonicalJson"/>.</param>
/// <param name="CanonicalJson">The choices as canonical JSON.</param>
public sealed record HashedProfile(ExtractionProfile Profile, string Sha256, string CanonicalJson);

/// <summary>Reads profiles, and PyRadiomics parameter files, from YAML; keys and values that are not known are refused with their line.</summary>
public static class ProfileReader
{
    private const string DefaultName = "hcc-mr";
    private const string ResourcePrefix = "profiles/", Extension = ".yaml";

    private static readonly IDeserializer Yaml = new DeserializerBuilder()
        .WithNamingConvention(UnderscoredNamingConvention.Instance)
        .WithTypeConverter(new NamedValueConverter())
        .WithDuplicateKeyChecking()
        .Build();

    /// <summary>Names of the profiles that ship with the program.</summary>
    public static IReadOnlyList<string> Shipped { get; } =
    [
        .. typeof(ProfileReader).Assembly.GetManifestResourceNames().Where(n => n.StartsWith(ResourcePrefix, StringComparison.Ordinal))
            .Select(n => n[ResourcePrefix.Length..^Extension.Length]).Order(StringComparer.Ordinal),
    ];

    /// <summary>The default profile, <c>profiles/hcc-mr.yaml</c>.</summary>
    public static HashedProfile ReadDefault() => ReadShipped(DefaultName);

    /// <summary>A profile that ships with the program.</summary>
    /// <param name="name">One of <see cref="Shipped"/>.</param>
    /// <exception cref="ProfileException">There is none of this name.</exception>
    public static HashedProfile ReadShipped(string name)
    {
        using Stream stream = typeof(ProfileReader).Assembly.GetManifestResourceStream($"{ResourcePrefix}{name}{Extension}")
            ?? throw new ProfileException($"No profile {name} ships with the program; there are {string.Join(", ", Shipped)}.");
        using StreamReader reader = new(stream, Encoding.UTF8);
        return Read(reader.ReadToEnd(), name + Extension);
    }

    /// <summary>Reads a profile file.</summary>
    /// <param name="path">File, or the name of a profile that ships with the program.</param>
    /// <exception cref="ProfileException">The file is missing or can't be used.</exception>
    public static HashedProfile ReadFile(string path)
    {
        if (File.Exists(path))
            return Read(File.ReadAllText(path, Encoding.UTF8), path);
        return Shipped.Contains(path)
            ? ReadShipped(path)
            : throw new ProfileException($"There is no profile file {path}. {string.Join(", ", Shipped)} ship with the program, as names and in profiles/; copy one and change what you need.");
    }

    /// <summary>Reads a profile from text.</summary>
    /// <param name="yaml">YAML.</param>
    /// <param name="source">What to call it in messages.</param>
    /// <exception cref="ProfileException">A key is not known, a value can't be used or the text is not YAML; the message names the line.</exception>
    public static HashedProfile Read(string yaml, string source)
    {
        try
        {
            YamlMappingNode root = Root(yaml, source);
            YamlPlaces places = new(root);
            bool foreign = PyRadiomicsParameters.IsOne(root);
            if (!foreign)
                RequireValues(places, source);
            ExtractionProfile profile = foreign ? PyRadiomicsParameters.Read(root) : Yaml.Deserialize<ExtractionProfile>(yaml);
            foreach ((string key, string problem) in ProfileChecks.Of(profile))
                throw At(source, foreign ? Mark.Empty : places.Of(key), $"{key} {problem}");
            return Hash(profile);
        }
        catch (YamlException e)
        {
            throw At(source, e.Start, (e.InnerException ?? e).Message, e);
        }
    }

    /// <summary>The profile with the hash of its canonical form, in which every section is filled in.</summary>
    public static HashedProfile Hash(ExtractionProfile profile)
    {
        ExtractionProfile resolved = profile with { Features = profile.Features.Resolved(), Voxel = profile.Voxel.Canonical() };
        byte[] canonical = CanonicalJson.Write(resolved);
        return new(resolved, Convert.ToHexStringLower(SHA256.HashData(canonical)), Encoding.UTF8.GetString(canonical));
    }

    /// <summary>Reads what <see cref="HashedProfile.CanonicalJson"/> holds.</summary>
    public static ExtractionProfile FromCanonicalJson(string json) => CanonicalJson.Read<ExtractionProfile>(Encoding.UTF8.GetBytes(json));

    private static YamlMappingNode Root(string yaml, string source)
    {
        YamlStream stream = new();
        using StringReader reader = new(yaml);
        stream.Load(reader);
        if (stream.Documents is not [{ RootNode: var root }, ..] || root is YamlScalarNode { Value: null or "" })
            throw new ProfileException($"{source} is empty.");
        return root as YamlMappingNode ?? throw At(source, root.Start, "a profile is a mapping of keys to values.");
    }

    private static void RequireValues(YamlPlaces places, string source)
    {
        foreach (string key in places.Empty)
            throw At(source, places.Of(key), $"{key} is there but empty; fill it or leave it out.");
    }

    private static ProfileException At(string source, Mark place, string message, Exception? cause = null) =>
        new(place.Line > 0 ? $"{source}, line {place.Line}, column {place.Column}: {message}" : $"{source}: {message}", cause);
}
