using HccPipeline.Contracts;
using HccPipeline.Dicom;
using HccPipeline.Persistence.Registry;
using HccPipeline.Testing;
using Xunit;

namespace HccPipeline.Ingest.Tests.Pipeline;

public abstract class IngestServiceTests : IAsyncLifetime
{
    private const string Clinical = "patient_id,treatment_start,neutrophils_10e9_per_l,lymphocytes_10e9_per_l,mrecist_response\n";
    private static readonly SampleVisit Pre = new("HCC-1", new DateOnly(2023, 5, 20));
    private static readonly SampleVisit Post = new("HCC-1", new DateOnly(2023, 7, 26));
    private IngestWorkplace _place = null!;

    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    protected abstract Task<TestDatabase> CreateDatabaseAsync();

    public async ValueTask InitializeAsync()
    {
        _place = new(await CreateDatabaseAsync());
        Directory.CreateDirectory(_place.Input);
    }

    public async ValueTask DisposeAsync()
    {
        await _place.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private void WriteBoth()
    {
        SampleVisit.Write(Path.Combine(_place.Input, "a", "deep", "folder"), "x", Pre.All);
        SampleVisit.Write(Path.Combine(_place.Input, "b"), "y", Post.All);
    }

    private void WriteClinical(string rows = "HCC-1,2023-06-01,4.5,1.5,PD\n", string name = "clinical.csv") =>
        File.WriteAllText(Path.Combine(_place.Input, name), Clinical + rows);

    [Fact]
    public async Task IngestAsync_TwoVisitsAndTheirRecord_AreReadyWithTheirVisits()
    {
        WriteBoth();
        WriteClinical();

        IngestSummary summary = await _place.RunAsync();

        Assert.Equal((26, 26, 0, 0), (summary.FilesRead, summary.Stored, summary.Unchanged, summary.Duplicates));
        Assert.Empty(summary.Quarantined);
        Assert.Equal(new(1, 0, 0, 0), summary.Clinical);
        Assert.Equal([Visit.PostTreatment, Visit.PreTreatment], summary.Ready.Select(s => s.Visit!.Value).OrderDescending());
        Assert.False(summary.ChangedNothing);
    }

    [Fact]
    public async Task IngestAsync_SameFilesAgain_ChangesNothingAndSaysSo()
    {
        WriteBoth();
        WriteClinical("HCC-1,2023-06-01,4.5,1.5,PD\nHCC-2,2023-06-01,4500,1.5,PD\n");
        await File.WriteAllTextAsync(Path.Combine(_place.Input, "notes.txt"), "a text", Ct);
        await _place.RunAsync();
        string[] before = await _place.DumpAsync();

        IngestSummary again = await _place.RunAsync();

        Assert.True(again.ChangedNothing);
        Assert.Equal((27, 0, 26), (again.FilesRead, again.Stored, again.Unchanged));
        Assert.Equal(2, again.Quarantined.Count);
        Assert.Equal(before, await _place.DumpAsync());
    }

    [Fact]
    public async Task IngestAsync_FilesInAnyOrderAndPieces_EndInTheSameRows()
    {
        WriteBoth();
        WriteClinical();
        await _place.RunAsync("C01", "b/y-0013.dcm");   // a segmentation before its images, before the record
        await _place.RunAsync("C01", "b");
        await _place.RunAsync("C01", "a");
        await _place.RunAsync("C01", "clinical.csv");
        string[] inPieces = await _place.DumpAsync();

        await using IngestWorkplace other = new(await CreateDatabaseAsync());
        await other.Ingest.IngestAsync([_place.Input], "C01", null, Ct);
        Assert.Equal(await other.DumpAsync(), inPieces);
    }

    [Fact]
    public async Task IngestAsync_Rows_HoldNothingThatIdentifies()
    {
        WriteBoth();
        WriteClinical();
        await _place.RunAsync();
        string all = string.Join('\n', await _place.DumpAsync()) + string.Join('\n', Directory.GetFiles(_place.BlobFolder, "*", SearchOption.AllDirectories)
            .Select(f => System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(f))));
        foreach (string secret in (string[])["HCC-1", "Jane", "Doe", "19500102", "General Hospital", "20230520", "2023-05-20", "2023-06-01", Pre.T2[0].StudyInstanceUid, Pre.T2[0].SopInstanceUid])
            Assert.DoesNotContain(secret, all, StringComparison.Ordinal);
    }

