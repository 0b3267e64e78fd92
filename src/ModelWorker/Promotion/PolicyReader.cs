using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace HccPipeline.ModelWorker.Promotion;

/// <summary>A policy, as it was written, and the hash of that.</summary>
/// <param name="Policy">The policy.</param>
/// <param name="Source">The file's text.</param>
/// <param name="Sha256">Lower-case hex SHA-256 of <paramref name="Source"/>.</param>
public sealed record HashedPolicy(PromotionPolicy Policy, string Source, string Sha256);

/// <summary>A policy can't be used; the message says why.</summary>
public sealed class PolicyException(string message) : Exception(message);

/// <summary>Reads policies of promotion from YAML. Keys that are not known are refused, and so are values that make no sense.</summary>
public static partial class PolicyReader
{
    private const string Resource = "profiles/promotion.yaml";
    private static readonly string[] Models = ["imaging", "clinical", "combined"];

    private static readonly IDeserializer Yaml = new DeserializerBuilder()
        .WithNamingConvention(UnderscoredNamingConvention.Instance)
        .WithDuplicateKeyChecking()
        .Build();

    /// <summary>The policy that ships with the program.</summary>
    public static HashedPolicy ReadDefault()
    {
        using Stream stream = typeof(PolicyReader).Assembly.GetManifestResourceStream(Resource) ?? throw new PolicyException("No policy ships with this program.");
        using StreamReader reader = new(stream, Encoding.UTF8);
        return Read(reader.ReadToEnd(), Resource);
    }

    /// <summary>Reads a policy file; the one that ships with the program where no file is named.</summary>
    /// <exception cref="PolicyException">The file is missing or can't be used.</exception>
    public static HashedPolicy ReadFile(string path) =>
        path.Length == 0 ? ReadDefault()
        : File.Exists(path) ? Read(File.ReadAllText(path, Encoding.UTF8), path)
        : throw new PolicyException($"There is no policy {path}.");

    /// <summary>Reads a policy from text.</summary>
    /// <param name="yaml">YAML.</param>
    /// <param name="source">What to call it in messages.</param>
    /// <exception cref="PolicyException">A key is not known, a value can't be used or the text is not YAML.</exception>
    public static HashedPolicy Read(string yaml, string source)
    {
        try
        {
            PromotionPolicy policy = Yaml.Deserialize<PromotionPolicy>(yaml) ?? throw new PolicyException($"{source} is empty.");
            if (Problem(policy) is { } problem)
                throw new PolicyException($"{source}: {problem}");
            return new(policy, yaml, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(yaml))));
        }
        catch (YamlException e)
        {
            throw new PolicyException($"{source}, line {e.Start.Line}: {(UnknownKey().Match(e.Message) is { Success: true } key ? $"'{key.Groups[1].Value}' is no key of a policy." : e.InnerException?.Message ?? e.Message)}");
        }
    }

    // The reader of YAML names the type that lacks the key, which says nothing to who wrote the file.
    [GeneratedRegex("^Property '(.+)' not found on type")]
    private static partial Regex UnknownKey();

    private static string? Problem(PromotionPolicy policy)
    {
        Requirements hold = policy.MustHold;
        return policy.Schema != PromotionPolicy.CurrentSchema ? $"schema is {policy.Schema}; this program reads {PromotionPolicy.CurrentSchema}."
            : !Models.Contains(policy.Model, StringComparer.Ordinal) ? "model is imaging, clinical or combined."
            : policy.Approvals is < 0 or > 2 ? "approvals is 0, 1 or 2."
            : policy.Approvers.Length > 0 && policy.Approvers.Distinct(StringComparer.Ordinal).Count() < policy.Approvals ? "approvers has fewer names than approvals are asked for."
            : policy.OnFailure is not ("override" or "refuse") ? "on_failure is override or refuse."
            : hold.Patients < 4 || hold.Events < 2 ? "must_hold.patients is at least 4 and must_hold.events at least 2."
            : hold.Confidence is not (> 0.5 and < 1) ? "must_hold.confidence lies between 0.5 and 1."
            : hold.AucMargin is not (>= 0 and < 1) ? "must_hold.auc_margin lies between 0 and 1."
            : hold.CalibrationSlope.Length != 2 || !(hold.CalibrationSlope[0] < hold.CalibrationSlope[1]) ? "must_hold.calibration_slope is the smallest and the largest slope."
            : !(hold.CalibrationInTheLarge > 0) ? "must_hold.calibration_in_the_large lies above 0."
            : hold.NetBenefitThresholds.Length == 0 || hold.NetBenefitThresholds.Any(t => t is not (> 0 and < 1)) ? "must_hold.net_benefit_thresholds are one or more probabilities between 0 and 1."
            : !(hold.NetBenefitMargin >= 0) ? "must_hold.net_benefit_margin is not negative."
            : hold.ReclassificationThreshold is not (> 0 and < 1) ? "must_hold.reclassification_threshold lies between 0 and 1."
            : null;
    }
}
