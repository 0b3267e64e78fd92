namespace HccPipeline.Imaging;

/// <summary>A volume at places between its voxel centres, by the tricubic B-spline through its values.</summary>
public sealed class SplineSampler
{
    private readonly Geometry _grid;
    private readonly double[] _coefficients;

    /// <summary>Prepares a volume.</summary>
    public SplineSampler(Volume<float> volume) => (_grid, _coefficients) = (volume.Geometry, CubicSplinePrefilter.Coefficients(volume));

    /// <summary>The value at a place in voxels; 0 beyond the outermost voxel centres.</summary>
    public double At(double x, double y, double z)
    {
        if (!(x >= 0 && x <= _grid.SizeX - 1 && y >= 0 && y <= _grid.SizeY - 1 && z >= 0 && z <= _grid.SizeZ - 1))
            return 0;
        Span<int> index = stackalloc int[12];
        Span<double> weight = stackalloc double[12];
        InterpolationTaps.At(x, Interpolation.CubicSpline, _grid.SizeX, index[..4], weight[..4]);
        InterpolationTaps.At(y, Interpolation.CubicSpline, _grid.SizeY, index[4..8], weight[4..8]);
        InterpolationTaps.At(z, Interpolation.CubicSpline, _grid.SizeZ, index[8..], weight[8..]);
        double sum = 0;
        for (int c = 8; c < 12; c++)
        {
            double plane = 0;
            for (int b = 4; b < 8; b++)
            {
                int row = _grid.IndexOf(0, index[b], index[c]);
                double line = 0;
                for (int a = 0; a < 4; a++)
                    line += weight[a] * _coefficients[row + index[a]];
                plane += weight[b] * line;
            }
            sum += weight[c] * plane;
        }
        return sum;
    }
}
