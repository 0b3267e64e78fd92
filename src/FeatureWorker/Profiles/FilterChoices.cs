using HccPipeline.Imaging;
using HccPipeline.Radiomics;

namespace HccPipeline.FeatureWorker.Profiles;

/// <summary>Kinds of filters.</summary>
public enum FilterKind
{
    /// <summary>No kind: refused.</summary>
    Unknown,

    /// <summary>Mean over <c>size</c> voxels.</summary>
    Mean,

    /// <summary>Laplacian of Gaussian of <c>sigma_mm</c>.</summary>
    LaplacianOfGaussian,

    /// <summary>Laws <c>kernel</c>.</summary>
    Laws,

    /// <summary>Gabor of <c>sigma_mm</c> and <c>wavelength_mm</c>.</summary>
    Gabor,

    /// <summary>Sub-<c>band</c> of a stationary separable <c>wavelet</c>.</summary>
    Wavelet,

    /// <summary>Band-pass <c>level</c> of Simoncelli's wavelet.</summary>
    Simoncelli,

    /// <summary>PyRadiomics' square.</summary>
    Square,

    /// <summary>PyRadiomics' square root.</summary>
    SquareRoot,

    /// <summary>PyRadiomics' logarithm.</summary>
    Logarithm,

    /// <summary>PyRadiomics' exponential.</summary>
    Exponential,

    /// <summary>Magnitude of the gradient per mm, or <c>per_voxel</c>.</summary>
    Gradient,

    /// <summary>The image itself, with bins or texture of its own.</summary>
    Original,

    /// <summary>ITK's recursive Laplacian of Gaussian of <c>sigma_mm</c>, normalised across scale.</summary>
    RecursiveLaplacianOfGaussian,

    /// <summary>Local binary pattern in planes: <c>samples</c>, <c>radius_voxels</c>, <c>method</c>, <c>slice_axis</c>.</summary>
    LocalBinaryPattern,

    /// <summary>Local binary pattern on spheres of <c>radius_voxels</c>: size of the projection on harmonics of a <c>degree</c>, or <c>kurtosis</c>.</summary>
    SphericalBinaryPattern,

    /// <summary>Sub-<c>band</c> of PyRadiomics' stationary wavelet transform by a <c>filter_bank</c>.</summary>
    StationaryWavelet,
}

/// <summary>One filter. A field that its kind does not have stays null; a profile that sets one is refused.</summary>
public sealed record FilterChoices
{
    /// <summary>Kind.</summary>
    public FilterKind Type { get; init; }

    /// <summary>Image type in front of the features' names; null for one made of the choices.</summary>
    public string? Name { get; init; }

    /// <summary>Continuation beyond the edge: <c>zero</c>, <c>nearest</c>, <c>periodic</c> or <c>mirror</c>, the default.</summary>
    public Boundary? Boundary { get; init; }

    /// <summary>Mean: odd number of voxels along each axis.</summary>
    public int? Size { get; init; }

    /// <summary>Laplacian of Gaussian, Gabor: σ, mm.</summary>
    public double? SigmaMm { get; init; }

    /// <summary>Laplacian of Gaussian: reach of the kernel in σ.</summary>
    public double? Cutoff { get; init; }

    /// <summary>Mean, Laplacian of Gaussian: within slices only.</summary>
    public bool? Planar { get; init; }

    /// <summary>Laws: profiles along x, y and z, such as <c>E5L5S5</c>.</summary>
    public string? Kernel { get; init; }

    /// <summary>Laws: energy map within so many voxels.</summary>
    public int? EnergyDistance { get; init; }

    /// <summary>Laws, wavelet: pooling over right-angled rotations.</summary>
    public Pooling? Pooling { get; init; }

    /// <summary>Gabor: wavelength, mm.</summary>
    public double? WavelengthMm { get; init; }

    /// <summary>Gabor: γ.</summary>
    public double? AspectRatio { get; init; }

    /// <summary>Gabor: first orientation, turns.</summary>
    public double? OrientationTurns { get; init; }

    /// <summary>Gabor: number of orientations averaged.</summary>
    public int? Orientations { get; init; }

    /// <summary>Gabor: whether the three families of orthogonal planes are averaged.</summary>
    public bool? OrthogonalPlanes { get; init; }

    /// <summary>Wavelet: <c>haar</c>, <c>daubechies2</c> or <c>coiflet1</c>.</summary>
    public WaveletFamily? Wavelet { get; init; }

    /// <summary>Wavelets: L or H along x, y and z.</summary>
    public string? Band { get; init; }

    /// <summary>Stationary wavelet: name of a discrete wavelet, such as <c>coif1</c> or <c>bior2.4</c>.</summary>
    public string? FilterBank { get; init; }

    /// <summary>Stationary wavelet: axis from slice to slice, which is not filtered; the band has two letters then. Local binary pattern: the axis
    /// across the planes, z where it is left out.</summary>
    public Axis? SliceAxis { get; init; }

    /// <summary>Local binary patterns: radius of circle or sphere, voxels; 1 where it is left out.</summary>
    public double? RadiusVoxels { get; init; }

    /// <summary>Local binary pattern: samples on the circle; 8 where they are left out.</summary>
    public int? Samples { get; init; }

    /// <summary>Local binary pattern: <c>default</c>, <c>ror</c>, <c>uniform</c> (where it is left out) or <c>var</c>.</summary>
    public BinaryPatternMethod? Method { get; init; }

    /// <summary>Spherical binary pattern: how often the icosahedron is subdivided; 1 where it is left out.</summary>
    public int? Subdivisions { get; init; }

    /// <summary>Spherical binary pattern: degree of the harmonics, from 0 on; excludes <see cref="Kurtosis"/>.</summary>
    public int? Degree { get; init; }

    /// <summary>Spherical binary pattern: kurtosis of the samples.</summary>
    public bool? Kurtosis { get; init; }

    /// <summary>Wavelet, Simoncelli: decomposition level from 1 on.</summary>
    public int? Level { get; init; }

    /// <summary>Gradient: differences between voxels instead of per mm.</summary>
    public bool? PerVoxel { get; init; }

    /// <summary>PyRadiomics' choices of texture of the response, where they differ from the image's.</summary>
    public TextureChoices? Texture { get; init; }

    /// <summary>PyRadiomics' voxelArrayShift of the response, where it differs from the image's.</summary>
    public double? VoxelArrayShift { get; init; }

    /// <summary>Width of an intensity bin of the response, where it differs from the image's.</summary>
    public double? BinWidth { get; init; }

    /// <summary>Number of intensity bins of the response, where it differs from the image's.</summary>
    public int? BinCount { get; init; }
}
