using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using HccPipeline.Contracts;
using HccPipeline.Persistence.Registry;

namespace HccPipeline.Ingest.Studies;

/// <summary>Judges the studies of a patient: visit, state, and the hash of what an extraction would see. Pure; the same rows give the same
/// decision, whatever the order in which they came.</summary>
internal static class StudyJudge
{
    /// <summary>One decision per study.</summary>
    public static IReadOnlyList<StudyDecision> Judge(PatientStudies patient, IngestOptions limits) =>
        [.. patient.Studies.Select(s => Judge(s, VisitRule.Assign(s.StudyDate, patient.TreatmentStart, limits)))];

    private static StudyDecision Judge(StoredStudy study, VisitAssignment visit)
    {
        IReadOnlyList<SeriesDecision> series = SeriesJudge.Judge(study);
        return new()
        {
            StudyUid = study.StudyUid,
            Visit = visit.Visit,
            VisitWaitingFor = visit.WaitingFor,
            WaitingFor = MissingSeries(study, series),
            ContentSha256 = ContentSha256(study, series),
            Series = series,
        };
    }

    private static string? MissingSeries(StoredStudy study, IReadOnlyList<SeriesDecision> decisions)
    {
        HashSet<string> images = [.. decisions
            .Where(d => d is { Rejection: null, Sequence: Sequence.T2 or Sequence.Dwi or Sequence.Adc }).Select(d => d.SeriesUid)];
        if (images.Count == 0)
            return "a T2, diffusion or ADC series that can be used";
        bool lesion = study.Series.Zip(decisions).Any(p =>
            p.Second is { Rejection: null, Sequence: Sequence.Segmentation }
            && p.Second.ReferencedSeriesUid is { } referenced && images.Contains(referenced)
            && p.First.Segments.Any(s => s.Region == Region.Lesion));
        return lesion ? null : "a segmentation of the lesion on a series that can be used";
    }

    private static string ContentSha256(StoredStudy study, IReadOnlyList<SeriesDecision> decisions)
    {
        StringBuilder text = new();
        foreach ((StoredSeries series, SeriesDecision decision) in study.Series.Zip(decisions))
        {
            text.Append(CultureInfo.InvariantCulture, $"series {series.SeriesUid} {decision.Sequence} {decision.ReferencedSeriesUid} {decision.Rejection?.Detail}\n");
            foreach (StoredInstance instance in series.Instances)
                text.Append(CultureInfo.InvariantCulture, $"{instance.SopInstanceUid} {instance.BlobSha256} {instance.BValue:R}\n");
            foreach (StoredSegment segment in series.Segments)
                text.Append(CultureInfo.InvariantCulture, $"{segment.SegmentNumber} {segment.Region}\n");
        }
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
