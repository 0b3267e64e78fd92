using HccPipeline.Contracts.Drift;
using HccPipeline.Persistence.Audit;
using HccPipeline.Persistence.Drift;
using HccPipeline.Persistence.Models;
using HccPipeline.Persistence.Workers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Xunit;

namespace HccPipeline.EndToEnd.Dashboard;

/// <summary>The dashboard as people use it: a real process, a real browser.</summary>
public sealed class DashboardTests(ServedRegistry registry) : IClassFixture<ServedRegistry>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Study_DroppedIn_ShowsUpIsExtractedAndLeadsToAPrediction()
    {
        await using BrowserWindow window = await SignedInAsync();
        await window.GoAsync("/studies", "Studies");
        ILocator arrived = window.Page.Locator("tr", new() { HasText = "C09" });
        Assert.Equal(0, await arrived.CountAsync());

        Directory.Move(registry.NewPatients, Path.Combine(Directory.CreateDirectory(Path.Combine(registry.DropFolder, "C09")).FullName, "delivery"));

        await arrived.First.WaitForAsync();   // without reloading
        await window.SelectAsync("Stage", "extracted", "stage=extracted");
        await arrived.First.GetByRole(AriaRole.Link).First.ClickAsync();
        await window.SeeAsync("Study");
        await window.SeeTextAsync("values");
        ILocator picture = window.Page.Locator("img[alt*=\"outlines\"]").First;
        await picture.ScrollIntoViewIfNeededAsync();
        await window.Page.WaitForFunctionAsync("() => [...document.images].some(i => i.alt.includes('outlines') && i.naturalWidth >= 256)");
        await window.CheckAsync("study");
        await window.Page.Locator("dl.facts a").ClickAsync();
        await window.SeeAsync("Patient");
        await window.SeeTextAsync("probability of progression");
        await window.CheckAsync("patient");
        Assert.Empty(window.Complaints);
    }

    [Fact]
    public async Task Quarantine_FileMendedAndRetried_LeavesTheList()
    {
        await using BrowserWindow window = await SignedInAsync();
        string center = Directory.CreateDirectory(Path.Combine(registry.DropFolder, "C08")).FullName;
        await File.WriteAllTextAsync(Path.Combine(center, "broken.dcm"), "not an image", Ct);
        await window.GoAsync("/quarantine", "Quarantine");
        ILocator row = window.Page.Locator("tr", new() { HasText = "broken.dcm" });
        await row.WaitForAsync();
        await window.CheckAsync("quarantine");

        string taken = Directory.EnumerateFiles(Path.Combine(center, ".done"), "broken.dcm", SearchOption.AllDirectories).Single();
        string good = Directory.EnumerateFiles(Path.Combine(Path.GetDirectoryName(registry.Data)!, "dicom"), "*.dcm", SearchOption.AllDirectories).Order(StringComparer.Ordinal).First();
        File.Copy(good, taken, overwrite: true);
        await row.GetByRole(AriaRole.Button, new() { Name = "Retry" }).ClickAsync();

        await window.Page.GetByText("Read again").WaitForAsync();
        await row.WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await using ServiceProvider stores = registry.Stores();
        Assert.Contains(await stores.GetRequiredService<AuditLog>().ListAsync(20, Ct), r => r is { Actor: "Ada", Action: "retry", Subject: "broken.dcm" });
        Assert.Empty(window.Complaints);
    }

    [Fact]
    public async Task Challenger_Approved_BecomesTheChampionAndCanBeRolledBack()
    {
        await using ServiceProvider stores = registry.Stores();
        ComparisonRepository comparisons = stores.GetRequiredService<ComparisonRepository>();
        await UntilAsync(async () => (await comparisons.ListAsync(Ct)).Any(c => c.Challenger == 2), "version 2 was not compared");
        await using BrowserWindow window = await SignedInAsync();
        await window.GoAsync("/models/2", "Model version 2");
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Approve", Exact = true }).ClickAsync();
        await window.CheckAsync("approve");
        await window.GiveReasonAsync("better in every centre", "Approve");

        await window.Page.GetByText("Version 2 is the champion.").WaitForAsync();
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Roll back", Exact = true }).ClickAsync();
        await window.GiveReasonAsync("refuses too many", "Roll back");
        await window.Page.GetByText("Version 1 is the champion again.").WaitForAsync();

        Assert.Equal(1, await stores.GetRequiredService<ModelRepository>().FindChampionAsync(Ct));
        Assert.Equal(
            [("rollback", "refuses too many"), ("approved", "better in every centre")],
            (await stores.GetRequiredService<PromotionRepository>().ListAsync(Ct)).Reverse().Take(2).Select(p => (p.Kind, p.Reason)));
        Assert.Empty(window.Complaints);
    }

    [Fact]
    public async Task Drift_AlertRaised_IsSeenAndAcknowledged()
    {
        await using ServiceProvider stores = registry.Stores();
        DriftDocument document = DriftExample.Of(modelVersion: 1);
        DriftAssessmentRow row = await stores.GetRequiredService<DriftAssessmentRepository>().StoreAsync(document, new string('0', 64), Ct);
        await stores.GetRequiredService<AlertRepository>().RaiseAsync(document, row.DocumentSha256, Ct);
        await using BrowserWindow window = await SignedInAsync();
        await window.GoAsync("/drift?version=1", "Drift");
        await window.SeeTextAsync("EWMA, centre C02");
        await window.CheckAsync("drift");

        await using BrowserWindow narrow = await registry.OpenAsync(360);
        await narrow.SignInAsync(registry.Token);
        await narrow.GoAsync("/drift?version=1", "Drift");
        await narrow.CheckAsync("drift-alert");
        LocatorBoundingBoxResult button = (await narrow.Page.GetByRole(AriaRole.Button, new() { Name = "Acknowledge" }).BoundingBoxAsync())!;
        Assert.InRange(button.X + button.Width, 0, 360);
        Assert.True(await narrow.Page.EvaluateAsync<bool>("() => { const c = document.querySelector('.chart[role=region]'), s = c.querySelector('svg'); return s.getBoundingClientRect().right <= c.getBoundingClientRect().right + 1; }"), "The latest quarters are off the screen.");

        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Acknowledge" }).ClickAsync();
        await window.GiveReasonAsync("the scanner was replaced", "Acknowledge");
        await window.SeeTextAsync("acknowledged by Ada: the scanner was replaced");
        Assert.Empty(window.Complaints);
    }

    [Theory]
    [InlineData(360)]
    [InlineData(1920)]
    public async Task Pages_EachWidth_FitAndNameTheirControls(int width)
    {
        await using BrowserWindow window = await registry.OpenAsync(width);
        await window.Page.GotoAsync("/sign-in");
        await window.CheckAsync("sign-in");
        await window.SignInAsync(registry.Token);
        (string Path, string Heading)[] pages =
        [
            ("/", "Overview"), ("/studies", "Studies"), ("/quarantine", "Quarantine"), ("/cohort", "Cohort"), ("/models", "Models"), ("/models/1", "Model version 1"), ("/drift", "Drift"),
            ("/reports", "Reports"), ("/workers", "Workers"), ("/schedules", "Schedules"), ("/audit", "Audit"),
        ];
        foreach ((string path, string heading) in pages)
        {
            await window.GoAsync(path, heading);
            await window.CheckAsync(path == "/" ? "overview" : path);
        }
        await window.GoAsync("/cohort?waiting=ready", "Cohort");
        await window.Page.Locator(".listing a").First.ClickAsync();
        await window.SeeAsync("Patient");
        await window.SeeTextAsync("The version learned from this patient");
        await window.CheckAsync("a-patient");
        Assert.Empty(window.Complaints);
    }

    [Fact]
    public async Task Keyboard_TabAndEnter_SkipToTheContentAndFollowTheMenu()
    {
        await using BrowserWindow window = await SignedInAsync();
        await window.GoAsync("/cohort", "Cohort");
        await window.Page.Locator(".skip-link").FocusAsync();
        await window.Page.Keyboard.PressAsync("Enter");
        await window.Page.WaitForFunctionAsync("() => document.activeElement.id === 'main'");
        await window.Page.GetByRole(AriaRole.Navigation).GetByRole(AriaRole.Link, new() { Name = "Models" }).FocusAsync();
        await window.Page.Keyboard.PressAsync("Enter");
        await window.SeeAsync("Models");
        Assert.Empty(window.Complaints);
    }

    [Fact]
    public async Task Session_TokenRevoked_IsSentAwayWhileThePageIsOpen()
    {
        await using BrowserWindow window = await registry.OpenAsync();
        await window.SignInAsync(await TokenAsync("Grace", "viewer"));
        await window.GoAsync("/quarantine", "Quarantine");
        (int code, string output) = await HccProcess.RunAsync(null, "token", "revoke", "Grace", "--data", registry.Data);
        Assert.True(code == 0, output);
        await window.Page.GetByLabel("Access token").WaitForAsync();
    }

    [Fact]
    public async Task Training_UnderWayAndCancelled_IsAskedToStop()
    {
        const string Run = "T-of-the-browser-test";
        await using ServiceProvider stores = registry.Stores();
        TrainingRunRepository trainings = stores.GetRequiredService<TrainingRunRepository>();
        TrainingRunRow started = new()
        {
            RunId = Run, ProfileSha256 = new string('f', 64), Seed = 1, Reason = "somebody asked for it", RequestedBy = "Grace", Holder = WorkerProcess.CurrentId, RequestedMs = 0,
        };
        Assert.True(await trainings.TryStartAsync(started, TimeSpan.FromHours(1), Ct));
        await using BrowserWindow window = await SignedInAsync();
        await window.GoAsync("/schedules", "Schedules");
        await window.Page.GetByRole(AriaRole.Button, new() { Name = $"Cancel training {Run}" }).ClickAsync();
        await window.GiveReasonAsync("asked for by mistake", "Cancel it");

        await window.SeeTextAsync("Ada asked it to stop");
        Assert.Equal(TrainingHold.CancelAsked, await trainings.RenewAsync(Run, new("training", 1, 2, 30), TimeSpan.FromHours(1), Ct));
        Assert.Contains(
            await stores.GetRequiredService<AuditLog>().ListAsync(20, Ct),
            r => r is { Actor: "Ada", Action: "cancel-training", Subject: $"training {Run}", Reason: "asked for by mistake" });
        await trainings.FinishAsync(Run, TrainingOutcomes.Cancelled, "as asked", Ct);
        await window.SeeTextAsync("as asked");   // without reloading
        Assert.Empty(window.Complaints);
    }

    [Fact]
    public async Task Jobs_PagesOfHangfire_ShowToAdminsAndChangeNothing()
    {
        await using BrowserWindow window = await SignedInAsync();
        IResponse shown = (await window.Page.GotoAsync("/jobs/recurring"))!;
        Assert.Equal(200, shown.Status);
        await window.Page.GetByText("RetrainingJob.RequestAsync").WaitForAsync();
        Assert.DoesNotContain("recurring/trigger", await window.Page.ContentAsync(), StringComparison.Ordinal);

        await using BrowserWindow other = await registry.OpenAsync();
        await other.SignInAsync(await TokenAsync("Linus", "operator"));
        IResponse refused = (await other.Page.GotoAsync("/jobs/recurring"))!;
        Assert.Equal(403, refused.Status);
        Assert.DoesNotContain("RetrainingJob", await other.Page.ContentAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Audit_ReportMadeAgainOnTheCommandLine_IsALineOfTheHistory()
    {
        (int code, string output) = await HccProcess.RunAsync(null, "report", "--model", "1", "--rebuild", "--data", registry.Data);
        Assert.True(code == 0, output);
        await using BrowserWindow window = await SignedInAsync();
        await window.GoAsync("/audit", "Audit");
        await window.SeeTextAsync("rebuild-report");
        await window.SeeTextAsync("validation report, by hand");
        Assert.Empty(window.Complaints);
    }

    private async Task<string> TokenAsync(string name, string role)
    {
        (int code, string output) = await HccProcess.RunAsync(null, "token", "create", "--data", registry.Data, "--name", name, "--role", role);
        Assert.True(code == 0, output);
        return output.Split('\n').Single(line => line.StartsWith("hcc_", StringComparison.Ordinal)).Trim();
    }

    private async Task<BrowserWindow> SignedInAsync()
    {
        BrowserWindow window = await registry.OpenAsync();
        await window.SignInAsync(registry.Token);
        return window;
    }

    private static async Task UntilAsync(Func<Task<bool>> isSo, string otherwise)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        limit.CancelAfter(TimeSpan.FromMinutes(3));
        while (!await isSo())
        {
            Assert.False(limit.IsCancellationRequested, otherwise);
            await Task.Delay(TimeSpan.FromMilliseconds(200), Ct);
        }
    }
}
