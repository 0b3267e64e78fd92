namespace HccPipeline.Imaging;

/// <summary>The grid of an NRRD header.</summary>
internal static class NrrdGeometry
{
    internal static Geometry Of(Dictionary<string, string> fields)
    {
        if (Nrrd.Number(Nrrd.Required(fields, "dimension")) != 3)
            throw new ImageFormatException($"The NRRD image has {fields["dimension"]} dimensions; one volume of three is wanted.");
        double[] sizes = [.. Words(Nrrd.Required(fields, "sizes")).Select(Nrrd.Number)];
        if (sizes.Length != 3 || Array.Exists(sizes, n => n < 1))
            throw new ImageFormatException($"NRRD sizes '{fields["sizes"]}' are not three positive numbers.");
        int[] size = [.. sizes.Select(n => (int)n)];
        (double x, double y) = Signs(fields.GetValueOrDefault("space"));
        Vector3D Lps(Vector3D v) => new(v.X * x, v.Y * y, v.Z);

        Vector3D[] axes = fields.TryGetValue("space directions", out string? directions)
            ? [.. Vectors(directions)]
            : Spacings(fields.GetValueOrDefault("spacings"));
        if (axes.Length != 3)
            throw new ImageFormatException($"NRRD space directions '{directions}' are not three vectors.");
        Vector3D origin = fields.TryGetValue("space origin", out string? o) ? Vectors(o).FirstOrDefault() : Vector3D.Zero;
        return NiftiOrientation.FromColumns(Lps(axes[0]), Lps(axes[1]), Lps(axes[2]), Lps(origin), size);
    }

    private static (double X, double Y) Signs(string? space) => space?.ToLowerInvariant() switch
    {
        null or "left-posterior-superior" or "lps" => (1, 1),
        "right-anterior-superior" or "ras" => (-1, -1),
        "left-anterior-superior" or "las" => (1, -1),
        _ => throw new ImageFormatException($"NRRD space '{space}' is not one of LPS, RAS, LAS."),
    };

    private static Vector3D[] Spacings(string? spacings)
    {
        double[] s = spacings is null ? [1, 1, 1] : [.. Words(spacings).Select(Nrrd.Number)];
        return s.Length == 3 ? [new(s[0], 0, 0), new(0, s[1], 0), new(0, 0, s[2])] : [];
    }

    private static IEnumerable<Vector3D> Vectors(string text)
    {
        foreach (string part in text.Split('(', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            string[] c = part.TrimEnd(')', ' ').Split(',');
            if (c.Length != 3)
                throw new ImageFormatException($"'{part}' in the NRRD header is not a vector of three numbers.");
            yield return new(Nrrd.Number(c[0]), Nrrd.Number(c[1]), Nrrd.Number(c[2]));
        }
    }

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
