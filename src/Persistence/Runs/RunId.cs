using System.Security.Cryptography;
using System.Text;

namespace HccPipeline.Persistence.Runs;

/// <summary>The natural key of a run: what was extracted from, and how.</summary>
public static class RunId
{
    /// <summary>SHA-256 over study, its content and the profile, lower-case hex.</summary>
    public static string Of(string studyUid, string studyContentSha256, string profileSha256) =>
        Hash($"{studyUid}\n{studyContentSha256}\n{profileSha256}");

    /// <summary>SHA-256 over the profile and what each brick has to do, for a run that belongs to no study, lower-case hex.</summary>
    public static string OfWork(string profileSha256, IEnumerable<BrickPlan> bricks) =>
        Hash($"maps\n{profileSha256}\n{string.Join('\n', bricks.Select(b => $"{b.Kind} {b.Work.Length} {b.Work}"))}");

    /// <summary>SHA-256 over the profile and what the run is made from, for a run that belongs to no study, lower-case hex.</summary>
    public static string OfSubject(string profileSha256, string subject) => Hash($"maps of\n{profileSha256}\n{subject}");

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
