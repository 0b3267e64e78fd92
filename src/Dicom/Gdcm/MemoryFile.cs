using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace HccPipeline.Dicom.Gdcm;

/// <summary>
/// A file in memory that native code can open by path. The binding reads and writes named files only; this one has no name in
/// any folder, so that patient data never stay behind, whatever ends the process.
/// </summary>
internal sealed partial class MemoryFile : IDisposable
{
    private readonly SafeFileHandle _handle;

    /// <summary>An empty file.</summary>
    /// <exception cref="IOException">The system has no memory files (Linux has) or no file descriptor is left.</exception>
    public MemoryFile()
    {
        int descriptor = CreateMemoryFile("dicom", CloseOnExec);
        if (descriptor < 0)
            throw new IOException($"A memory file can't be created (error {Marshal.GetLastPInvokeError()}); check the limit of open files.");
        _handle = new SafeFileHandle(descriptor, ownsHandle: true);
        Path = $"/proc/self/fd/{descriptor}";
    }

    private const uint CloseOnExec = 1;

    /// <summary>Where it can be opened within this process.</summary>
    public string Path { get; }

    /// <summary>Writes a part of the content.</summary>
    public void Write(ReadOnlySpan<byte> content, long position) => RandomAccess.Write(_handle, content, position);

    /// <summary>The content.</summary>
    public byte[] ReadAll()
    {
        byte[] content = new byte[RandomAccess.GetLength(_handle)];
        int read = 0;
        while (read < content.Length)
        {
            int count = RandomAccess.Read(_handle, content.AsSpan(read), read);
            if (count == 0)
                throw new IOException("A memory file became shorter while it was read.");
            read += count;
        }
        return content;
    }

    /// <inheritdoc/>
    public void Dispose() => _handle.Dispose();

    [LibraryImport("libc", EntryPoint = "memfd_create", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int CreateMemoryFile(string name, uint flags);
}
