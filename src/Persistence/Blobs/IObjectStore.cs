namespace HccPipeline.Persistence.Blobs;

/// <summary>
/// Named, immutable-in-practice byte objects, in a folder or in an S3-compatible store. An object appears whole or not at all. Names are those that
/// <see cref="ObjectName.Check"/> lets through; no name may be the folder of another.
/// </summary>
/// <remarks>Every method throws <see cref="ArgumentException"/> for a name that is not one, and <see cref="IOException"/> when the store
/// can't be reached or refuses, in words for a person.</remarks>
public interface IObjectStore
{
    /// <summary>Where it is, in words for a person.</summary>
    string Place { get; }

    /// <summary>Asks the store whether it can be used, so that wrong settings show at start.</summary>
    Task CheckAsync(CancellationToken ct);

    /// <summary>Stores an object, in place of one that has the name.</summary>
    Task PutAsync(string name, ReadOnlyMemory<byte> content, CancellationToken ct);

    /// <summary>Stores an object unless the name is taken. Writers that race may both be told true: one name means one content.</summary>
    /// <returns>Whether bytes were written.</returns>
    Task<bool> PutIfAbsentAsync(string name, ReadOnlyMemory<byte> content, CancellationToken ct);

    /// <summary>Reads an object.</summary>
    /// <returns>Its bytes; null when there is none.</returns>
    Task<byte[]?> FindAsync(string name, CancellationToken ct);

    /// <summary>Reads a part of an object and nothing else of it.</summary>
    /// <param name="name">The object.</param>
    /// <param name="offset">First byte.</param>
    /// <param name="length">Number of bytes.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>Exactly that many bytes; null when there is no such object.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Offset or length is negative, or the object ends before the range does.</exception>
    Task<byte[]?> FindRangeAsync(string name, long offset, int length, CancellationToken ct);

    /// <summary>Whether an object has this name.</summary>
    Task<bool> ExistsAsync(string name, CancellationToken ct);

    /// <summary>Names of all objects in a folder and below, in no particular order.</summary>
    IAsyncEnumerable<string> ListAsync(string folder, CancellationToken ct);

    /// <summary>Deletes an object; one that is not there is deleted already.</summary>
    Task DeleteAsync(string name, CancellationToken ct);

    /// <summary>Deletes all objects in a folder and below.</summary>
    Task DeleteFolderAsync(string folder, CancellationToken ct);
}
