using System.Buffers.Binary;

namespace HccPipeline.Imaging;

/// <summary>The fields of a NIfTI-1 header that say where voxels lie and how they are stored. Source: nifti1.h, NIfTI-1.1.</summary>
internal sealed record NiftiHeader(
    bool BigEndian, VoxelType Type, Geometry Geometry, double Slope, double Intercept, int VoxelOffset)
{
    internal const int Length = 348;

    internal static NiftiHeader Parse(ReadOnlySpan<byte> h)
    {
        bool big = BinaryPrimitives.ReadInt32LittleEndian(h) != Length;
        if (big && BinaryPrimitives.ReadInt32BigEndian(h) != Length)
            throw new ImageFormatException("Not a NIfTI-1 file: the header does not begin with its length, 348.");
        if (h[344] != (byte)'n' || (h[345] != (byte)'+' && h[345] != (byte)'i') || h[346] != (byte)'1')
            throw new ImageFormatException("Not a NIfTI-1 file: the magic bytes 'n+1' are missing at byte 344.");
        if (h[345] == (byte)'i')
            throw new ImageFormatException("A NIfTI header and image in two files (.hdr, .img) is not read; convert it to one .nii file.");

        int dimensions = Int16(h, 40, big);
        Span<int> size = [1, 1, 1];
        for (int axis = 1; axis <= dimensions; axis++)
        {
            int n = Int16(h, 40 + 2 * axis, big);
            if (n < 1)
                throw new ImageFormatException($"NIfTI dimension {axis} has size {n}.");
            if (axis <= 3)
                size[axis - 1] = n;
            else if (n > 1)
                throw new ImageFormatException($"The NIfTI image has more than three dimensions (dimension {axis} has size {n}); one volume is wanted.");
        }
        double slope = Single(h, 112, big), intercept = Single(h, 116, big);
        if (slope == 0 || !double.IsFinite(slope))
            (slope, intercept) = (1, 0);
        return new(big, TypeOf(Int16(h, 70, big)), NiftiOrientation.Read(h, big, size), slope, intercept, (int)Single(h, 108, big));
    }

    private static VoxelType TypeOf(short code) => code switch
    {
        2 => VoxelType.UInt8,
        4 => VoxelType.Int16,
        8 => VoxelType.Int32,
        16 => VoxelType.Float32,
        64 => VoxelType.Float64,
        256 => VoxelType.Int8,
        512 => VoxelType.UInt16,
        768 => VoxelType.UInt32,
        1024 => VoxelType.Int64,
        1280 => VoxelType.UInt64,
        _ => throw new ImageFormatException($"NIfTI data type {code} is not a scalar that can be an intensity."),
    };

    internal static short Int16(ReadOnlySpan<byte> h, int at, bool big) =>
        big ? BinaryPrimitives.ReadInt16BigEndian(h[at..]) : BinaryPrimitives.ReadInt16LittleEndian(h[at..]);

    internal static double Single(ReadOnlySpan<byte> h, int at, bool big) =>
        big ? BinaryPrimitives.ReadSingleBigEndian(h[at..]) : BinaryPrimitives.ReadSingleLittleEndian(h[at..]);
}
