using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;

namespace HccPipeline.Imaging;

/// <summary>NIfTI-1 volumes in one file (.nii, .nii.gz), read in either byte order and written in little-endian.</summary>
/// <remarks>Voxels keep the file's storage order; the sform (else qform) becomes the <see cref="Geometry"/> with x and y turned from
/// RAS to LPS. A left-handed grid stays left-handed: nothing is flipped.</remarks>
public static class Nifti
{
    private const int VoxelOffset = 352;

    /// <summary>Reads a volume from a file; gzip is told from the content, not from the name.</summary>
    /// <exception cref="ImageFormatException">The file is not a NIfTI-1 volume that can be used.</exception>
    public static Volume<float> Read(string path)
    {
        using FileStream file = File.OpenRead(path);
        return Read(file);
    }

    /// <summary>Reads a volume from a stream, gzipped or not, applying the header's scale.</summary>
    /// <exception cref="ImageFormatException">The stream does not hold a NIfTI-1 volume that can be used.</exception>
    public static Volume<float> Read(Stream stream)
    {
        byte[] content = Gzip.ReadAll(stream);
        if (content.Length < NiftiHeader.Length)
            throw new ImageFormatException($"The file has {content.Length} bytes; a NIfTI-1 header alone has {NiftiHeader.Length}.");
        NiftiHeader header = NiftiHeader.Parse(content);
        long needed = (long)VoxelCodec.SizeOf(header.Type) * header.Geometry.VoxelCount;
        int offset = Math.Max(header.VoxelOffset, NiftiHeader.Length);
        if (content.Length - offset < needed)
            throw new ImageFormatException($"The NIfTI file is cut short: {needed} bytes of voxels expected, {Math.Max(0, content.Length - offset)} found.");
        Volume<float> volume = new(header.Geometry) { StoredWhole = VoxelCodec.IsWhole(header.Type) && header.Slope == 1 && header.Intercept == 0 };
        VoxelCodec.Decode(content.AsSpan(offset), header.Type, header.BigEndian, header.Slope, header.Intercept, volume.Voxels);
        return volume;
    }

    /// <summary>Writes a volume; a name that ends in .gz is compressed.</summary>
    /// <typeparam name="T">One of byte, sbyte, short, ushort, int, uint, float, double.</typeparam>
    public static void Write<T>(string path, Volume<T> volume) where T : unmanaged
    {
        using FileStream file = File.Create(path);
        if (!path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase))
        {
            Write(file, volume);
            return;
        }
        using GZipStream gzip = new(file, CompressionLevel.Fastest);
        Write(gzip, volume);
    }

    /// <summary>Writes a volume, uncompressed, with the grid as sform.</summary>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> has no NIfTI data type.</exception>
    public static void Write<T>(Stream stream, Volume<T> volume) where T : unmanaged
    {
        byte[] h = new byte[VoxelOffset];
        Geometry g = volume.Geometry;
        (short code, short bits) = TypeCode<T>();
        BinaryPrimitives.WriteInt32LittleEndian(h, NiftiHeader.Length);
        ReadOnlySpan<short> dim = [3, (short)g.SizeX, (short)g.SizeY, (short)g.SizeZ, 1, 1, 1, 1];
        for (int i = 0; i < dim.Length; i++)
            BinaryPrimitives.WriteInt16LittleEndian(h.AsSpan(40 + 2 * i), dim[i]);
        BinaryPrimitives.WriteInt16LittleEndian(h.AsSpan(70), code);
        BinaryPrimitives.WriteInt16LittleEndian(h.AsSpan(72), bits);
        ReadOnlySpan<double> pixdim = [1, g.SpacingMm.X, g.SpacingMm.Y, g.SpacingMm.Z];
        for (int i = 0; i < pixdim.Length; i++)
            WriteSingle(h, 76 + 4 * i, pixdim[i]);
        WriteSingle(h, 108, VoxelOffset);
        WriteSingle(h, 112, 1);
        h[123] = 2; // mm
        BinaryPrimitives.WriteInt16LittleEndian(h.AsSpan(254), 1);
        Vector3D a = NiftiOrientation.ToLps(g.XAxis * g.SpacingMm.X), b = NiftiOrientation.ToLps(g.YAxis * g.SpacingMm.Y);
        Vector3D c = NiftiOrientation.ToLps(g.ZAxis * g.SpacingMm.Z), o = NiftiOrientation.ToLps(g.Origin);
        ReadOnlySpan<double> affine = [a.X, b.X, c.X, o.X, a.Y, b.Y, c.Y, o.Y, a.Z, b.Z, c.Z, o.Z];
        for (int i = 0; i < affine.Length; i++)
            WriteSingle(h, 280 + 4 * i, affine[i]);
        "n+1"u8.CopyTo(h.AsSpan(344));
        stream.Write(h);
        stream.Write(MemoryMarshal.AsBytes(volume.Voxels));
    }

    private static void WriteSingle(byte[] header, int at, double value) =>
        BinaryPrimitives.WriteSingleLittleEndian(header.AsSpan(at), (float)value);

    private static (short Code, short Bits) TypeCode<T>() where T : unmanaged
    {
        if (typeof(T) == typeof(byte)) return (2, 8);
        if (typeof(T) == typeof(sbyte)) return (256, 8);
        if (typeof(T) == typeof(short)) return (4, 16);
        if (typeof(T) == typeof(ushort)) return (512, 16);
        if (typeof(T) == typeof(int)) return (8, 32);
        if (typeof(T) == typeof(uint)) return (768, 32);
        if (typeof(T) == typeof(float)) return (16, 32);
        if (typeof(T) == typeof(double)) return (64, 64);
        throw new NotSupportedException($"NIfTI has no data type for {typeof(T).Name}.");
    }
}
