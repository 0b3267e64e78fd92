using System.Diagnostics;
using HccPipeline.Cli.Output;

namespace HccPipeline.Cli.Cluster;

/// <summary>Runs other people's programs to their end.</summary>
internal static class ProgramRun
{
    /// <summary>Runs one.</summary>
    /// <exception cref="CliException">It failed; the message ends with what it wrote.</exception>
    public static async Task ExecuteAsync(IReadOnlyList<string> command, string whatFor, CancellationToken ct)
    {
        (int code, string output) = await RunAsync(command, ct);
        if (code != 0)
            throw new CliException($"{whatFor} failed: {output}");
    }

    /// <returns>True when it ended without an error.</returns>
    public static async Task<bool> SucceedsAsync(IReadOnlyList<string> command, CancellationToken ct) => (await RunAsync(command, ct)).Code == 0;

    private static async Task<(int Code, string Output)> RunAsync(IReadOnlyList<string> command, CancellationToken ct)
    {
        ProcessStartInfo start = new(command[0], command.Skip(1))
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = "/",
        };
        using Process process = Process.Start(start) ?? throw new CliException($"{command[0]} did not start.");
        Task<string> output = process.StandardOutput.ReadToEndAsync(ct), errors = process.StandardError.ReadToEndAsync(ct);
        await process.WaitForExitAsync(ct);
        return (process.ExitCode, $"{(await errors).Trim()} {(await output).Trim()}".Trim());
    }
}
