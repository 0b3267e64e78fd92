using System.Globalization;

namespace HccPipeline.Benchmarks.Document;

/// <summary>The largest difference from R that the tests have measured in one field of one kind of result.</summary>
/// <param name="Kind">Kind of result.</param>
/// <param name="Field">Field, by its path.</param>
/// <param name="Numbers">Numbers compared.</param>
/// <param name="Largest">Largest difference.</param>
internal sealed record RecordedDifference(string Kind, string Field, int Numbers, double Largest)
{
    public static RecordedDifference[] Read(string file) =>
    [
        .. File.ReadLines(file).Skip(1).Select(line => line.Split(',')).Select(cell => new RecordedDifference(
            cell[0], cell[1], int.Parse(cell[2], CultureInfo.InvariantCulture), double.Parse(cell[3], CultureInfo.InvariantCulture))),
    ];

    /// <summary>Whether this field is, or lies in, the named one.</summary>
    public bool IsIn(string name) => $"/{Field}/".Contains($"/{name}/", StringComparison.Ordinal);
}
