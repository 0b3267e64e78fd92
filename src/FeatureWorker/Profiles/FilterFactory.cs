using System.Globalization;
using HccPipeline.Imaging;
using HccPipeline.Radiomics;

namespace HccPipeline.FeatureWorker.Profiles;

/// <summary>Filters of a profile: which fields each kind has, its name, and the function.</summary>
internal static class FilterFactory
{
    /// <summary>Fields that a kind must have and may have, besides type, name and bins, as they are written in a profile.</summary>
    public static (string[] Required, string[] Optional) FieldsOf(FilterKind kind) => kind switch
    {
        FilterKind.Mean => (["size"], ["boundary", "planar"]),
        FilterKind.LaplacianOfGaussian => (["sigma_mm"], ["boundary", "planar", "cutoff"]),
        FilterKind.Laws => (["kernel"], ["boundary", "pooling", "energy_distance"]),
        FilterKind.Gabor => (["sigma_mm", "wavelength_mm"], ["boundary", "aspect_ratio", "orientation_turns", "orientations", "orthogonal_planes"]),
        FilterKind.Wavelet => (["wavelet", "band"], ["boundary", "level", "pooling"]),
        FilterKind.Simoncelli => (["level"], []),
        FilterKind.RecursiveLaplacianOfGaussian => (["sigma_mm"], []),
        FilterKind.StationaryWavelet => (["filter_bank", "band"], ["level", "slice_axis"]),
        FilterKind.Gradient => ([], ["per_voxel"]),
        FilterKind.LocalBinaryPattern => ([], ["samples", "radius_voxels", "method", "slice_axis"]),
        FilterKind.SphericalBinaryPattern => ([], ["degree", "kurtosis", "radius_voxels", "subdivisions"]),
        _ => ([], []),
    };

    /// <summary>Fields that are set, as they are written in a profile.</summary>
    public static IEnumerable<string> FieldsSet(FilterChoices f) =>
        new (string Name, object? Value)[]
        {
            ("boundary", f.Boundary), ("size", f.Size), ("sigma_mm", f.SigmaMm), ("cutoff", f.Cutoff), ("planar", f.Planar), ("kernel", f.Kernel),
            ("energy_distance", f.EnergyDistance), ("pooling", f.Pooling), ("wavelength_mm", f.WavelengthMm), ("aspect_ratio", f.AspectRatio),
            ("orientation_turns", f.OrientationTurns), ("orientations", f.Orientations), ("orthogonal_planes", f.OrthogonalPlanes),
            ("wavelet", f.Wavelet), ("band", f.Band), ("level", f.Level), ("per_voxel", f.PerVoxel), ("filter_bank", f.FilterBank),
            ("slice_axis", f.SliceAxis), ("radius_voxels", f.RadiusVoxels), ("samples", f.Samples), ("method", f.Method),
            ("subdivisions", f.Subdivisions), ("degree", f.Degree), ("kurtosis", f.Kurtosis),
        }.Where(field => field.Value is not null).Select(field => field.Name);

    /// <summary>Image type in front of the features' names: what is set, or kind and the fields that tell filters of the kind apart.</summary>
    public static string NameOf(FilterChoices f) => f.Name ?? f.Type switch
    {
        FilterKind.Mean => $"mean-{f.Size}{Plane(f)}",
        FilterKind.LaplacianOfGaussian => $"log-sigma-{Number(f.SigmaMm)}-mm-{(f.Planar == true ? "2D" : "3D")}",
        FilterKind.RecursiveLaplacianOfGaussian => $"log-sigma-{Number(f.SigmaMm)}-mm-3D",
        FilterKind.Laws => $"laws-{f.Kernel}{(f.EnergyDistance is { } d ? $"-energy-{d}" : "")}{Pool(f)}",
        FilterKind.Gabor => $"gabor-sigma-{Number(f.SigmaMm)}-lambda-{Number(f.WavelengthMm)}-mm",
        FilterKind.Wavelet => $"wavelet-{f.Wavelet}-{f.Band}-{f.Level ?? 1}{Pool(f)}".ToLowerInvariant(),
        FilterKind.StationaryWavelet => $"wavelet{(f.Level is > 1 ? $"{f.Level}" : "")}-{f.Band}",
        FilterKind.LocalBinaryPattern => "lbp-2D",
        FilterKind.SphericalBinaryPattern => f.Kurtosis == true ? "lbp-3D-k" : $"lbp-3D-m{f.Degree + 1}",
        FilterKind.Simoncelli => $"simoncelli-{f.Level}",
        _ => f.Type.ToString().ToLowerInvariant(),
    };

