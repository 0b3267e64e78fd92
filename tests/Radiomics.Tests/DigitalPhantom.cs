using HccPipeline.Imaging;

namespace HccPipeline.Radiomics.Tests;

/// <summary>The 80 voxels of IBSI 1's digital phantom (CC BY 4.0, A. Zwanenburg), 5×4×4 of 2 mm, and its mask of 74.</summary>
internal static class DigitalPhantom
{
    internal static Geometry Grid { get; } = new() { SizeX = 5, SizeY = 4, SizeZ = 4, SpacingMm = new(2, 2, 2) };

    internal static Volume<float> Image { get; } = new(Grid,
    [
        1, 4, 4, 1, 1, 1, 4, 6, 1, 1, 4, 1, 6, 4, 1, 4, 4, 6, 4, 1,
        1, 4, 4, 1, 1, 1, 1, 6, 1, 1, 1, 1, 3, 1, 1, 4, 4, 6, 1, 1,
        1, 4, 4, 1, 1, 1, 1, 1, 1, 1, 1, 1, 9, 1, 1, 1, 1, 6, 1, 1,
        1, 4, 4, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 6, 1, 1,
    ]);

    internal static Volume<byte> Mask { get; } = new(Grid,
    [
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 0, 0, 1, 1, 1, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
    ]);

    internal static float[] Region => Imaging.Mask.Gather(Image, Mask);
}
