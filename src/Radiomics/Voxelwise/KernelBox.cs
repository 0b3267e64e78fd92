using HccPipeline.Imaging;

namespace HccPipeline.Radiomics.Voxelwise;

/// <summary>The box of a kernel: its cells, [z,y,x] with x fastest, and which of them are neighbours.</summary>
internal sealed class KernelBox
{
    internal KernelBox(int radius, Axis? flat)
    {
        RadiusX = flat == Axis.X ? 0 : radius;
        RadiusY = flat == Axis.Y ? 0 : radius;
        RadiusZ = flat == Axis.Z ? 0 : radius;
        Directions = [.. Direction.InSpace.Where(d => (RadiusX > 0 || d.X == 0) && (RadiusY > 0 || d.Y == 0) && (RadiusZ > 0 || d.Z == 0))];
        Pairs = [.. Directions.Select(FirstCells)];
        Lines = [.. Directions.Select(LinesOf)];
        Steps = [.. Directions.Select(d => (d.Z * SizeY + d.Y) * SizeX + d.X)];
    }

    internal int RadiusX { get; }
    internal int RadiusY { get; }
    internal int RadiusZ { get; }
    internal int SizeX => 2 * RadiusX + 1;
    internal int SizeY => 2 * RadiusY + 1;
    internal int SizeZ => 2 * RadiusZ + 1;

    /// <summary>Number of cells; the middle one is the kernel's voxel.</summary>
    internal int Cells => SizeX * SizeY * SizeZ;

    /// <summary>Thirteen directions, or the four of the plane.</summary>
    internal Direction[] Directions { get; }

    /// <summary>For each direction the cells whose neighbour along it lies in the box.</summary>
    internal int[][] Pairs { get; }

    /// <summary>For each direction the step in cells to that neighbour.</summary>
    internal int[] Steps { get; }

    /// <summary>For each direction the first cell of the line on which each cell lies.</summary>
    internal int[][] Lines { get; }

    /// <summary>Most pairs of any direction.</summary>
    internal int MostPairs => Pairs.Max(p => p.Length);

    private int[] FirstCells(Direction d) =>
    [
        .. from z in Enumerable.Range(0, SizeZ)
           from y in Enumerable.Range(0, SizeY)
           from x in Enumerable.Range(0, SizeX)
           where Inside(x + d.X, SizeX) && Inside(y + d.Y, SizeY) && Inside(z + d.Z, SizeZ)
           select (z * SizeY + y) * SizeX + x,
    ];

    private int[] LinesOf(Direction d)
    {
        int[] lines = [.. Enumerable.Range(0, Cells)];
        int step = (d.Z * SizeY + d.Y) * SizeX + d.X;
        // Cells precede their neighbours in storage.
        foreach (int cell in FirstCells(d))
            lines[cell + step] = lines[cell];
        return lines;
    }

    private static bool Inside(int at, int size) => at >= 0 && at < size;
}
