using HccPipeline.Imaging;
using HccPipeline.Radiomics;
using YamlDotNet.RepresentationModel;
using static HccPipeline.FeatureWorker.Profiles.PyRadiomicsValues;

namespace HccPipeline.FeatureWorker.Profiles;

/// <summary>The image type <c>Wavelet</c> of a PyRadiomics parameter file.</summary>
internal static class PyRadiomicsWavelets
{
    /// <summary>The sub-bands of every level asked for, and the approximation of the last; the level in their names is counted from the first of
    /// these.</summary>
    public static IEnumerable<FilterChoices> Of(YamlNode key, PyRadiomicsOptions o)
    {
        if (!DiscreteWavelets.Has(o.Wavelet))
            throw Refused(key, $"wavelet '{o.Wavelet}' is not known; use haar, dmey or one of the db, sym, coif, bior and rbio families.");
        Axis? leftAlone = o.Force2D ? o.SliceAxis : null;
        int axes = leftAlone is null ? 3 : 2;
        // In binary, x first: from HLL on to HHH, and LLL last.
        string[] details = [.. Enumerable.Range(1, (1 << axes) - 1).Select(n => string.Concat(Enumerable.Range(0, axes).Select(a => (n >> a & 1) == 1 ? 'H' : 'L')))];
        FilterChoices Band(string band, int level) => new()
        {
            Type = FilterKind.StationaryWavelet, Name = $"wavelet{(level > 1 ? $"{level}" : "")}-{band}", FilterBank = o.Wavelet, Band = band,
            Level = o.StartLevel + level, SliceAxis = leftAlone,
        };
        return
        [
            .. Enumerable.Range(1, o.Level).SelectMany(level => details.Select(band => Band(band, level))),
            Band(new string('L', axes), o.Level),
        ];
    }
}