    [Fact]
    public async Task IngestAsync_FolderWithBadFiles_QuarantinesEachWithItsReasonAndFinishesTheRest()
    {
        WriteBoth();
        WriteClinical();
        string bad = Directory.CreateDirectory(Path.Combine(_place.Input, "bad")).FullName;
        await File.WriteAllTextAsync(Path.Combine(bad, "readme.txt"), "a text file", Ct);
        byte[] whole = DicomFile.ToBytes(SampleVisit.Change(Pre.T2[0], d => d.SetString(DicomTags.SOPInstanceUID, SampleVisit.Uid("cut"))).Dataset);
        await File.WriteAllBytesAsync(Path.Combine(bad, "truncated.dcm"), whole[..(whole.Length - 100)], Ct);
        SampleVisit.Write(bad, "ct", SampleVisit.Change(Pre.T2[0], d => d
            .SetString(DicomTags.SOPInstanceUID, SampleVisit.Uid("ct")).SetString(DicomTags.SOPClassUID, DicomUids.CtImageStorage).SetString(DicomTags.Modality, "CT")));
        File.Copy(Path.Combine(_place.Input, "b", "y-0001.dcm"), Path.Combine(bad, "copy.dcm"));
        SampleVisit.Write(bad, "nobody", SampleVisit.Change(Pre.T2[0], d => d.SetString(DicomTags.SOPInstanceUID, SampleVisit.Uid("nobody")).SetEmpty(DicomTags.PatientID)));
        SampleVisit.Write(bad, "conflict", SampleVisit.Change(Pre.T2[1], d => d.SetBytes(DicomTags.PixelData, DicomVr.OW, new byte[12 * 10 * 2])));

        // A diffusion series with a missing slice, and a segmentation in another frame of reference, in good studies.
        SampleVisit.Write(bad, "dwi", [.. Pre.Dwi.Where((_, i) => i != 8)]);
        SampleVisit.Write(bad, "seg", SampleVisit.Change(Post.SegmentationOn(Post.Adc, "Lesion"), d => d.SetString(DicomTags.FrameOfReferenceUID, SampleVisit.Uid("elsewhere"))));

        IngestSummary summary = await _place.RunAsync();

        Assert.Equal(1, summary.Duplicates);
        Assert.Equal(
            [
                ("input/bad/conflict-0001.dcm", "uid-conflict"),
                ("input/bad/ct-0001.dcm", "unsupported-modality"),
                ("input/bad/nobody-0001.dcm", "missing-patient-id"),
                ("input/bad/readme.txt", "not-dicom"),
                ("input/bad/truncated.dcm", "truncated"),
            ],
            summary.Quarantined.Where(q => q.Kind == QuarantineSubject.File).Select(q => (q.Subject, q.Reason.Code)).Order());
        QuarantinedItem[] series = [.. summary.Quarantined.Where(q => q.Kind == QuarantineSubject.Series).OrderBy(q => q.Reason.Code, StringComparer.Ordinal)];
        Assert.Equal(["frame-of-reference-mismatch", "missing-slice"], series.Select(q => q.Reason.Code));
        // Slices lie at 30, 35, … 55 mm; the third of b = 800 is gone.
        Assert.Contains("10.00 mm between the slices at 35.00 mm and 45.00 mm along the slice normal at b = 800", series[1].Reason.Detail, StringComparison.Ordinal);
        Assert.Equal(2, summary.Ready.Count());
        Assert.Equal(7, (await _place.QuarantineAsync()).Count);
    }

    [Fact]
    public async Task IngestAsync_MissingSliceArrivesLater_ReleasesTheSeries()
    {
        WriteClinical();
        SampleVisit.Write(_place.Input, "t2", [.. Pre.T2.Where((_, i) => i != 2)]);
        SampleVisit.Write(_place.Input, "seg", Pre.Segmentation);
        IngestSummary first = await _place.RunAsync();
        Assert.Equal("missing-slice", Assert.Single(first.Quarantined).Reason.Code);
        Assert.Contains("a T2, diffusion or ADC series", Assert.Single(first.Waiting).WaitingFor, StringComparison.Ordinal);

        SampleVisit.Write(_place.Input, "late", Pre.T2[2]);
        IngestSummary second = await _place.RunAsync();

        Assert.Single(second.Ready);
        Assert.Empty(await _place.QuarantineAsync());
    }

    [Fact]
    public async Task IngestAsync_FileRepaired_LeavesQuarantine()
    {
        string path = Path.Combine(_place.Input, "t2-0001.dcm");
        await File.WriteAllTextAsync(path, "not yet", Ct);
        Assert.Equal("not-dicom", Assert.Single((await _place.RunAsync()).Quarantined).Reason.Code);
        SampleVisit.Write(_place.Input, "t2", Pre.T2);
        Assert.Empty((await _place.RunAsync()).Quarantined);
        Assert.Empty(await _place.QuarantineAsync());
    }

