using System.CommandLine;
using System.Runtime.InteropServices;
using HccPipeline.Cli.Hosting;
using HccPipeline.Cli.Output;
using HccPipeline.Dicom;
using HccPipeline.FeatureWorker.Profiles;
using HccPipeline.Hosting;
using HccPipeline.Persistence.Blobs;
using HccPipeline.Persistence.Status;
using Spectre.Console;

namespace HccPipeline.Cli.Commands;

/// <summary><c>hcc doctor</c>: what is there, what is missing, how to get it.</summary>
internal static class DoctorCommand
{
    private const long EnoughFreeBytes = 2L << 30;

    private sealed record Finding(string What, string Verdict, string Detail);

    public static Command Create()
    {
        Command command = new("doctor", "Check what the pipeline needs: DICOM engine, data folder, database, bus, and the programs that tests and cluster mode use.")
        {
            GlobalOptions.Data, GlobalOptions.AsJson,
        };
        command.SetAction(async (parse, ct) =>
        {
            List<Finding> findings =
            [
                new("hcc", "ok", $"{ProgramVersion.Current} on {RuntimeInformation.FrameworkDescription}, {Environment.ProcessorCount} processors"),
                Engine(),
                .. await RegistryAsync(GlobalOptions.OpenData(parse), ct),
                Program("RabbitMQ server", "/usr/lib/rabbitmq/bin/rabbitmq-server", "rabbitmq-server", "cluster mode on this machine, tests"),
                Program("PostgreSQL server", "/usr/lib/postgresql/*/bin/pg_ctl", "postgresql", "cluster mode on this machine, tests"),
                Program("Node.js", "/usr/bin/node", "nodejs npm", "tests of S3 stores and of chunked volumes"),
                Program("dcmtk", "/usr/bin/dcmdump", "dcmtk", "tests of written DICOM files"),
                Program("dicom3tools", "/usr/bin/dciodvfy", "dicom3tools", "tests of written DICOM files"),
            ];
            if (parse.GetValue(GlobalOptions.AsJson))
                Json.Print(findings);
            else
                Print(findings);
            return findings.Any(f => f.Verdict == "missing") ? ExitCodes.NeedsAttention : ExitCodes.Done;
        });
        return command;
    }

    private static Finding Engine()
    {
        try
        {
            return new("DICOM engine", "ok", $"{DicomEngine.Name} {DicomEngine.Version}");
        }
        catch (Exception e) when (e is DllNotFoundException or FileNotFoundException or TypeInitializationException)
        {
            return new("DICOM engine", "missing", "The native library can't be loaded; on Debian or Ubuntu: apt-get install libgdcm-cil");
        }
    }

    private static async Task<IReadOnlyList<Finding>> RegistryAsync(DataDirectory data, CancellationToken ct)
    {
        long free = new DriveInfo(data.Root).AvailableFreeSpace;
        Finding disk = free >= EnoughFreeBytes
            ? new("Data folder", "ok", $"{data.Root}, {free / (1 << 30)} GiB free")
            : new("Data folder", "missing", $"{data.Root} has {free / (1 << 20)} MiB free; a cohort of 78 patients needs about 2 GiB");
        try
        {
            await using RegistrySession session = await RegistrySession.OpenAsync(data, Roles.None, ct);
            RegistryStatus status = await session.Get<StatusReader>().ReadAsync(session.Get<ProfileCatalog>().Current.Sha256, ct);
            return
            [
                disk,
                new("Database and bus", "ok", $"schema up to date, {status.Patients} patients, {status.ModelVersions} model versions"),
                new("Blob store", "ok", session.Get<IObjectStore>().Place),
            ];
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return [disk, new("Database, blobs and bus", "missing", $"{e.Message} Check hcc.json in the data folder and the HCC__ environment variables.")];
        }
    }

    private static Finding Program(string name, string pattern, string package, string purpose)
    {
        int star = pattern.IndexOf('*', StringComparison.Ordinal);
        bool found = star < 0
            ? File.Exists(pattern)
            : Directory.Exists(pattern[..star]) && Directory.EnumerateDirectories(pattern[..star]).Any(d => File.Exists(d + pattern[(star + 1)..]));
        return found
            ? new(name, "ok", $"for {purpose}")
            : new(name, "optional", $"not installed; for {purpose}: apt-get install {package}");
    }

    private static void Print(IReadOnlyList<Finding> findings)
    {
        Table table = new Table().Border(TableBorder.Simple).HideHeaders().AddColumn("").AddColumn("").AddColumn("");
        foreach (Finding finding in findings)
            table.AddRow(finding.What, finding.Verdict == "ok" ? "[green]ok[/]" : $"[yellow]{finding.Verdict}[/]", Markup.Escape(finding.Detail));
        AnsiConsole.Write(table);
    }
}
