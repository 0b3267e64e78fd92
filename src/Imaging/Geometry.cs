using System.Globalization;

namespace HccPipeline.Imaging;

/// <summary>
/// A regular grid in patient space. Voxel (x, y, z) has its centre at
/// <c>Origin + x·SpacingMm.X·XAxis + y·SpacingMm.Y·YAxis + z·SpacingMm.Z·ZAxis</c>. Storage is [z,y,x], x fastest.
/// </summary>
/// <remarks>For a DICOM series: x runs along a row (increasing column index), y down the columns, z along the slice normal
/// (row × column), so that the axes are right-handed whatever order the files came in.</remarks>
public sealed record Geometry
{
    /// <summary>Number of voxels along x (columns).</summary>
    public required int SizeX { get; init; }

    /// <summary>Number of voxels along y (rows).</summary>
    public required int SizeY { get; init; }

    /// <summary>Number of voxels along z (slices).</summary>
    public required int SizeZ { get; init; }

    /// <summary>Distance between neighbouring voxel centres along each grid axis, mm; each component is positive.</summary>
    public required Vector3D SpacingMm { get; init; }

    /// <summary>Centre of voxel (0, 0, 0), patient space LPS, mm.</summary>
    public Vector3D Origin { get; init; }

    /// <summary>Unit vector of increasing x.</summary>
    public Vector3D XAxis { get; init; } = new(1, 0, 0);

    /// <summary>Unit vector of increasing y.</summary>
    public Vector3D YAxis { get; init; } = new(0, 1, 0);

    /// <summary>Unit vector of increasing z.</summary>
    public Vector3D ZAxis { get; init; } = new(0, 0, 1);

    /// <summary>Number of voxels of the grid.</summary>
    public int VoxelCount => checked(SizeX * SizeY * SizeZ);

    /// <summary>Volume of one voxel, mm³.</summary>
    public double VoxelVolumeMm3 => SpacingMm.X * SpacingMm.Y * SpacingMm.Z;

    /// <summary>Index in storage of voxel (x, y, z).</summary>
    public int IndexOf(int x, int y, int z) => (z * SizeY + y) * SizeX + x;

    /// <summary>Patient-space position of the (possibly fractional) voxel coordinate, mm.</summary>
    public Vector3D ToPatient(double x, double y, double z) =>
        Origin + XAxis * (x * SpacingMm.X) + YAxis * (y * SpacingMm.Y) + ZAxis * (z * SpacingMm.Z);

    /// <summary>Voxel coordinate of a patient-space position; the axes are taken as orthonormal.</summary>
    public Vector3D ToVoxel(Vector3D patient)
    {
        Vector3D d = patient - Origin;
        return new(d.Dot(XAxis) / SpacingMm.X, d.Dot(YAxis) / SpacingMm.Y, d.Dot(ZAxis) / SpacingMm.Z);
    }

    /// <summary>The grid by itself: axes and origin of its own, spacing as single precision tells it (a 0.8 that was 0.800000011920929 or
    /// 0.79999999999 before). What is computed on it is the same to the last bit whatever file format told where the grid lies.</summary>
    public Geometry ByItself()
    {
        static double Told(double mm) => double.Parse(((float)mm).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        return new()
        {
            SizeX = SizeX,
            SizeY = SizeY,
            SizeZ = SizeZ,
            SpacingMm = new(Told(SpacingMm.X), Told(SpacingMm.Y), Told(SpacingMm.Z)),
        };
    }

    /// <summary>Whether two grids have the same size and agree within a tolerance by the rule of ITK: origin and spacing to that part of the spacing
    /// along x, axes to that much in each component.</summary>
    /// <param name="other">The other grid, whose spacing is the measure.</param>
    /// <param name="tolerance">Tolerance, 1e-6 by ITK's default.</param>
    public bool IsWithin(Geometry other, double tolerance)
    {
        bool Close(Vector3D a, Vector3D b, double most) => Math.Abs(a.X - b.X) <= most && Math.Abs(a.Y - b.Y) <= most && Math.Abs(a.Z - b.Z) <= most;
        double mm = tolerance * other.SpacingMm.X;
        return SizeX == other.SizeX && SizeY == other.SizeY && SizeZ == other.SizeZ
            && Close(Origin, other.Origin, mm) && Close(SpacingMm, other.SpacingMm, mm)
            && Close(XAxis, other.XAxis, tolerance) && Close(YAxis, other.YAxis, tolerance) && Close(ZAxis, other.ZAxis, tolerance);
    }

    /// <summary>Whether two grids have the same size and their voxel centres coincide everywhere within a tolerance.</summary>
    /// <param name="other">The other grid.</param>
    /// <param name="toleranceMm">Largest distance between corresponding corner voxels, mm.</param>
    public bool Coincides(Geometry other, double toleranceMm = 1e-3)
    {
        if (SizeX != other.SizeX || SizeY != other.SizeY || SizeZ != other.SizeZ)
            return false;
        foreach ((int x, int y, int z) in (ReadOnlySpan<(int, int, int)>)[(0, 0, 0), (SizeX - 1, 0, 0), (0, SizeY - 1, 0), (0, 0, SizeZ - 1)])
        {
            if ((ToPatient(x, y, z) - other.ToPatient(x, y, z)).Length > toleranceMm)
                return false;
        }
        return true;
    }
}
