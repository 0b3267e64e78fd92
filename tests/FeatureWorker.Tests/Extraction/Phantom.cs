using HccPipeline.Dicom;
using HccPipeline.FeatureWorker.Planning;
using HccPipeline.Imaging;
using HccPipeline.Persistence.Blobs;
using Xunit;

namespace HccPipeline.FeatureWorker.Tests.Extraction;

/// <summary>Made images of a lesion and a muscle with known intensities, written as DICOM and stored as blobs.</summary>
internal sealed class Phantom(IBlobStore blobs)
{
    public const int LesionVoxels = 32, MuscleVoxels = 18;
    private const string Frame = "2.25.900";

    public static Geometry Grid { get; } = new() { SizeX = 12, SizeY = 10, SizeZ = 4, SpacingMm = new(1.5, 1.5, 5), Origin = new(-10, 20, 30) };

    private static StudyDescription Study { get; } = new() { PatientId = "P", StudyInstanceUid = "2.25.800", StudyDate = new(2023, 5, 1) };

    public static Volume<byte> Lesion { get; } = Box(Grid, 2, 6, 2, 6);

    public static Volume<byte> Muscle { get; } = Box(Grid, 8, 11, 6, 9);

    /// <summary>An image of zeros but for the two regions, in which every second voxel along x has the second value.</summary>
    public static Volume<float> Image((float Even, float Odd) lesion, float muscle, Geometry? grid = null)
    {
        Volume<float> image = new(grid ?? Grid);
        for (int i = 0; i < image.Voxels.Length; i++)
        {
            if (Lesion.Voxels[i] != 0)
                image.Voxels[i] = i % 2 == 0 ? lesion.Even : lesion.Odd;
            else if (Muscle.Voxels[i] != 0)
                image.Voxels[i] = muscle;
        }
        return image;
    }

    public static Volume<byte> Box(Geometry grid, int x0, int x1, int y0, int y1)
    {
        Volume<byte> box = new(grid);
        for (int z = 1; z < grid.SizeZ - 1; z++)
        {
            for (int y = y0; y < y1; y++)
            {
                for (int x = x0; x < x1; x++)
                    box[x, y, z] = 1;
            }
        }
        return box;
    }

    /// <summary>Stores a series, one file for each slice.</summary>
    public async Task<PhantomSeries> StoreAsync(string seriesUid, Volume<float> volume, double? bValue = null, string frameOfReferenceUid = Frame, double rescaleSlope = 1)
    {
        MrSeriesDescription series = new()
        {
            SeriesInstanceUid = seriesUid, FrameOfReferenceUid = frameOfReferenceUid, SeriesNumber = 1, Description = "made", Equipment = new("ACME", "M"), BValue = bValue,
        };
        IReadOnlyList<DicomInstance> instances = MrImageWriter.Create(Study, series, volume);
        List<ImageFile> files = [];
        foreach (DicomInstance instance in instances)
        {
            if (rescaleSlope != 1)
                instance.Dataset.SetNumber(DicomTags.RescaleSlope, rescaleSlope);
            files.Add(new(await PutAsync(instance), bValue));
        }
        return new(seriesUid, instances, files);
    }

    /// <summary>Stores a segmentation of a series, segments numbered from 1.</summary>
    /// <returns>Its key.</returns>
    public Task<string> StoreSegmentationAsync(string seriesUid, PhantomSeries of, params Volume<byte>[] masks)
    {
        SegmentationDescription description = new()
        {
            SeriesInstanceUid = seriesUid, SopInstanceUid = seriesUid + ".1", DimensionOrganizationUid = seriesUid + ".2", SeriesNumber = 2, Description = "made",
            Equipment = new("ACME", "M"),
        };
        return PutAsync(SegmentationWriter.Create(
            Study, description, of.Instances, [.. masks.Select((m, i) => new SegmentToWrite($"{i + 1}", CodedConcept.Tissue, CodedConcept.Mass, m))]));
    }

    private Task<string> PutAsync(DicomInstance instance) => blobs.PutAsync(DicomFile.ToBytes(instance.Dataset), TestContext.Current.CancellationToken);
}

/// <summary>A series as stored.</summary>
internal sealed record PhantomSeries(string SeriesUid, IReadOnlyList<DicomInstance> Instances, IReadOnlyList<ImageFile> Files);
