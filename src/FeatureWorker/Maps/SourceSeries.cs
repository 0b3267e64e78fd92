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
    public MapPlace Place(MapSubject subject, Geometry stored)
    {
        (int x, int y, int z) = (subject.Offset[0], subject.Offset[1], subject.Offset[2]);
        Geometry whole = Reference.Grid;
        bool isWithin = x + stored.SizeX <= whole.SizeX && y + stored.SizeY <= whole.SizeY && z + stored.SizeZ <= whole.SizeZ
            && Cropping.GridOf(whole, new(x, y, z, stored.SizeX, stored.SizeY, stored.SizeZ)).Coincides(stored);
        return isWithin ? new(this, subject, whole) : new(this, subject with { Offset = [0, 0, 0] }, stored);
    }
}

/// <summary>Where the maps of a subject are written.</summary>
/// <param name="Source">The series, as the maps name it.</param>
/// <param name="Subject">The subject, its offset from the first voxel of the grid.</param>
/// <param name="Grid">Grid of the files.</param>
internal sealed record MapPlace(SourceSeries Source, MapSubject Subject, Geometry Grid)
{
    /// <summary>The same without the slices before and after the region, where a map has no value.</summary>
    /// <param name="region">Region of the subject, on the grid of its stored volumes.</param>
    public MapPlace OnSlicesOf(Volume<byte> region)
    {
        VoxelBox box = Mask.BoundingBox(region);
        VoxelBox slices = new(0, 0, Subject.Offset[2] + box.Z, Grid.SizeX, Grid.SizeY, box.SizeZ);
        ParametricMapSource reference = Source.Reference;
        // Where each slice is an image of its own, only those are named that the frames lie on.
        bool sliceBySlice = reference.Grid.Coincides(Grid) && reference.SopInstanceUids.Distinct(StringComparer.Ordinal).Count() == Grid.SizeZ;
        Geometry grid = Cropping.GridOf(Grid, slices);
        return new(
            sliceBySlice ? Source with { Reference = reference with { Grid = grid, SopInstanceUids = [.. reference.SopInstanceUids.Skip(slices.Z).Take(slices.SizeZ)] } } : Source,
            Subject with { Offset = [Subject.Offset[0], Subject.Offset[1], -box.Z] }, grid);
    }
}
