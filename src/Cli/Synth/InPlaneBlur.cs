using HccPipeline.Imaging;

namespace HccPipeline.Cli.Synth;

/// <summary>The point spread of the scanner: tissues mix in the voxels between them.</summary>
internal static class InPlaneBlur
{
    /// <summary>Smooths each slice with (1, 4, 1)/6 along rows and columns, in place; the edges keep their values.</summary>
    public static void Apply(Volume<float> image)
    {
        Geometry grid = image.Geometry;
        float[] line = new float[Math.Max(grid.SizeX, grid.SizeY)];
        for (int z = 0; z < grid.SizeZ; z++)
        {
            Span<float> slice = image.Slice(z);
            for (int y = 0; y < grid.SizeY; y++)
                Smooth(slice, y * grid.SizeX, 1, grid.SizeX, line);
            for (int x = 0; x < grid.SizeX; x++)
                Smooth(slice, x, grid.SizeX, grid.SizeY, line);
        }
    }

    private static void Smooth(Span<float> slice, int start, int stride, int count, float[] line)
    {
        for (int i = 0; i < count; i++)
            line[i] = slice[start + i * stride];
        for (int i = 1; i < count - 1; i++)
            slice[start + i * stride] = (line[i - 1] + 4 * line[i] + line[i + 1]) * (1 / 6f);
    }
}
