using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace HccPipeline.Radiomics;

/// <summary>Parts of an extraction that don't depend on each other: families of an image, images of a case.</summary>
internal static class IndependentParts
{
    /// <summary>Computes the parts, one after the other or at the same time.</summary>
    /// <param name="parts">Parts; each may have parts of its own.</param>
    /// <param name="parallel">How many at the same time, and where; null or 1 keeps to this thread.</param>
    /// <returns>All values in the order of the parts.</returns>
    /// <remarks>Where parts fail, the first one's failure is thrown, whichever came first in time.</remarks>
    internal static IReadOnlyList<FeatureValue> Values(IReadOnlyList<IndependentPart> parts, ParallelOptions? parallel)
    {
        if (parallel is null or { MaxDegreeOfParallelism: 1 })
            return [.. parts.SelectMany(part => part.Values())];
        IReadOnlyList<FeatureValue>[] values = new IReadOnlyList<FeatureValue>[parts.Count];
        ExceptionDispatchInfo?[] failures = new ExceptionDispatchInfo?[parts.Count];
        // Few parts of unequal length: each free thread takes the next one, never several.
        IEnumerable<int> heavyFirst = Enumerable.Range(0, parts.Count).OrderByDescending(i => parts[i].Weight);
        Parallel.ForEach(Partitioner.Create(heavyFirst, EnumerablePartitionerOptions.NoBuffering), parallel, i =>
        {
            try
            {
                values[i] = parts[i].Values();
            }
            catch (Exception e)   // whatever it is, it is thrown below
            {
                failures[i] = ExceptionDispatchInfo.Capture(e);
            }
        });
        Array.Find(failures, f => f is not null)?.Throw();
        return [.. values.SelectMany(v => v)];
    }
}
