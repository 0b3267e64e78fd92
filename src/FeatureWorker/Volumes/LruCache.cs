namespace HccPipeline.FeatureWorker.Volumes;

/// <summary>
/// A cache of loaded values that keeps the most recently used up to a number of bytes. Several threads may ask at once; a value that two ask for is loaded once.
/// </summary>
/// <param name="capacityBytes">Most bytes that are kept, values that are being loaded included.</param>
internal sealed class LruCache(long capacityBytes)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, LinkedListNode<Entry>> _nodes = new(StringComparer.Ordinal);
    private readonly LinkedList<Entry> _recent = new();   // most recently used first
    private long _bytes;

    private sealed class Entry(string key, long bytes, Lazy<Task<object>> value)
    {
        public string Key { get; } = key;

        public long Bytes { get; set; } = bytes;

        public Lazy<Task<object>> Value { get; } = value;
    }

    /// <summary>Bytes that are kept now.</summary>
    internal long Bytes
    {
        get
        {
            lock (_lock)
                return _bytes;
        }
    }

    /// <summary>The value of a key, loaded when it is not kept. A load that fails is not kept: the next to ask tries again.</summary>
    /// <param name="key">The key; it always has the same value.</param>
    /// <param name="expectedBytes">What the value counts for until it is loaded.</param>
    /// <param name="load">Loads the value and tells its bytes; it serves all who ask, so that no one's cancellation ends it.</param>
    /// <param name="ct">Ends the waiting.</param>
    internal async Task<T> GetAsync<T>(string key, long expectedBytes, Func<Task<(T Value, long Bytes)>> load, CancellationToken ct) where T : class
    {
        Lazy<Task<object>> value;
        lock (_lock)
        {
            if (_nodes.TryGetValue(key, out LinkedListNode<Entry>? node))
                _recent.Remove(node);
            else
            {
                Entry entry = null!;
                entry = new(key, expectedBytes, new(() => LoadAsync(entry, load)));
                _nodes.Add(key, node = new(entry));
                _bytes += expectedBytes;
            }
            _recent.AddFirst(node);
            value = node.Value.Value;
            Evict();
        }
        return (T)await value.Value.WaitAsync(ct);
    }

    private async Task<object> LoadAsync<T>(Entry entry, Func<Task<(T Value, long Bytes)>> load) where T : class
    {
        try
        {
            (T value, long bytes) = await load();
            lock (_lock)
            {
                if (_nodes.TryGetValue(entry.Key, out LinkedListNode<Entry>? node) && node.Value == entry)
                {
                    _bytes += bytes - entry.Bytes;
                    entry.Bytes = bytes;
                    Evict();
                }
            }
            return value;
        }
        catch
        {
            lock (_lock)
            {
                if (_nodes.TryGetValue(entry.Key, out LinkedListNode<Entry>? node) && node.Value == entry)
                    Remove(node);
            }
            throw;
        }
    }

    private void Evict()
    {
        while (_bytes > capacityBytes && _recent.Last is { } oldest)
            Remove(oldest);
    }

    private void Remove(LinkedListNode<Entry> node)
    {
        _nodes.Remove(node.Value.Key);
        _recent.Remove(node);
        _bytes -= node.Value.Bytes;
    }
}
