using HccPipeline.Contracts;
using HccPipeline.Dicom;
using HccPipeline.FeatureWorker.Profiles;
using HccPipeline.Imaging;
using HccPipeline.Persistence.Blobs;
using HccPipeline.Persistence.Runs;
using HccPipeline.Radiomics;

namespace HccPipeline.FeatureWorker.Maps;

/// <summary>Formats of maps.</summary>
public enum MapFormat
{
    /// <summary>NIfTI, float64, the profile's value outside the region.</summary>
    Nifti,

    /// <summary>DICOM Parametric Map of the slices that the region touches, float32, NaN outside the region.</summary>
    Dicom,
}

/// <summary>Writes the maps of a study's run as files, on the grid of their series.</summary>
public sealed class MapExport(MapReader reader, IBlobStore blobs, ProfileCatalog profiles)
{
    /// <summary>Writes the maps of one series; maps of a sequence begin with its name.</summary>
    /// <param name="run">The run.</param>
    /// <param name="maps">The maps, complete, of a series of the registry.</param>
    /// <param name="format">Format.</param>
    /// <param name="folder">An existing folder.</param>
    /// <param name="threads">Files at the same time.</param>
    /// <param name="written">Told after each file.</param>
    /// <param name="ct">Cancels.</param>
    /// <exception cref="InvalidOperationException">The maps are not complete, or belong to no series.</exception>
    /// <exception cref="DicomFileException">The images of the series can't be used.</exception>
    public async Task<IReadOnlyList<MapFile>> WriteAsync(
        MapRun run, SeriesMaps maps, MapFormat format, string folder, int threads, Action written, CancellationToken ct)
    {
        if (maps.Source is not { } work || maps.Problem is not null)
            throw new InvalidOperationException(maps.Problem ?? "The maps belong to no series of the registry.");
        ExtractionProfile profile = (await profiles.GetAsync(run.ProfileSha256, ct)).Profile;
        SourceSeries source = await SourceSeries.ReadAsync(work, blobs, ct);
        bool isDiffusion = work.Sequence is Sequence.Adc or Sequence.Dwi;
        FeatureProfiles features = profile.Features.Resolved();
        bool isNormalised = (isDiffusion ? features.Adc! : features.T2!).Normalisation.Method != Normalisation.None;
        List<MapFile> files = [];
        foreach (SubjectMaps one in maps.Subjects)
        {
            Volume<byte> region = await reader.ReadRegionAsync(one.Subject, ct);
            MapPlace place = source.Place(one.Subject, region.Geometry);
            if (format == MapFormat.Dicom)
                place = place.OnSlicesOf(region);
            IMapWriter writer = format == MapFormat.Nifti
                ? new NiftiMapWriter(folder, maps.Prefix)
                : new ParametricMapFiles(folder, run.RunId, maps, place.Source, name => MapCodes.Of(name, one.Subject.ImageType, isDiffusion, isNormalised));
            double outside = format == MapFormat.Nifti ? profile.Voxel.InitialValue : double.NaN;
            IReadOnlyList<MapFile> own = await new MapFiles(reader, place.Grid, outside, writer, threads).WriteAsync(place.Subject, one.Boxes, written, ct);
            files.AddRange(own.Select(f => f with { Name = maps.Prefix + f.Name }));
        }
        return files;
    }
}
