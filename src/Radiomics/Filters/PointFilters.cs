using HccPipeline.Imaging;

namespace HccPipeline.Radiomics;

/// <summary>PyRadiomics' filters of single intensities: its documented formulas, scaled so that the largest magnitude of the image stays.</summary>
/// <remarks>m is the largest |x| of the whole image. An image of zeros stays as it is.</remarks>
public static class PointFilters
{
    /// <summary>x²/m.</summary>
    public static Volume<float> Square(Volume<float> image) => Map(image, (x, m) => x * x / m);

    /// <summary>±√(m|x|), the sign that of x.</summary>
    public static Volume<float> SquareRoot(Volume<float> image) => Map(image, (x, m) => Math.CopySign(Math.Sqrt(m * Math.Abs(x)), x));

    /// <summary>±m·ln(|x| + 1)/ln(m + 1), the sign that of x.</summary>
    public static Volume<float> Logarithm(Volume<float> image) =>
        Map(image, (x, m) => Math.CopySign(PortableMath.Log(Math.Abs(x) + 1) * (m / PortableMath.Log(m + 1)), x));

    /// <summary>exp(x·ln(m)/m).</summary>
    public static Volume<float> Exponential(Volume<float> image) => Map(image, (x, m) => PortableMath.Exp(x * (PortableMath.Log(m) / m)));

    private static Volume<float> Map(Volume<float> image, Func<double, double, double> of)
    {
        double largest = 0;
        foreach (float x in image.Voxels)
            largest = Math.Max(largest, Math.Abs((double)x));
        Volume<float> result = new(image.Geometry);
        for (int i = 0; i < result.Voxels.Length; i++)
            result.Voxels[i] = largest > 0 ? (float)of(image.Voxels[i], largest) : image.Voxels[i];
        return result;
    }
}
