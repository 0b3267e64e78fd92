using System.Security.Cryptography;
using System.Text;
using HccPipeline.Persistence.Models;
using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace HccPipeline.FeatureWorker.Profiles;

/// <summary>A profile and the hash of its canonical form.</summary>
/// <param name="Profile">The choices.</param>
/// <param name="Sha256">Lower-case hex SHA-256 of <paramref name="CanonicalJson"/>.</param>
/// <param name="CanonicalJson">The choices as canonical JSON.</param>
public sealed record HashedProfile(ExtractionProfile Profile, string Sha256, string CanonicalJson);

/// <summary>Reads profiles from YAML; keys and values that are not known are refused with their line.</summary>
public static class ProfileReader
{
    private const string DefaultResource = "hcc-mr.yaml";
    private static readonly string[] KnownClasses = ["firstorder", "shape"];

    private static readonly IDeserializer Yaml = new DeserializerBuilder()
        .WithNamingConvention(UnderscoredNamingConvention.Instance)
        .WithDuplicateKeyChecking()
        .Build();

    /// <summary>The profile that ships with the program, <c>profiles/hcc-mr.yaml</c>.</summary>
    public static HashedProfile ReadDefault()
    {
        using Stream stream = typeof(ProfileReader).Assembly.GetManifestResourceStream(DefaultResource)
            ?? throw new InvalidOperationException($"The program was built without {DefaultResource}.");
        using StreamReader reader = new(stream, Encoding.UTF8);
        return Read(reader.ReadToEnd(), DefaultResource);
    }

    /// <summary>Reads a profile file.</summary>
    /// <exception cref="ProfileException">The file is missing or can't be used.</exception>
    public static HashedProfile ReadFile(string path) => File.Exists(path)
        ? Read(File.ReadAllText(path, Encoding.UTF8), path)
        : throw new ProfileException($"There is no profile file {path}. The default profile is profiles/{DefaultResource}; copy it and change what you need.");

    /// <summary>Reads a profile from text.</summary>
    /// <param name="yaml">YAML.</param>
    /// <param name="source">What to call it in messages.</param>
    /// <exception cref="ProfileException">A key is not known, a value can't be used or the text is not YAML; the message names the line.</exception>
    public static HashedProfile Read(string yaml, string source)
    {
        ExtractionProfile profile;
        try
        {
            profile = Yaml.Deserialize<ExtractionProfile>(yaml) ?? throw new ProfileException($"{source} is empty.");
        }
        catch (YamlException e)
        {
            throw new ProfileException($"{source}, line {e.Start.Line}, column {e.Start.Column}: {(e.InnerException ?? e).Message}", e);
        }
        foreach (string problem in Problems(profile))
            throw new ProfileException($"{source}: {problem}");
        return Hash(profile);
    }

    /// <summary>The profile with the hash of its canonical form.</summary>
    public static HashedProfile Hash(ExtractionProfile profile)
    {
        byte[] canonical = CanonicalJson.Write(profile);
        return new(profile, Convert.ToHexStringLower(SHA256.HashData(canonical)), Encoding.UTF8.GetString(canonical));
    }

    /// <summary>Reads what <see cref="HashedProfile.CanonicalJson"/> holds.</summary>
    public static ExtractionProfile FromCanonicalJson(string json) => CanonicalJson.Read<ExtractionProfile>(Encoding.UTF8.GetBytes(json));

    private static IEnumerable<string> Problems(ExtractionProfile profile)
    {
        if (profile is not { T2Ratio: not null, Adc: not null, Features: { T2.Classes: not null, Adc.Classes: not null } })
        {
            yield return "a section (t2_ratio, adc, features, its T2 or ADC, or their classes) is there but empty; fill it or leave it out.";
            yield break;
        }
        if (profile.Convention != "pyradiomics")
            yield return $"convention '{profile.Convention}' is not known; use pyradiomics.";
        if (profile.T2Ratio.Reference == Contracts.Region.Lesion)
            yield return "t2_ratio.reference is the lesion itself; use MuscleReference, SpleenReference or LiverReference.";
        if (profile.Adc.Source is not ("map-or-fit" or "map" or "fit"))
            yield return $"adc.source '{profile.Adc.Source}' is not known; use map-or-fit, map or fit.";
        if (profile.Adc.Method is not ("log-linear" or "weighted-least-squares"))
            yield return $"adc.method '{profile.Adc.Method}' is not known; use log-linear or weighted-least-squares.";
        if (profile.Adc.LowestBValue < 0 || profile.Adc.NoiseFloor < 0)
            yield return "adc.lowest_b_value and adc.noise_floor must not be negative.";
        foreach ((string sequence, SequenceFeatures features) in new[] { ("T2", profile.Features.T2), ("ADC", profile.Features.Adc) })
        {
            foreach (string name in features.Classes.Except(KnownClasses, StringComparer.Ordinal))
                yield return $"features.{sequence}.classes: '{name}' is not known; use {string.Join(", ", KnownClasses)}.";
            if (features.BinWidth is not > 0 || !double.IsFinite(features.BinWidth))
                yield return $"features.{sequence}.bin_width must be a positive number.";
        }
        if (!profile.Features.Adc.Classes.Contains("firstorder"))
            yield return "features.ADC.classes lacks firstorder, of which ADC_Mean is one.";
    }
}
