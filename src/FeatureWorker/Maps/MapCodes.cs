using HccPipeline.Dicom;
using HccPipeline.FeatureWorker.Profiles;
using HccPipeline.Radiomics;

namespace HccPipeline.FeatureWorker.Maps;

/// <summary>What a map measures and in which unit, as codes: IBSI's for features, DICOM's for the coefficient of diffusion, UCUM's for units.</summary>
/// <param name="Quantity">What is measured.</param>
/// <param name="Unit">Unit.</param>
/// <param name="Derivation">How it was made from the images.</param>
internal sealed record MapCodes(CodedConcept Quantity, CodedConcept Unit, CodedConcept Derivation)
{
    private const string OwnScheme = "99HCC", IbsiScheme = "IBSI", UnitScheme = "UCUM";
    private static readonly CodedConcept Arbitrary = new("[arb'U]", UnitScheme, "arbitrary unit");

    /// <summary>The codes of a map.</summary>
    /// <param name="name">Name of the map: an indicator, or image type and feature.</param>
    /// <param name="imageType">Image type of its subject.</param>
    /// <param name="isDiffusion">Whether the image's intensities are diffusion coefficients, 10⁻³ mm²/s; else they have no unit.</param>
    /// <param name="isNormalised">Whether intensities were normalised, and have lost their unit.</param>
    public static MapCodes Of(string name, string imageType, bool isDiffusion, bool isNormalised)
    {
        if (name == VoxelChoices.Diffusion)
            return new(new("113041", "DCM", "Apparent Diffusion Coefficient"), Diffusion(1), CodedConcept.DiffusionImageAnalysis);
        if (name == VoxelChoices.SignalRatio)
            return new(new("SIR", OwnScheme, "Signal intensity ratio to the reference tissue"), CodedConcept.NoUnits, CodedConcept.PixelByPixelDivision);
        if (name == VoxelChoices.ArterialEnhancement)
            return new(new(name, OwnScheme, "Arterial enhancement over the signal before contrast"), CodedConcept.NoUnits, CodedConcept.PixelByPixelDivision);
        if (name == VoxelChoices.Washout)
            return new(new(name, OwnScheme, "Washout over the arterial signal"), CodedConcept.NoUnits, CodedConcept.PixelByPixelDivision);
        FeatureDefinition feature = FeatureCatalogue.All.First(d => name == $"{imageType}_{d.Name}");
        CodedConcept quantity = feature.Ibsi.Length > 0 ? new(feature.Ibsi, IbsiScheme, feature.Name) : new(feature.Name, OwnScheme, feature.Name);
        return new(quantity, UnitOf(feature.Unit, imageType, isDiffusion, isNormalised), CodedConcept.RadiomicsFeatureMap);
    }

    private static CodedConcept UnitOf(string unit, string imageType, bool isDiffusion, bool isNormalised)
    {
        // Only an image as it is, and its wavelet bands, which are sums of it, keep the unit.
        bool keepsUnit = imageType == RegionImage.Original || imageType.StartsWith("wavelet", StringComparison.Ordinal);
        return unit switch
        {
            "bit" => new("bit", UnitScheme, "bit"),
            not ("intensity" or "intensity²" or "intensity²·mm³") => CodedConcept.NoUnits,
            _ when !keepsUnit || unit == "intensity²·mm³" || (!isDiffusion && !isNormalised) => Arbitrary,
            _ when isNormalised => CodedConcept.NoUnits,
            _ => Diffusion(unit == "intensity" ? 1 : 2),
        };
    }

    private static CodedConcept Diffusion(int power) => power == 1
        ? new("10*-3.mm2/s", UnitScheme, "10^-3 mm2/s")
        : new("10*-6.mm4/s2", UnitScheme, "10^-6 mm4/s2");
}
