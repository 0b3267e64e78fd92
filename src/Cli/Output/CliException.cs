namespace HccPipeline.Cli.Output;

/// <summary>A command can't do what it was asked to; the message says what to do about it.</summary>
internal sealed class CliException(string message, int exitCode = ExitCodes.Failed) : Exception(message)
{
    public int ExitCode { get; } = exitCode;
}

/// <summary>What the process returns.</summary>
internal static class ExitCodes
{
    /// <summary>Done.</summary>
    public const int Done = 0;

    /// <summary>Done, but something needs a person: quarantined files, rejected rows, failed cases.</summary>
    public const int NeedsAttention = 1;

    /// <summary>The command line is not understood.</summary>
    public const int Usage = 2;

    /// <summary>It could not be done.</summary>
    public const int Failed = 3;

    /// <summary>Stopped by Ctrl-C.</summary>
    public const int Cancelled = 130;
}
