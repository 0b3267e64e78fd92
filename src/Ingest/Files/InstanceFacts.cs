using System.Globalization;
using HccPipeline.Dicom;
using HccPipeline.Imaging;
using HccPipeline.Ingest.Classification;
using HccPipeline.Ingest.Identity;
using HccPipeline.Ingest.Studies;
using HccPipeline.Persistence.Registry;

namespace HccPipeline.Ingest.Files;

/// <summary>Takes from an object what the registry keeps of it.</summary>
internal static class InstanceFacts
{
    private const double DirectionTolerance = 1e-3;

    /// <summary>The facts of an object.</summary>
    /// <param name="original">As it came: private attributes and labels are still there.</param>
    /// <param name="clean">De-identified: all identifiers, dates and texts that are kept come from here.</param>
    /// <param name="alias">Whose it is.</param>
    /// <param name="guess">What it shows.</param>
    /// <param name="sourceSha256">Hash of the file as it came.</param>
    public static ReceivedInstance Of(
        DicomInstance original, DicomInstance clean, PatientAlias alias, SequenceGuess guess, string sourceSha256)
    {
        DicomDataset d = clean.Dataset;
        int frames = d.GetIntOr(DicomTags.NumberOfFrames, 1);
        string? referenced = d.FirstItem(DicomTags.ReferencedSeriesSequence) is { } reference ? Text(reference, DicomTags.SeriesInstanceUID) : null;
        (InPlaneGrid Grid, double Position)? plane = guess.Kind is not null && frames == 1 && !d.Contains(DicomTags.SharedFunctionalGroupsSequence) ? PlaneOf(d) : null;
        return new()
        {
            Pseudonym = alias.Pseudonym,
            CenterCode = alias.CenterCode,
            StudyUid = clean.StudyInstanceUid,
            StudyDate = FirstDate(d, DicomTags.StudyDate, DicomTags.SeriesDate, DicomTags.AcquisitionDate, DicomTags.AcquisitionDateTime, DicomTags.ContentDate),
            SeriesUid = clean.SeriesInstanceUid,
            Modality = d.GetString(DicomTags.Modality),
            FrameOfReferenceUid = Text(d, DicomTags.FrameOfReferenceUID),
            ReferencedSeriesUid = referenced,
            SourceImageUid = referenced is null && d.Contains(DicomTags.SegmentSequence) ? SourceImage(d) : null,
            Manufacturer = Text(d, DicomTags.Manufacturer),
            ScannerModel = Text(d, DicomTags.ManufacturerModelName),
            FieldStrengthTesla = d.TryGetDouble(DicomTags.MagneticFieldStrength, out double tesla) ? tesla : null,
            AcquiredMs = AcquiredMs(d),
            SopInstanceUid = clean.SopInstanceUid,
            BlobSha256 = "",
            SourceSha256 = sourceSha256,
            Shows = guess.Kind?.ToString(),
            BValue = guess.BValue,
            PositionMm = plane?.Position,
            Grid = plane?.Grid.ToString(),
            FrameCount = frames,
            Segments = Segments(original.Dataset, d),
        };
    }

    /// <summary>In-plane grid and place along the normal of a classic image.</summary>
    /// <exception cref="DicomFileException">An attribute is missing or makes no sense.</exception>
    private static (InPlaneGrid Grid, double Position) PlaneOf(DicomDataset image)
    {
        double[] p = image.GetDoubles(DicomTags.ImagePositionPatient, 3);
        double[] o = image.GetDoubles(DicomTags.ImageOrientationPatient, 6);
        double[] s = image.GetDoubles(DicomTags.PixelSpacing, 2);
        Vector3D row = new(o[0], o[1], o[2]), column = new(o[3], o[4], o[5]);
        bool sensible = Math.Abs(row.Length - 1) < DirectionTolerance && Math.Abs(column.Length - 1) < DirectionTolerance
            && Math.Abs(row.Dot(column)) < DirectionTolerance && s[0] > 0 && s[1] > 0 && double.IsFinite(p[0] + p[1] + p[2] + s[0] + s[1]);
        if (!sensible)
        {
            throw new DicomFileException(DicomFault.InvalidValue, string.Create(CultureInfo.InvariantCulture,
                $"The plane of the image makes no sense (orientation {string.Join('\\', o)}, spacing {string.Join('\\', s)}); export the series again."));
        }
        InPlaneGrid grid = new(image.GetInt(DicomTags.Columns), image.GetInt(DicomTags.Rows), s[1], s[0], row, column);
        return (grid, new Vector3D(p[0], p[1], p[2]).Dot(row.Cross(column).Normalized()));
    }

