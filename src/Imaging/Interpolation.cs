namespace HccPipeline.Imaging;

/// <summary>How values between voxel centres are made. The Gaussians and the windowed sinc functions are those of SimpleITK, with its constants.</summary>
public enum Interpolation
{
    /// <summary>The nearest voxel's value; halfway, the one with the higher index.</summary>
    Nearest,

    /// <summary>Trilinear.</summary>
    Linear,

    /// <summary>Tricubic B-spline through the voxels' values.</summary>
    CubicSpline,

    /// <summary>Gaussian of σ 0.8 voxels, integrated over each voxel, cut at 4 σ.</summary>
    Gaussian,

    /// <summary>The value that has most weight under a Gaussian of σ 1 voxel, cut at 1 σ: no new values are made.</summary>
    LabelGaussian,

    /// <summary>Sinc over five voxels to each side under a Hamming window.</summary>
    HammingSinc,

    /// <summary>The same under a cosine window.</summary>
    CosineSinc,

    /// <summary>The same under a Welch window.</summary>
    WelchSinc,

    /// <summary>The same under a Lanczos window.</summary>
    LanczosSinc,

    /// <summary>The same under a Blackman window.</summary>
    BlackmanSinc,
}
