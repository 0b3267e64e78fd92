using HccPipeline.Imaging;

namespace HccPipeline.FeatureWorker.Maps;

/// <summary>Writes one map as a file. Several threads may call at once.</summary>
public interface IMapWriter
{
    /// <summary>Writes a map; a file that is there is replaced when the new one is whole.</summary>
    /// <param name="name">Name of the map: <c>original_glcm_Contrast</c>.</param>
    /// <param name="map">Its values.</param>
    /// <returns>Name of the file.</returns>
    string Write(string name, Volume<double> map);
}

/// <summary>Maps as NIfTI, float64.</summary>
/// <param name="folder">Where to write.</param>
/// <param name="prefix">What stands in front of each name.</param>
public sealed class NiftiMapWriter(string folder, string prefix = "") : IMapWriter
{
    /// <inheritdoc/>
    public string Write(string name, Volume<double> map)
    {
        string file = $"{prefix}{name}.nii.gz", partial = Path.Combine(folder, $".{prefix}{name}.partial.nii.gz");
        Nifti.Write(partial, map);
        File.Move(partial, Path.Combine(folder, file), overwrite: true);
        return file;
    }
}
