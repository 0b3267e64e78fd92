using HccPipeline.Contracts;
using HccPipeline.Dicom;
using HccPipeline.FeatureWorker.Planning;
using HccPipeline.Imaging;
using HccPipeline.Persistence.Blobs;

namespace HccPipeline.FeatureWorker.Maps;

/// <summary>The series that maps were computed from, as their files need it; of the phases of a contrast agent the arterial.</summary>
/// <param name="Image">One of its images.</param>
/// <param name="Reference">Frame of reference, images and grid.</param>
internal sealed record SourceSeries(DicomInstance Image, ParametricMapSource Reference)
{
    /// <exception cref="DicomFileException">The images can't be used.</exception>
    public static async Task<SourceSeries> ReadAsync(BrickWork work, IBlobStore blobs, CancellationToken ct)
    {
        ImageFile[] files = [.. work.Images.Where(i => i.Phase is null or Sequence.T1Arterial)];
        List<DicomInstance> images = [];
        foreach (ImageFile file in files)
            images.Add(DicomFile.Read(await blobs.GetAsync(file.BlobSha256, ct)));
        if (work.Sequence != Sequence.Dwi)
            return new(images[0], ParametricMapSource.Of(images[0], SeriesVolume.Read(images)));
        // A coefficient was fitted to the images of all b-values, which lie on one grid.
        double? first = files.Min(i => i.BValue);
        SeriesVolume one = SeriesVolume.Read([.. images.Zip(files).Where(i => i.Second.BValue == first).Select(i => i.First)]);
        return new(images[0], ParametricMapSource.Of(images[0], one) with { SopInstanceUids = [.. images.Select(i => i.SopInstanceUid)] });
    }

    /// <summary>Where to write the maps of a subject: on the series' own grid where the image was mapped as it is; else, where it was resampled, on
    /// the stored part of the working grid.</summary>
    /// <param name="subject">The subject.</param>
    /// <param name="stored">Grid of its stored volumes.</param>
    public (MapSubject Subject, Geometry Grid) Place(MapSubject subject, Geometry stored)
    {
        (int x, int y, int z) = (subject.Offset[0], subject.Offset[1], subject.Offset[2]);
        Geometry whole = Reference.Grid;
        bool isWithin = x + stored.SizeX <= whole.SizeX && y + stored.SizeY <= whole.SizeY && z + stored.SizeZ <= whole.SizeZ
            && Cropping.GridOf(whole, new(x, y, z, stored.SizeX, stored.SizeY, stored.SizeZ)).Coincides(stored);
        return isWithin ? (subject, whole) : (subject with { Offset = [0, 0, 0] }, stored);
    }
}
