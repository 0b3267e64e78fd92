using HccPipeline.Imaging;

namespace HccPipeline.Radiomics.Tests;

/// <summary>The volume that the reference values of other programs were computed from.</summary>
internal static class MadeUpVolume
{
    /// <summary>12 × 10 × 7 voxels of 0.8 × 1.1 × 2.5 mm, whole numbers from a linear congruential generator on a slope.</summary>
    internal static Volume<float> Image()
    {
        Volume<float> image = new(new() { SizeX = 12, SizeY = 10, SizeZ = 7, SpacingMm = new(0.8, 1.1, 2.5) });
        uint state = 7;
        for (int z = 0; z < 7; z++)
        {
            for (int y = 0; y < 10; y++)
            {
                for (int x = 0; x < 12; x++)
                {
                    state = unchecked(state * 1_664_525 + 1_013_904_223);
                    image[x, y, z] = 100 + 20 * x + 7 * y * z % 50 + (int)((state >> 8) % 97);
                }
            }
        }
        return image;
    }
}
