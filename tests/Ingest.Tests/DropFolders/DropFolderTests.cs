using HccPipeline.Ingest.DropFolders;
using HccPipeline.Ingest.Tests.Pipeline;
using HccPipeline.Testing;
using Microsoft.Extensions.Options;
using Xunit;

namespace HccPipeline.Ingest.Tests.DropFolders;

public sealed class DropFolderTests : IAsyncLifetime
{
    private static readonly SampleVisit Pre = new("HCC-1", new DateOnly(2023, 5, 20));
    private IngestWorkplace _place = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string Drop => _place.Get<IOptions<IngestOptions>>().Value.DropFolder;

    public async ValueTask InitializeAsync()
    {
        _place = new(await TestDatabase.SqliteAsync(Ct), services => services.AddDropFolder());
        Directory.CreateDirectory(Drop);
    }

    public ValueTask DisposeAsync() => _place.DisposeAsync();

    [Fact]
    public async Task LookAsync_Delivery_IsTakenWhenTwoLooksFindItTheSame()
    {
        string delivery = Path.Combine(Drop, "c01", "monday");
        DropFolder folder = _place.Get<DropFolder>();
        SampleVisit.Write(delivery, "t2", [.. Pre.T2.Take(2)]);
        Assert.Equal(0, await folder.LookAsync(Ct));
        SampleVisit.Write(delivery, "t2", Pre.T2);          // still being written
        Assert.Equal(0, await folder.LookAsync(Ct));
        Assert.Equal(1, await folder.LookAsync(Ct));

        Assert.False(Directory.Exists(delivery));
        string done = Path.Combine(Drop, "c01", ".done", "20260101T000000Z");
        Assert.Equal(6, Directory.GetFiles(Path.Combine(done, "monday")).Length);
        Assert.Contains("\"Stored\": 6", await File.ReadAllTextAsync(Path.Combine(done, "outcome.json"), Ct), StringComparison.Ordinal);
        Assert.Contains(await _place.DumpAsync(), r => r.StartsWith("patient center_code=C01", StringComparison.Ordinal));
        Assert.Equal(0, await folder.LookAsync(Ct) + await folder.LookAsync(Ct));
    }

    [Fact]
    public async Task LookAsync_SecondDeliveryAtTheSameInstant_GetsAPlaceOfItsOwn()
    {
        DropFolder folder = _place.Get<DropFolder>();
        foreach (string name in (string[])["a.txt", "b.txt"])
        {
            Directory.CreateDirectory(Path.Combine(Drop, "C01"));
            await File.WriteAllTextAsync(Path.Combine(Drop, "C01", name), name, Ct);
            await folder.LookAsync(Ct);
            Assert.Equal(1, await folder.LookAsync(Ct));
        }
        Assert.Equal(2, Directory.GetDirectories(Path.Combine(Drop, "C01", ".done")).Length);
        Assert.Equal(["a.txt", "b.txt"], (await _place.QuarantineAsync()).Select(q => q.Subject));
    }

    [Fact]
    public async Task LookAsync_HiddenNamesEmptyFoldersAndStrangers_AreLeftAlone()
    {
        DropFolder folder = _place.Get<DropFolder>();
        Directory.CreateDirectory(Path.Combine(Drop, "C01", "empty"));
        await File.WriteAllTextAsync(Path.Combine(Drop, "C01", ".arriving"), "x", Ct);
        SampleVisit.Write(Path.Combine(Drop, "no centre!", "x"), "t2", Pre.T2);
        Assert.Equal(0, await folder.LookAsync(Ct) + await folder.LookAsync(Ct));
        Assert.Empty(await _place.DumpAsync());
    }

    [Fact]
    public async Task LookAsync_DeliveryThatWasIngestedAndNotMoved_IsMovedAndChangesNothing()
    {
        SampleVisit.Write(Path.Combine(Drop, "C01", "x"), "t2", Pre.T2);
        await _place.Ingest.IngestAsync([Path.Combine(Drop, "C01", "x")], "C01", null, Ct);   // then the process died
        string[] before = await _place.DumpAsync();

        DropFolder folder = _place.Get<DropFolder>();
        await folder.LookAsync(Ct);
        Assert.Equal(1, await folder.LookAsync(Ct));
        Assert.Equal(before, await _place.DumpAsync());
    }
}
