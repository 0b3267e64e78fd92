using Microsoft.Extensions.Options;

namespace HccPipeline.ModelWorker.Promotion;

/// <summary>The policy of promotion in force: that of the configured file, read anew each time, or the one that ships with the program.</summary>
public sealed class PolicySource(IOptions<ModelWorkerOptions> options)
{
    /// <exception cref="PolicyException">The file is missing or can't be used.</exception>
    public HashedPolicy Read() => PolicyReader.ReadFile(options.Value.PromotionPolicy);
}
