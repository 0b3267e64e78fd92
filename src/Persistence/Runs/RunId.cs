using System.Security.Cryptography;
using System.Text;

namespace HccPipeline.Persistence.Runs;

/// <summary>The natural key of a run: what was extracted from, and how.</summary>
public static class RunId
{
    /// <summary>SHA-256 over study, its content and the profile, lower-case hex.</summary>
    public static string Of(string studyUid, string studyContentSha256, string profileSha256) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{studyUid}\n{studyContentSha256}\n{profileSha256}")));
}
