using System.Globalization;
using System.Runtime.InteropServices;

namespace HccPipeline.Cli.Cluster;

/// <summary>A process that another one may look for later: its id, and the moment of its start, because ids are used again.</summary>
/// <param name="Id">Process id.</param>
/// <param name="StartTicks">Start in clock ticks since boot, as <c>/proc</c> has it.</param>
internal sealed partial record ProcessIdentity(int Id, long StartTicks)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    /// <summary>This process.</summary>
    public static ProcessIdentity Current => Of(Environment.ProcessId) ?? throw new PlatformNotSupportedException("A cluster on one machine needs Linux: /proc is not there.");

    /// <summary>True until it has ended; a dead process that nobody has waited for counts as ended.</summary>
    public bool IsAlive => Of(Id) is { } now && now.StartTicks == StartTicks;

    /// <summary>The process that has this id now.</summary>
    /// <returns>Null where there is none.</returns>
    public static ProcessIdentity? Of(int id)
    {
        string line;
        try
        {
            line = File.ReadAllText($"/proc/{id}/stat");
        }
        catch (IOException)   // no such process, or it ended while being read
        {
            return null;
        }
        // The name, in parentheses, may hold blanks: fields are counted from its end. proc(5): state is field 3, starttime field 22.
        string[] fields = line[(line.LastIndexOf(')') + 2)..].Split(' ');
        return fields[0] is "Z" or "X" ? null : new(id, long.Parse(fields[19], CultureInfo.InvariantCulture));
    }

    /// <summary>Asks it to end and, when it has not ended within the limit, ends it.</summary>
    public async Task StopAsync(PosixStopSignal signal, TimeSpan limit)
    {
        if (!IsAlive)
            return;
        _ = Kill(Id, (int)signal);
        long deadline = Environment.TickCount64 + (long)limit.TotalMilliseconds;
        while (IsAlive && Environment.TickCount64 < deadline)
            await Task.Delay(Look);
        if (!IsAlive)
            return;
        _ = Kill(Id, (int)PosixStopSignal.Kill);
        while (IsAlive)
            await Task.Delay(Look);
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Kill(int id, int signal);
}

/// <summary>Signals that end a process, by their POSIX numbers.</summary>
internal enum PosixStopSignal
{
    /// <summary>SIGINT: PostgreSQL closes its sessions and ends.</summary>
    Interrupt = 2,

    /// <summary>SIGKILL: at once, no handler runs.</summary>
    Kill = 9,

    /// <summary>SIGTERM: finish what is in hand and end.</summary>
    Terminate = 15,
}
