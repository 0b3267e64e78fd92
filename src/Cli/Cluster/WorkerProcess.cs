using HccPipeline.Cli.Output;

namespace HccPipeline.Cli.Cluster;

/// <summary>A worker of a cluster: this program, one role.</summary>
internal static class WorkerProcess
{
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(5) };

    public static ProcessPlan Plan(string name, string role, string url, IReadOnlyDictionary<string, string?> variables, ClusterFolder folder) => new()
    {
        Name = name,
        Command = [.. Self, "serve", "--data", folder.Data.Root, "--role", role, "--urls", url],
        Environment = variables,
        LogFile = folder.LogOf(name),
        Url = url,
    };

    /// <summary>This program: its own executable, or .NET's with the assembly.</summary>
    public static IReadOnlyList<string> Self => Path.GetFileNameWithoutExtension(Environment.ProcessPath) switch
    {
        "dotnet" => [Environment.ProcessPath!, Path.Combine(AppContext.BaseDirectory, "hcc.dll")],
        null => throw new CliException("This program can't tell where it is installed."),
        _ => [Environment.ProcessPath!],
    };

    public static async Task<bool> IsReadyAsync(string url, CancellationToken ct)
    {
        try
        {
            using HttpResponseMessage answer = await Http.GetAsync($"{url}/health/ready", ct);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException || (e is TaskCanceledException && !ct.IsCancellationRequested))
        {
            return false;
        }
    }
}
