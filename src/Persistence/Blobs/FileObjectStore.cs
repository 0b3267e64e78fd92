using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;

namespace HccPipeline.Persistence.Blobs;

/// <summary>Objects as files under a root folder. An object appears whole or not at all: it is written beside its place and renamed.</summary>
internal sealed class FileObjectStore(IOptions<BlobOptions> options) : IObjectStore
{
    private readonly string _root = options.Value.Root;

    public string Place => $"folder {_root}";

    public Task CheckAsync(CancellationToken ct) => Task.CompletedTask;   // the first object makes the folder

    public async Task PutAsync(string name, ReadOnlyMemory<byte> content, CancellationToken ct)
    {
        string path = PathOf(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        string partial = $"{path}.{Guid.NewGuid():N}{ObjectName.PartialSuffix}";
        try
        {
            await File.WriteAllBytesAsync(partial, content, ct);
            File.Move(partial, path, overwrite: true);
        }
        catch
        {
            File.Delete(partial);
            throw;
        }
    }

    public async Task<bool> PutIfAbsentAsync(string name, ReadOnlyMemory<byte> content, CancellationToken ct)
    {
        if (await ExistsAsync(name, ct))
            return false;
        await PutAsync(name, content, ct);
        return true;
    }

    public async Task<byte[]?> FindAsync(string name, CancellationToken ct)
    {
        try
        {
            return await File.ReadAllBytesAsync(PathOf(name), ct);
        }
        catch (IOException e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    public async Task<byte[]?> FindRangeAsync(string name, long offset, int length, CancellationToken ct)
    {
        ObjectName.CheckRange(offset, length);
        try
        {
            using Microsoft.Win32.SafeHandles.SafeFileHandle file = File.OpenHandle(PathOf(name), options: FileOptions.Asynchronous);
            if (RandomAccess.GetLength(file) - offset < length)
                throw ObjectName.BeyondEnd(name, offset, length);
            byte[] range = GC.AllocateUninitializedArray<byte>(length);
            for (int read = 0; read < length;)
            {
                int now = await RandomAccess.ReadAsync(file, range.AsMemory(read), offset + read, ct);
                read += now > 0 ? now : throw new EndOfStreamException($"Object {name} was cut while it was read.");
            }
            return range;
        }
        catch (IOException e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    public Task<bool> ExistsAsync(string name, CancellationToken ct) => Task.FromResult(File.Exists(PathOf(name)));

    public async IAsyncEnumerable<string> ListAsync(string folder, [EnumeratorCancellation] CancellationToken ct)
    {
        await Task.CompletedTask;   // the file system answers at once
        string path = PathOf(folder);
        if (!Directory.Exists(path))
            yield break;
        foreach (string file in Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories))
        {
            ct.ThrowIfCancellationRequested();
            if (!file.EndsWith(ObjectName.PartialSuffix, StringComparison.Ordinal))
                yield return Path.GetRelativePath(_root, file).Replace(Path.DirectorySeparatorChar, '/');
        }
    }

    public Task DeleteAsync(string name, CancellationToken ct)
    {
        try
        {
            File.Delete(PathOf(name));
        }
        catch (DirectoryNotFoundException)
        {
            // Nothing was there.
        }
        return Task.CompletedTask;
    }

    public Task DeleteFolderAsync(string folder, CancellationToken ct)
    {
        try
        {
            Directory.Delete(PathOf(folder), recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // Nothing was there, or another process was quicker.
        }
        return Task.CompletedTask;
    }

    private string PathOf(string name) => Path.Combine(_root, ObjectName.Check(name));
}