    [Fact]
    public async Task IngestAsync_WithoutRecord_IsReadyAndFindsItsVisitWhenTheRecordComes()
    {
        WriteBoth();
        IngestSummary first = await _place.RunAsync();
        Assert.All(first.Ready, s => Assert.Equal((null, "a clinical record with the treatment start"), (s.Visit, s.VisitWaitingFor)));
        Assert.Equal(2, first.Ready.Count());

        WriteClinical();
        IngestSummary second = await _place.RunAsync("C01", "clinical.csv");
        Assert.Equal([Visit.PreTreatment, Visit.PostTreatment], second.Ready.Select(s => s.Visit!.Value).Order());
    }

    [Fact]
    public async Task IngestAsync_StartMoved_MovesTheVisits()
    {
        WriteBoth();
        WriteClinical();
        await _place.RunAsync();
        WriteClinical("HCC-1,2023-08-01,4.5,1.5,PD\n");
        IngestSummary moved = await _place.RunAsync("C01", "clinical.csv");

        Assert.Equal(new(0, 1, 0, 0), moved.Clinical);
        Assert.Equal(Visit.PreTreatment, Assert.Single(moved.Ready, s => s.Visit is not null).Visit);
        Assert.Contains("73 days before the start, at most 28", Assert.Single(moved.Ready, s => s.Visit is null).VisitWaitingFor, StringComparison.Ordinal);
    }

    [Fact]
    public async Task IngestAsync_NoCenterGiven_FollowsTheClinicalTable()
    {
        WriteBoth();
        SampleVisit.Write(_place.Input, "stranger", new SampleVisit("HCC-9", new DateOnly(2023, 1, 1)).T2[0]);
        await File.WriteAllTextAsync(Path.Combine(_place.Input, "clinical.csv"), "patient_id,center,treatment_start\nHCC-1,c07,2023-06-01\n", Ct);

        IngestSummary summary = await _place.RunAsync(center: null);

        Assert.Equal(2, summary.Ready.Count());
        Assert.Equal("unknown-center", Assert.Single(summary.Quarantined).Reason.Code);
        Assert.Contains(await _place.DumpAsync(), r => r.StartsWith("patient center_code=C07", StringComparison.Ordinal));
    }

    [Fact]
    public async Task IngestAsync_SameStudyFromAnotherCenter_IsRefusedByName()
    {
        WriteBoth();
        await _place.RunAsync("C01", "a");
        IngestSummary other = await _place.RunAsync("C02", "a");
        Assert.All(other.Quarantined, q => Assert.Equal("study-of-another-patient", q.Reason.Code));
        Assert.Equal(13, other.Quarantined.Count);
    }

    [Fact]
    public async Task IngestAsync_BadHeader_RefusesTheTableAndGoesOnWithTheImages()
    {
        WriteBoth();
        await File.WriteAllTextAsync(Path.Combine(_place.Input, "table.csv"), "patient_id,treatment_start,albumin\nHCC-1,2023-06-01,35\n", Ct);
        IngestSummary summary = await _place.RunAsync();
        QuarantinedItem item = Assert.Single(summary.Quarantined);
        Assert.Equal((QuarantineSubject.Record, "input/table.csv line 1", "invalid-header"), (item.Kind, item.Subject, item.Reason.Code));
        Assert.Equal(26, summary.Stored);
    }

    [Fact]
    public async Task IngestAsync_KilledAfterAnyBatch_EndsInTheSameRows()
    {
        WriteBoth();
        WriteClinical();
        await using IngestWorkplace whole = new(await CreateDatabaseAsync());
        await whole.Ingest.IngestAsync([_place.Input], "C01", null, Ct);
        string[] expected = await whole.DumpAsync();

        // Each time the process writes the rows of one more file, then dies before it judges; the last time it lives.
        foreach (string file in Directory.GetFiles(_place.Input, "*.dcm", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            using CancellationTokenSource kill = new();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _place.Ingest.IngestAsync([file], "C01", new Kill(kill), kill.Token));
        }
        await _place.RestartAsync();
        await _place.RunAsync();
        Assert.Equal(expected, await _place.DumpAsync());
    }

    [Fact]
    public async Task IngestAsync_MissingPath_SaysSo()
    {
        FileNotFoundException error = await Assert.ThrowsAsync<FileNotFoundException>(() => _place.RunAsync("C01", "nowhere"));
        Assert.Contains("neither a file nor a folder", error.Message, StringComparison.Ordinal);
    }

    private sealed class Kill(CancellationTokenSource source) : IProgress<IngestProgress>
    {
        public void Report(IngestProgress value) => source.Cancel();
    }
}

public sealed class SqliteIngestServiceTests : IngestServiceTests
{
    protected override Task<TestDatabase> CreateDatabaseAsync() => TestDatabase.SqliteAsync(Ct);
}

public sealed class PostgreSqlIngestServiceTests(PostgreSqlServer server) : IngestServiceTests
{
    protected override Task<TestDatabase> CreateDatabaseAsync() => TestDatabase.PostgreSqlAsync(server, Ct);
}
