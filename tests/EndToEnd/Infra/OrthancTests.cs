using System.Diagnostics;
using HccPipeline.EndToEnd.Cluster;
using HccPipeline.Testing;
using Xunit;

namespace HccPipeline.EndToEnd.Infra;

/// <summary>Debian's Orthanc with the configuration and the script that are shipped, between a sender of dcmtk and a drop folder.</summary>
public sealed class OrthancTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Study_SentOverTheNetwork_ArrivesWholeInTheDropFolderOfItsCentre()
    {
        CancellationToken ct = TestContext.Current.CancellationToken;
        using TemporaryFolder folder = new();
        (int code, string output) = await HccProcess.RunAsync(null, "synth", "--out", folder["dicom"], "--patients", "8", "--centers", "1", "--matrix", "64x64x16");
        Assert.True(code == 0, output);
        string study = Directory.EnumerateFiles(folder["dicom"], "*.dcm", SearchOption.AllDirectories).Select(f => Path.GetDirectoryName(f)!).Order(StringComparer.Ordinal).First();
        string[] sent = Directory.GetFiles(study, "*.dcm");

        int dicomPort = LoopbackPort.Free();
        string configuration = Shipped("orthanc.json")
            .Replace("/var/lib/orthanc/db", folder["db"], StringComparison.Ordinal)
            .Replace("/etc/orthanc/forward.lua", Path.Combine(Folder, "forward.lua"), StringComparison.Ordinal)
            .Replace("\"DicomPort\": 4242", $"\"DicomPort\": {dicomPort}", StringComparison.Ordinal)
            .Replace("\"HttpPort\": 8042", $"\"HttpPort\": {LoopbackPort.Free()}", StringComparison.Ordinal)
            .Replace("\"StableAge\": 60", "\"StableAge\": 1", StringComparison.Ordinal);
        await File.WriteAllTextAsync(folder["orthanc.json"], configuration, ct);
        ProcessOutput log = new();
        using Process orthanc = Process.Start(new ProcessStartInfo("/usr/sbin/Orthanc", [folder["orthanc.json"]])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            Environment = { ["HCC_DROP"] = folder["drop"], ["HCC_CENTERS"] = "OTHERMR=OTH,BERMR1=BER" },
        })!;
        try
        {
            log.Follow(orthanc);
            await UntilAsync(() => Send("BERMR1", sent) == 0, "Orthanc takes no study");
            await UntilAsync(() => Delivered("BER").Length > 0, "no delivery came");
            string delivery = Assert.Single(Delivered("BER"));
            string[] received = Directory.GetFiles(delivery);
            Assert.Equal(sent.Select(Instance).Order(StringComparer.Ordinal), received.Select(Instance).Order(StringComparer.Ordinal));

            Assert.Equal(0, Send("STRANGER", sent));
            await UntilAsync(() => log.Tail().Contains("STRANGER is not in HCC_CENTERS", StringComparison.Ordinal), "a stranger's study was not reported");
            Assert.Equal(["BER"], Directory.GetDirectories(folder["drop"]).Select(Path.GetFileName));
        }
        finally
        {
            orthanc.Kill(entireProcessTree: true);
            await orthanc.WaitForExitAsync(CancellationToken.None);
        }

        string[] Delivered(string center) => Directory.Exists(Path.Combine(folder["drop"], center))
            ? [.. Directory.GetDirectories(Path.Combine(folder["drop"], center)).Where(d => !Path.GetFileName(d).StartsWith('.'))]
            : [];

        int Send(string title, string[] files) => OtherTools.Run("storescu", ["-aet", title, "-aec", "HCC", "127.0.0.1", $"{dicomPort}", .. files]).ExitCode;

        async Task UntilAsync(Func<bool> done, string problem)
        {
            long deadline = Environment.TickCount64 + (long)Limit.TotalMilliseconds;
            while (!done())
            {
                Assert.True(Environment.TickCount64 < deadline && !orthanc.HasExited, $"{problem}:\n{log.Tail()}");
                await Task.Delay(100, ct);
            }
        }
    }

    private static string Folder => Path.Combine(ConformanceData.Repository!, "infra", "orthanc");

    private static string Shipped(string file) => File.ReadAllText(Path.Combine(Folder, file));

    /// <summary>Which instance a file holds.</summary>
    private static string Instance(string file) => Dicom.DicomFile.ReadHeader(file).Dataset.GetString(Dicom.DicomTags.SOPInstanceUID);
}
