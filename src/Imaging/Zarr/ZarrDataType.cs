namespace HccPipeline.Imaging.Zarr;

/// <summary>Voxel types of a <see cref="ZarrArray"/>; the format's names are these in lower case.</summary>
public enum ZarrDataType
{
    /// <summary><see cref="byte"/>: regions and labels.</summary>
    UInt8,

    /// <summary><see cref="float"/>: intensities.</summary>
    Float32,

    /// <summary><see cref="double"/>: feature maps.</summary>
    Float64,
}

/// <summary>Names and sizes of voxel types.</summary>
internal static class ZarrDataTypes
{
    private static readonly (ZarrDataType Type, string Name, Type Clr)[] All =
    [
        (ZarrDataType.UInt8, "uint8", typeof(byte)),
        (ZarrDataType.Float32, "float32", typeof(float)),
        (ZarrDataType.Float64, "float64", typeof(double)),
    ];

    /// <summary>The type that stores a .NET type.</summary>
    /// <exception cref="NotSupportedException">None does.</exception>
    internal static ZarrDataType Of<T>() where T : unmanaged
    {
        foreach ((ZarrDataType type, _, Type clr) in All)
        {
            if (clr == typeof(T))
                return type;
        }
        throw new NotSupportedException($"Zarr arrays of {typeof(T).Name} are not written here.");
    }

    internal static string NameOf(ZarrDataType type) => All[(int)type].Name;

    /// <exception cref="ImageFormatException">It is none of those that are read here.</exception>
    internal static ZarrDataType Parse(string? name)
    {
        foreach ((ZarrDataType type, string known, _) in All)
        {
            if (known == name)
                return type;
        }
        throw new ImageFormatException($"zarr.json: the data type '{name}' is none of uint8, float32 and float64.");
    }
}