    // The region is told from the label as it was written; what is stored is the label as it was cleaned.
    private static StoredSegment[] Segments(DicomDataset original, DicomDataset clean)
    {
        Dictionary<int, string> labels = clean.GetSequence(DicomTags.SegmentSequence)
            .GroupBy(s => s.GetInt(DicomTags.SegmentNumber)).ToDictionary(g => g.Key, g => g.First().GetStringOr(DicomTags.SegmentLabel, ""));
        return [.. original.GetSequence(DicomTags.SegmentSequence).DistinctBy(s => s.GetInt(DicomTags.SegmentNumber)).Select(s =>
        {
            int number = s.GetInt(DicomTags.SegmentNumber);
            CodedConcept? type = CodedConcept.FromItem(s.FirstItem(DicomTags.SegmentedPropertyTypeCodeSequence));
            return new StoredSegment(number, labels.GetValueOrDefault(number, ""), RegionMap.Of(s.GetStringOr(DicomTags.SegmentLabel, ""), type));
        })];
    }

    // The smallest of the images that are named: one answer, in whatever order they stand.
    private static string? SourceImage(DicomDataset segmentation)
    {
        IEnumerable<DicomDataset> derivations = segmentation.GetSequence(DicomTags.PerFrameFunctionalGroupsSequence)
            .SelectMany(f => f.GetSequence(DicomTags.DerivationImageSequence));
        return derivations.Append(segmentation)
            .SelectMany(s => s.GetSequence(DicomTags.SourceImageSequence))
            .Select(i => Text(i, DicomTags.ReferencedSOPInstanceUID)).OfType<string>().Min(StringComparer.Ordinal);
    }

    private static DateOnly? FirstDate(DicomDataset dataset, params ReadOnlySpan<DicomTag> tags)
    {
        foreach (DicomTag tag in tags)
        {
            if (dataset.TryGetDate(tag, out DateOnly date))
                return date;
        }
        return null;
    }

    private static long? AcquiredMs(DicomDataset d)
    {
        if (d.TryGetString(DicomTags.AcquisitionDateTime, out string instant) && instant.Length >= 14
            && d.TryGetDate(DicomTags.AcquisitionDateTime, out DateOnly day) && TimeOfDay(instant[8..]) is { } time)
        {
            return Ms(day, time);
        }
        foreach ((DicomTag date, DicomTag clock) in ((DicomTag, DicomTag)[])[(DicomTags.AcquisitionDate, DicomTags.AcquisitionTime), (DicomTags.SeriesDate, DicomTags.SeriesTime)])
        {
            if (d.TryGetDate(date, out DateOnly on) && d.TryGetString(clock, out string at) && TimeOfDay(at) is { } found)
                return Ms(on, found);
        }
        return null;
    }

    private static long Ms(DateOnly day, TimeSpan time) =>
        (long)(day.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc) - DateTime.UnixEpoch + time).TotalMilliseconds;

    // HHMMSS with a fraction of any length (PS3.5, 6.2).
    private static TimeSpan? TimeOfDay(string text) =>
        text.Length >= 6
        && TimeSpan.TryParseExact(text[..6], "hhmmss", CultureInfo.InvariantCulture, out TimeSpan whole)
        && (text.Length == 6 || text[6] is '.' or '+' or '-')
            ? whole + TimeSpan.FromSeconds(Fraction(text[6..]))
            : null;

    private static double Fraction(string rest)
    {
        int zone = rest.AsSpan().IndexOfAny('+', '-');
        return double.TryParse(zone >= 0 ? rest[..zone] : rest, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double f) ? f : 0;
    }

    private static string? Text(DicomDataset dataset, DicomTag tag) => dataset.TryGetString(tag, out string value) ? value : null;
}
