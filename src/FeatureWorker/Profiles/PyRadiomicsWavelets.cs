using HccPipeline.Radiomics;
using YamlDotNet.RepresentationModel;
using static HccPipeline.FeatureWorker.Profiles.PyRadiomicsValues;

namespace HccPipeline.FeatureWorker.Profiles;

/// <summary>The image type <c>Wavelet</c> of a PyRadiomics parameter file.</summary>
internal static class PyRadiomicsWavelets
{
    private static readonly string[] Bands = ["HLL", "LHL", "HHL", "LLH", "HLH", "LHH", "HHH", "LLL"];

    /// <summary>The sub-bands of every level asked for.</summary>
    public static IEnumerable<FilterChoices> Of(YamlNode key, PyRadiomicsOptions o)
    {
        WaveletFamily family = o.Wavelet switch
        {
            "coif1" => WaveletFamily.Coiflet1,
            "haar" or "db1" => WaveletFamily.Haar,
            "db2" => WaveletFamily.Daubechies2,
            _ => throw Refused(key, $"wavelet '{o.Wavelet}' is not reproduced; use coif1, haar or db2."),
        };
        if (o.Force2D || o.Level != 1 || o.StartLevel != 0)
            throw Refused(key, "wavelets within slices, and of another level than 1 from start_level 0, are not reproduced.");
        return Bands.Select(band => new FilterChoices { Type = FilterKind.Wavelet, Name = $"wavelet-{band}", Wavelet = family, Band = band, Boundary = Boundary.Periodic });
    }
}
