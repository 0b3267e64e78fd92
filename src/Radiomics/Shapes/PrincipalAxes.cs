using HccPipeline.Imaging;

namespace HccPipeline.Radiomics;

/// <summary>Principal axes of the voxel centres of a region.</summary>
/// <param name="Major">Largest eigenvalue of the covariance, mm².</param>
/// <param name="Minor">Middle eigenvalue, mm².</param>
/// <param name="Least">Smallest eigenvalue, mm².</param>
internal sealed record PrincipalAxes(double Major, double Minor, double Least)
{
    /// <summary>Eigenvalues of the covariance; the sums are of integers and exact.</summary>
    /// <param name="mask">Region.</param>
    /// <param name="spacing">Voxel spacing, mm.</param>
    /// <param name="convention">PyRadiomics divides by N, IBSI's reference values by N − 1.</param>
    internal static PrincipalAxes Of(PaddedMask mask, Vector3D spacing, Convention convention)
    {
        long n = 0, sx = 0, sy = 0, sz = 0;
        Int128 xx = 0, xy = 0, xz = 0, yy = 0, yz = 0, zz = 0;
        for (int z = 0; z < mask.SizeZ; z++)
        {
            for (int y = 0; y < mask.SizeY; y++)
            {
                ReadOnlySpan<byte> row = mask.Inside.Slice((z * mask.SizeY + y) * mask.SizeX, mask.SizeX);
                long count = 0, rowX = 0, rowXx = 0;
                for (int x = 0; x < row.Length; x++)
                {
                    count += row[x];
                    rowX += row[x] * x;
                    rowXx += (long)row[x] * x * x;
                }
                n += count;
                sx += rowX;
                sy += count * y;
                sz += count * z;
                xx += rowXx;
                xy += rowX * y;
                xz += rowX * z;
                yy += count * y * y;
                yz += count * y * z;
                zz += count * z * z;
            }
        }
        double divisor = convention == Convention.PyRadiomics ? n : Math.Max(1, n - 1);
        double Covariance(Int128 products, long a, long b, double scale) =>
            (double)(products * n - (Int128)a * b) / n / divisor * scale;
        double cxy = Covariance(xy, sx, sy, spacing.X * spacing.Y), cxz = Covariance(xz, sx, sz, spacing.X * spacing.Z);
        double cyz = Covariance(yz, sy, sz, spacing.Y * spacing.Z);
        double[] values = SymmetricMatrix.Eigenvalues(new[,]
        {
            { Covariance(xx, sx, sx, spacing.X * spacing.X), cxy, cxz },
            { cxy, Covariance(yy, sy, sy, spacing.Y * spacing.Y), cyz },
            { cxz, cyz, Covariance(zz, sz, sz, spacing.Z * spacing.Z) },
        });
        // A flat region has a zero eigenvalue, which rounding may leave a hair below or above it.
        double Clean(double v) => v > values[2] * 1e-12 ? v : 0;
        return new(Clean(values[2]), Clean(values[1]), Clean(values[0]));
    }
}
