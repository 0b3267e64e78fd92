using System.Text.Json;
using Xunit;

namespace HccPipeline.EndToEnd;

/// <summary>The demo as the README has it: 78 patients, seed 1.</summary>
public sealed class StudyResemblanceTests
{
    [Fact]
    public async Task Demo_AsShipped_ComesOutNearTheStudy()
    {
        using TemporaryFolder folder = new();
        (int code, string output) = await HccProcess.RunAsync(null, "demo", "--out", folder["demo"]);
        Assert.True(code == 0, output);

        using JsonDocument report = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(folder["demo"], "report-v1.json"), TestContext.Current.CancellationToken));
        JsonElement[] rows = [.. report.RootElement.GetProperty("published").GetProperty("rows").EnumerateArray()];
        JsonElement[] aucs = [.. rows.Where(r => r.GetProperty("kind").GetString() == "auc")];
        Assert.Equal([0.751, 0.614, 0.811], aucs.Select(r => r.GetProperty("published").GetDouble()));
        Assert.All(aucs, r => Assert.Equal(r.GetProperty("published").GetDouble(), r.GetProperty("ours").GetDouble(), 0.03));
        Assert.Contains("post_ADC_Mean", output, StringComparison.Ordinal);
        Assert.Contains("post_T2_SIR", output, StringComparison.Ordinal);
    }
}