    /// <summary>The filter.</summary>
    /// <param name="f">Choices that were checked.</param>
    /// <param name="factor">From stored intensities to the unit of the image.</param>
    public static ImageFilter Create(FilterChoices f, double factor) => new(NameOf(f), Function(f))
    {
        ApplyWithin = Within(f),
        TooSmall = f.Type == FilterKind.RecursiveLaplacianOfGaussian ? grid => RecursiveGaussian.TooSmall(grid, f.SigmaMm!.Value) : null,
        Texture = f.Texture?.ToSettings(),
        VoxelArrayShift = f.VoxelArrayShift / factor,
        Bins = f.BinWidth is { } width ? Discretisation.FixedBinSize(width / factor) : f.BinCount is { } count ? Discretisation.FixedBinNumber(count) : null,
    };

    private static Func<Volume<float>, Volume<float>> Function(FilterChoices f)
    {
        Boundary boundary = f.Boundary ?? Boundary.Mirror;
        Pooling pooling = f.Pooling ?? Pooling.None;
        return f.Type switch
        {
            FilterKind.Mean => v => SmoothingFilters.Mean(v, f.Size!.Value, boundary, f.Planar == true),
            FilterKind.LaplacianOfGaussian => v => SmoothingFilters.LaplacianOfGaussian(v, f.SigmaMm!.Value, boundary, f.Planar == true, f.Cutoff ?? 4),
            FilterKind.Laws => v => LawsFilter.Apply(v, f.Kernel!, boundary, pooling, f.EnergyDistance),
            FilterKind.Gabor => v => GaborFilter.Apply(v, Gabor(f), boundary),
            FilterKind.Wavelet => v => SeparableWavelet.Apply(v, f.Wavelet!.Value, f.Band!, f.Level ?? 1, boundary, pooling),
            FilterKind.Simoncelli => v => SimoncelliWavelet.BandPass(v, f.Level!.Value),
            FilterKind.Square => PointFilters.Square,
            FilterKind.SquareRoot => PointFilters.SquareRoot,
            FilterKind.Logarithm => PointFilters.Logarithm,
            FilterKind.Exponential => PointFilters.Exponential,
            FilterKind.Gradient => v => GradientFilter.Apply(v, perVoxel: f.PerVoxel == true),
            FilterKind.Original or FilterKind.SphericalBinaryPattern => v => v,
            FilterKind.LocalBinaryPattern => v => LocalBinaryPattern.Apply(
                v, f.Samples ?? 8, f.RadiusVoxels ?? 1, f.Method ?? BinaryPatternMethod.Uniform, f.SliceAxis ?? Axis.Z),
            FilterKind.StationaryWavelet => v => StationaryWavelet.Apply(v, f.FilterBank!, f.Band!, f.Level ?? 1, f.SliceAxis),
            FilterKind.RecursiveLaplacianOfGaussian => v => RecursiveGaussian.Laplacian(v, f.SigmaMm!.Value),
            _ => throw new ArgumentException($"There is no filter of kind {f.Type}.", nameof(f)),
        };
    }

    /// <summary>Filters whose response is of the region alone.</summary>
    private static Func<Volume<float>, Volume<byte>, Volume<float>>? Within(FilterChoices f)
    {
        if (f.Type != FilterKind.SphericalBinaryPattern)
            return null;
        SphericalBinaryPattern pattern = new((f.Degree ?? 0) + 1, f.RadiusVoxels ?? 1, f.Subdivisions ?? 1);
        return f.Kurtosis == true ? pattern.Kurtosis : (image, mask) => pattern.Apply(image, mask, f.Degree!.Value);
    }

    private static GaborSettings Gabor(FilterChoices f) => new()
    {
        SigmaMm = f.SigmaMm!.Value,
        WavelengthMm = f.WavelengthMm!.Value,
        AspectRatio = f.AspectRatio ?? 1,
        OrientationTurns = f.OrientationTurns ?? 0,
        Orientations = f.Orientations ?? 1,
        OrthogonalPlanes = f.OrthogonalPlanes == true,
    };

    private static string Plane(FilterChoices f) => f.Planar == true ? "-2D" : "";

    private static string Pool(FilterChoices f) => f.Pooling is { } p and not Pooling.None ? $"-{p.ToString().ToLowerInvariant()}" : "";

    private static string Number(double? value) => value!.Value.ToString("0.0###", CultureInfo.InvariantCulture).Replace('.', '-');
}
