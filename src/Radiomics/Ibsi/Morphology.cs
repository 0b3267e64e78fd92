using HccPipeline.Imaging;

namespace HccPipeline.Radiomics;

/// <summary>IBSI's morphological family (HCUG).</summary>
internal static class Morphology
{
    /// <summary>Terms of the Legendre series of an ellipsoid's area, as in the reference manual.</summary>
    private const int LegendreTerms = 20;

    /// <summary>Values in the catalogue's order.</summary>
    /// <param name="image">Intensities.</param>
    /// <param name="shape">Morphological mask.</param>
    /// <param name="region">Intensity mask, after re-segmentation.</param>
    /// <exception cref="RegionException">A mask is empty, or intensities are not finite.</exception>
    internal static double[] Features(Volume<float> image, Volume<byte> shape, Volume<byte> region)
    {
        Vector3D spacing = shape.Geometry.SpacingMm;
        PaddedMask padded = new(shape);
        SurfaceMesh mesh = SurfaceMesh.Of(padded, spacing, AmbiguousFaces.SeparateInside);
        PrincipalAxes axes = PrincipalAxes.Of(padded, spacing, Convention.Ibsi);
        double v = mesh.VolumeMm3, a = mesh.AreaMm2, sphere = 36 * Math.PI * v * v;
        (double boxVolume, double boxArea) = BoundingBox(mesh.Vertices, spacing);
        double major = 2 * Math.Sqrt(axes.Major), minor = 2 * Math.Sqrt(axes.Minor), least = 2 * Math.Sqrt(axes.Least);
        double ellipsoidVolume = 4 * Math.PI / 3 * major * minor * least, ellipsoidArea = EllipsoidArea(major, minor, least);
        ConvexHull hull = ConvexHull.Of(mesh.Vertices, spacing);
        float[] roi = Mask.Gather(image, region);
        _ = IntensityRange.Of(roi);
        (double moran, double geary) = SpatialAutocorrelation.Of(image, region);
        return
        [
            v, Mask.Count(shape) * shape.Geometry.VoxelVolumeMm3, a, a / v,
            v / (Math.Sqrt(Math.PI) * a * Math.Sqrt(a)), sphere / (a * a * a),
            a / PortableMath.Cbrt(sphere), PortableMath.Cbrt(sphere) / a, a / PortableMath.Cbrt(sphere) - 1,
            (Centre(shape, null) - Centre(region, image)).Length,
            MeshDiameters.Of(mesh.Vertices, spacing).Space,
            2 * major, 2 * minor, 2 * least,
            major > 0 ? minor / major : 1, major > 0 ? least / major : 1,
            v / boxVolume, a / boxArea,
            ellipsoidVolume > 0 ? v / ellipsoidVolume : 0, ellipsoidArea > 0 ? a / ellipsoidArea : 0,
            v / hull.VolumeMm3, a / hull.AreaMm2,
            v * (FixedOrderSums.OfPowers(roi).Sum / roi.Length), moran, geary,
        ];
    }

    private static (double Volume, double Area) BoundingBox(MeshVertex[] vertices, Vector3D spacing)
    {
        double x = (vertices.Max(m => m.X2) - vertices.Min(m => m.X2)) * 0.5 * spacing.X;
        double y = (vertices.Max(m => m.Y2) - vertices.Min(m => m.Y2)) * 0.5 * spacing.Y;
        double z = (vertices.Max(m => m.Z2) - vertices.Min(m => m.Z2)) * 0.5 * spacing.Z;
        return (x * y * z, 2 * (x * y + x * z + y * z));
    }

    /// <summary>Centre of voxels, weighted by intensity where an image is given, mm along the grid's axes.</summary>
    private static Vector3D Centre(Volume<byte> mask, Volume<float>? weights)
    {
        Geometry g = mask.Geometry;
        double sum = 0, sumX = 0, sumY = 0, sumZ = 0;
        for (int z = 0; z < g.SizeZ; z++)
        {
            for (int y = 0; y < g.SizeY; y++)
            {
                for (int x = 0; x < g.SizeX; x++)
                {
                    if (mask[x, y, z] == 0)
                        continue;
                    double w = weights is null ? 1 : weights[x, y, z];
                    sum += w;
                    sumX += w * x;
                    sumY += w * y;
                    sumZ += w * z;
                }
            }
        }
        Vector3D s = g.SpacingMm;
        return new(sumX / sum * s.X, sumY / sum * s.Y, sumZ / sum * s.Z);
    }

    /// <summary>Area of an ellipsoid by Legendre polynomials: 4πab Σ (αβ)^k/(1 − 4k²) P_k((α² + β²)/(2αβ)), α² = 1 − b²/a², β² = 1 − c²/a².
    /// With t = αβ and u = (α² + β²)/2 the product (αβ)^k P_k obeys a recurrence that has no division, also for spheres.</summary>
    private static double EllipsoidArea(double a, double b, double c)
    {
        if (a == 0)
            return 0;
        double alpha2 = 1 - b * b / (a * a), beta2 = 1 - c * c / (a * a), u = (alpha2 + beta2) / 2, t2 = alpha2 * beta2;
        double before = 1, term = u, sum = 1 + term / (1 - 4);
        for (int k = 1; k < LegendreTerms; k++)
        {
            (before, term) = (term, ((2 * k + 1) * u * term - k * t2 * before) / (k + 1));
            sum += term / (1 - 4.0 * (k + 1) * (k + 1));
        }
        return 4 * Math.PI * a * b * sum;
    }
}
