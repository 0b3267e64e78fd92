namespace HccPipeline.Radiomics.Voxelwise;

/// <summary>Powers of two without division: thirteen of them are needed for each voxel.</summary>
internal static class PowerOfTwo
{
    // (ln 2)^k / k!
    private static ReadOnlySpan<double> Taylor =>
    [
        1, 0.6931471805599453, 0.2402265069591007, 0.055504108664821576, 0.009618129107628477, 0.0013333558146428441,
        0.00015403530393381606, 1.5252733804059838e-05, 1.3215486790144305e-06, 1.0178086009239696e-07, 7.054911620801121e-09,
        4.44553827187081e-10, 2.5678435993488196e-11, 1.3691488853904124e-12,
    ];

    /// <summary>2^(−y) for y ≥ 0, within a few ulp; 0 where y is 1000 or more.</summary>
    internal static double OfNegative(double y)
    {
        if (!(y < 1000))
            return 0;
        int whole = (int)(y + 0.5);
        double f = whole - y, sum = 0;
        for (int k = 13; k >= 0; k--)
            sum = Taylor[k] + f * sum;
        return sum * BitConverter.Int64BitsToDouble((1023L - whole) << 52);
    }
}
