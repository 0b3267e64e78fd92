using HccPipeline.Imaging;

namespace HccPipeline.Radiomics;

/// <summary>Laws kernels (IBSI 2: JTXT): products of level, edge, spot, wave and ripple profiles, each of Euclidean norm 1.</summary>
public static class LawsFilter
{
    private static readonly Dictionary<string, double[]> s_profiles = new(StringComparer.Ordinal)
    {
        ["L3"] = [1, 2, 1],
        ["E3"] = [-1, 0, 1],
        ["S3"] = [-1, 2, -1],
        ["L5"] = [1, 4, 6, 4, 1],
        ["E5"] = [-1, -2, 0, 2, 1],
        ["S5"] = [-1, 0, 2, 0, -1],
        ["W5"] = [-1, 2, 0, -2, 1],
        ["R5"] = [1, -4, 6, -4, 1],
    };

    /// <summary>Response of a Laws filter.</summary>
    /// <param name="image">Image.</param>
    /// <param name="name">Profiles along x, y and z, such as <c>E5L5S5</c>; two of them filter within slices.</param>
    /// <param name="boundary">Continuation beyond the edge.</param>
    /// <param name="pooling">Pooling over right-angled rotations.</param>
    /// <param name="energyDistance">Energy map: mean absolute response within so many voxels (Chebyshev); null for the response itself.</param>
    /// <exception cref="ArgumentException">The name is not made of two or three known profiles.</exception>
    public static Volume<float> Apply(Volume<float> image, string name, Boundary boundary, Pooling pooling = Pooling.None, int? energyDistance = null)
    {
        string[] parts = [.. name.Chunk(2).Select(c => new string(c))];
        if (parts.Length is < 2 or > 3 || !Array.TrueForAll(parts, s_profiles.ContainsKey))
            throw new ArgumentException($"'{name}' is not made of two or three of {string.Join(", ", s_profiles.Keys)}.", nameof(name));
        bool planar = parts.Length == 2;
        Kernel[] kernels = [.. parts.Select(Profile), .. planar ? (Kernel[])[Kernel.Identity] : []];
        Geometry g = image.Geometry;
        double[] response = RotationPooling.Apply(SeparableFilter.Doubles(image), g, [kernels], boundary, pooling, planar);
        if (energyDistance is { } distance)
        {
            for (int i = 0; i < response.Length; i++)
                response[i] = Math.Abs(response[i]);
            int size = 2 * distance + 1;
            Kernel box = Kernel.Centred([.. Enumerable.Repeat(1.0 / size, size)]);
            response = SeparableFilter.Apply(response, g, box, box, planar ? Kernel.Identity : box, boundary);
        }
        return SeparableFilter.ToVolume(response, g);
    }

    /// <summary>The profile as a convolution kernel: correlated with it mirrored.</summary>
    private static Kernel Profile(string name)
    {
        double[] w = s_profiles[name];
        double norm = Math.Sqrt(w.Sum(v => v * v));
        return Kernel.Centred([.. w.Select(v => v / norm)]).Reversed();
    }
}
