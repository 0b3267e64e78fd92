using System.Diagnostics;

namespace HccPipeline.Testing;

/// <summary>The last lines that processes wrote, for the message of a failure.</summary>
internal sealed class ProcessOutput
{
    private const int Kept = 40;
    private readonly Lock _lock = new();
    private readonly Queue<string> _lines = new();

    /// <summary>Reads what a process writes until it ends, so that it never waits for a full pipe.</summary>
    public void Follow(Process process)
    {
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>The last lines.</summary>
    public string Tail()
    {
        lock (_lock)
            return string.Join('\n', _lines);
    }

    private void Keep(string? line)
    {
        if (line is null)
            return;
        lock (_lock)
        {
            _lines.Enqueue(line);
            if (_lines.Count > Kept)
                _lines.Dequeue();
        }
    }
}
