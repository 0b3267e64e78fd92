using System.Collections.Concurrent;
using HccPipeline.Persistence.Runs;
using Microsoft.Extensions.Options;

namespace HccPipeline.FeatureWorker.Profiles;

/// <summary>The profile in force, and every profile that was ever used, by hash.</summary>
public sealed class ProfileCatalog(IOptions<FeatureWorkerOptions> options, ProfileRepository repository)
{
    private readonly ConcurrentDictionary<string, ExtractionProfile> _byHash = new(StringComparer.Ordinal);

    /// <summary>The profile that new studies are extracted under.</summary>
    /// <exception cref="ProfileException">The configured file can't be used.</exception>
    public HashedProfile Current { get; } =
        options.Value.Profile is { Length: > 0 } path ? ProfileReader.ReadFile(path) : ProfileReader.ReadDefault();

    /// <summary>Stores the profile in force, so that every node can read it by its hash.</summary>
    public Task StoreCurrentAsync(CancellationToken ct) => repository.AddIfAbsentAsync(Current.Sha256, Current.CanonicalJson, ct);

    /// <summary>A profile by its hash.</summary>
    /// <exception cref="ProfileException">No profile with this hash was stored.</exception>
    public async Task<HashedProfile> GetAsync(string sha256, CancellationToken ct)
    {
        if (sha256 == Current.Sha256)
            return Current;
        if (!_byHash.TryGetValue(sha256, out ExtractionProfile? profile))
        {
            string json = await repository.FindAsync(sha256, ct) ?? throw new ProfileException($"No profile with hash {sha256} is stored.");
            profile = _byHash.GetOrAdd(sha256, ProfileReader.FromCanonicalJson(json));
        }
        return ProfileReader.Hash(profile);
    }
}
