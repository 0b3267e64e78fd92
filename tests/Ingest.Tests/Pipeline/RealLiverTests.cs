using HccPipeline.Contracts;
using HccPipeline.Persistence.Registry;
using HccPipeline.Testing;
using Xunit;

namespace HccPipeline.Ingest.Tests.Pipeline;

public sealed class RealLiverTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task IngestAsync_RealLiverVisits_AreReadyWithAllTheirSeries()
    {
        string data = ConformanceData.Require("liver-mr");
        await using IngestWorkplace place = new(await TestDatabase.SqliteAsync(Ct));
        Directory.CreateDirectory(place.Input);
        // The visits lie 126 days apart (1959-12-09 and 1960-04-13, as the archive shifted them).
        await File.WriteAllTextAsync(Path.Combine(place.Input, "clinical.csv"), "patient_id,treatment_start,mrecist_response\nCMB-CRC-MSB-06489,1959-12-20,SD\n", Ct);

        IngestSummary summary = await place.Ingest.IngestAsync([data, place.Input], "C01", null, Ct);

        Assert.Equal(45 + 37 + 2 + 36 + 33 + 2, summary.Stored);
        Assert.Equal([Visit.PreTreatment, Visit.PostTreatment], summary.Ready.Select(s => s.Visit!.Value).Order());
        // What else lies there: licence, script and expected values.
        Assert.All(summary.Quarantined, q => Assert.Equal("not-dicom", q.Reason.Code));
        PatientStudies? patient = null;
        await place.Get<StudyRepository>().JudgeAsync(summary.Studies[0].Pseudonym, p => { patient = p; return []; }, Ct);
        foreach (StoredStudy study in patient!.Studies)
        {
            Assert.Equal(4, study.Series.Count);
            foreach (StoredSeries mask in study.Series.Where(s => s.Modality == "SEG"))
                Assert.Equal([Region.Lesion, Region.MuscleReference], mask.Segments.Select(s => s.Region!.Value));
        }
        Assert.Equal(126, Math.Abs(patient.Studies[0].StudyDate!.Value.DayNumber - patient.Studies[1].StudyDate!.Value.DayNumber));
    }

    [Fact]
    public async Task IngestAsync_RealSeriesOfOtherKinds_SayWhatTheyAre()
    {
        string dce = ConformanceData.Require("dce-mr-seg"), ct = ConformanceData.Require("ibsi-1", "ct_phantom", "dicom");
        await using IngestWorkplace place = new(await TestDatabase.SqliteAsync(Ct));
        IngestSummary summary = await place.Ingest.IngestAsync([dce, ct], "C01", null, Ct);

        Assert.Equal(301, summary.Stored);
        Assert.Equal(60, summary.Quarantined.Count(q => q.Reason is { Code: "unsupported-modality" } && q.Reason.Detail.Contains("modality is CT", StringComparison.Ordinal)));
        Assert.Equal("unknown-segments", Assert.Single(summary.Quarantined, q => q.Kind == QuarantineSubject.Series).Reason.Code);
        Assert.Single(summary.Waiting);
    }
}
