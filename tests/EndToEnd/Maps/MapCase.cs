using System.Globalization;
using System.Security.Cryptography;
using HccPipeline.Imaging;

namespace HccPipeline.EndToEnd.Maps;

/// <summary>A made-up image with an ellipsoid of about 60,000 voxels as region, and the call that maps it.</summary>
internal sealed class MapCase
{
    /// <summary>Voxels of the region.</summary>
    public long RegionVoxels { get; }

    private readonly string _image, _mask;

    /// <summary>Writes image and mask into a folder.</summary>
    public MapCase(string folder)
    {
        Directory.CreateDirectory(folder);
        (_image, _mask) = (Path.Combine(folder, "image.nii.gz"), Path.Combine(folder, "mask.nii.gz"));
        Geometry grid = new() { SizeX = 64, SizeY = 60, SizeZ = 46, SpacingMm = new(1.2, 1.2, 3), Origin = new(-30, 12.5, 80) };
        Volume<float> image = new(grid);
        Volume<byte> mask = new(grid);
        Random random = new(17);
        for (int z = 0; z < grid.SizeZ; z++)
        {
            for (int y = 0; y < grid.SizeY; y++)
            {
                for (int x = 0; x < grid.SizeX; x++)
                {
                    int at = grid.IndexOf(x, y, z);
                    image.Voxels[at] = (float)Math.Round(900 + 250 * Math.Sin(x / 9.0) * Math.Cos(y / 7.0) * Math.Sin(z / 3.0) + 400 * random.NextDouble());
                    double u = (x - 31.5) / 28, v = (y - 29.5) / 26, w = (z - 22.5) / 20;
                    mask.Voxels[at] = u * u + v * v + w * w <= 1 ? (byte)1 : (byte)0;
                }
            }
        }
        RegionVoxels = Mask.Count(mask);
        Nifti.Write(_image, image);
        Nifti.Write(_mask, mask);
    }

    /// <summary>Arguments of <c>hcc</c> that write the maps to a folder.</summary>
    public string[] Arguments(MapWork work, string maps, params string[] more) =>
    [
        "extract", "--voxel", "--image", _image, "--mask", _mask, "--profile", "pyradiomics-default", "--features", work.Features,
        "--kernel-radius", $"{work.KernelRadius}", "--maps", maps, .. more,
    ];

    /// <summary>Hash of every file in a folder of maps, by name.</summary>
    public static IReadOnlyDictionary<string, string> Hashes(string maps) => Directory.EnumerateFiles(maps).Order(StringComparer.Ordinal)
        .ToDictionary(f => Path.GetFileName(f), f => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(f))), StringComparer.Ordinal);
}

/// <summary>Maps that are wanted.</summary>
/// <param name="Features">Classes or features.</param>
/// <param name="KernelRadius">Voxels.</param>
/// <param name="BrickMemory">Most bytes of a brick on a cluster, small enough for some dozens of bricks.</param>
internal sealed record MapWork(string Features, int KernelRadius, long BrickMemory)
{
    /// <summary>Settings that make so many bricks.</summary>
    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["HCC__FeatureWorker__MaxBrickMemory"] = BrickMemory.ToString(CultureInfo.InvariantCulture),
    };
}
