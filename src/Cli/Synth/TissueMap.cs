using HccPipeline.Imaging;

namespace HccPipeline.Cli.Synth;

/// <summary>The tissue of every voxel of a grid, and the two masks.</summary>
internal sealed class TissueMap
{
    private TissueMap(Geometry grid)
    {
        Grid = grid;
        Tissues = new Tissue[grid.VoxelCount];
        Lesion = new(grid);
        Muscle = new(grid);
    }

    /// <summary>A value of a tissue at a point of patient space, mm.</summary>
    public delegate float Painter(Tissue tissue, float x, float y, float z);

    public Geometry Grid { get; }

    public Tissue[] Tissues { get; }

    /// <summary>1 where the voxel centre is in the lesion.</summary>
    public Volume<byte> Lesion { get; }

    /// <summary>1 where the voxel centre is in the muscle reference.</summary>
    public Volume<byte> Muscle { get; }

    public static TissueMap Of(VisitScene scene, Geometry grid)
    {
        TissueMap map = new(grid);
        float sliceMm = (float)grid.SpacingMm.Z;
        map.Visit((index, x, y, z) =>
        {
            Tissue tissue = scene.TissueAt(x, y, z);
            map.Tissues[index] = tissue;
            if (tissue == Tissue.Lesion)
                map.Lesion.Voxels[index] = 1;
            else if (tissue == Tissue.Muscle && scene.IsMuscleReference(x, y, z, sliceMm))
                map.Muscle.Voxels[index] = 1;
        });
        return map;
    }

    /// <summary>An image of a value of each tissue; air is 0.</summary>
    public Volume<float> Paint(Painter painter)
    {
        Volume<float> image = new(Grid);
        Visit((index, x, y, z) =>
        {
            if (Tissues[index] != Tissue.Air)
                image.Voxels[index] = painter(Tissues[index], x, y, z);
        });
        return image;
    }

    private delegate void Visitor(int index, float x, float y, float z);

    private void Visit(Visitor visitor)
    {
        Vector3D step = Grid.XAxis * Grid.SpacingMm.X;
        float stepX = (float)step.X, stepY = (float)step.Y, stepZ = (float)step.Z;
        int index = 0;
        for (int z = 0; z < Grid.SizeZ; z++)
        {
            for (int y = 0; y < Grid.SizeY; y++)
            {
                Vector3D row = Grid.ToPatient(0, y, z);
                float rowX = (float)row.X, rowY = (float)row.Y, rowZ = (float)row.Z;
                for (int x = 0; x < Grid.SizeX; x++)
                    visitor(index++, rowX + x * stepX, rowY + x * stepY, rowZ + x * stepZ);
            }
        }
    }
}
