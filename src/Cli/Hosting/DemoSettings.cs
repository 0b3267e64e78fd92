using System.Security.Cryptography;
using System.Text;

namespace HccPipeline.Cli.Hosting;

/// <summary>Settings under which a synthetic registry runs.</summary>
internal static class DemoSettings
{
    /// <summary>The first model is trained by itself when the last patient is ready, and the pseudonyms depend on the seed alone:
    /// nobody synthetic has to be protected, and two demos of one seed can be compared to the byte.</summary>
    public static Dictionary<string, string?> For(int patients, long seed) => new(StringComparer.OrdinalIgnoreCase)
    {
        ["Ingest:PseudonymKey"] = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"synthetic registry {seed}"))),
        ["ModelWorker:MinimumPatients"] = $"{patients}",
        ["ModelWorker:RetrainAfterNewPatients"] = "0",
        ["ModelWorker:Seed"] = $"{seed}",
        ["Guards:Override"] = "a synthetic registry shows the pipeline and decides about nobody",
    };
}
