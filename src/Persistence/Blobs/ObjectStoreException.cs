namespace HccPipeline.Persistence.Blobs;

/// <summary>The store can't be reached or refuses; the message says which store and what to look at. Trying again later may help.</summary>
public sealed class ObjectStoreException(string message, Exception inner) : IOException(message, inner);
