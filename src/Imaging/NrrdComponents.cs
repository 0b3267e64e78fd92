namespace HccPipeline.Imaging;

/// <summary>NRRD files of four dimensions whose first axis lists components of each voxel, as 3D Slicer writes segments that overlap.</summary>
internal static class NrrdComponents
{
    /// <summary>Number of components; the header's fields are left as those of one of them.</summary>
    /// <exception cref="ImageFormatException">There is no such component.</exception>
    internal static int TakeFrom(Dictionary<string, string> fields, int channel)
    {
        string[] sizes = Words(Nrrd.Required(fields, "sizes"));
        bool lists = Nrrd.Number(Nrrd.Required(fields, "dimension")) == 4 && sizes.Length == 4
            && Words(fields.GetValueOrDefault("kinds", "")) is ["list" or "vector" or "scalar" or "point", ..];
        int channels = lists ? (int)Nrrd.Number(sizes[0]) : 1;
        if (channel >= channels || channels < 1)
            throw new ImageFormatException($"The NRRD file has no component {channel}; it has {channels}, counted from 0.");
        if (!lists)
            return 1;
        fields["dimension"] = "3";
        fields["sizes"] = string.Join(' ', sizes[1..]);
        foreach (string name in (string[])["space directions", "spacings"])
        {
            // The list axis has "none" for a direction and "nan" for a spacing.
            if (fields.TryGetValue(name, out string? value) && Words(value) is [_, .. var rest])
                fields[name] = string.Join(' ', rest);
        }
        return channels;
    }

    /// <summary>The values of one component.</summary>
    internal static byte[] One(byte[] raw, int size, int channels, int channel)
    {
        byte[] one = new byte[raw.Length / channels];
        for (int i = 0; i + size <= one.Length; i += size)
            raw.AsSpan(i * channels + channel * size, size).CopyTo(one.AsSpan(i));
        return one;
    }

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
