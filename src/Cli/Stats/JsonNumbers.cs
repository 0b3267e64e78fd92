using System.Text.Json.Nodes;

namespace HccPipeline.Cli.Stats;

/// <summary>Numbers as the reference results write them: shortest text that reads back to the same double, NaN as null, infinities as
/// "Inf" and "-Inf", matrices as arrays of rows.</summary>
internal static class JsonNumbers
{
    public static JsonNode? Node(double? value) => value switch
    {
        null or double.NaN => null,
        double.PositiveInfinity => JsonValue.Create("Inf"),
        double.NegativeInfinity => JsonValue.Create("-Inf"),
        { } number => JsonValue.Create(number),
    };

    public static JsonNode? Node(int? value) => value is { } number ? JsonValue.Create(number) : null;

    public static JsonArray Node(IEnumerable<double> values) => [.. values.Select(v => Node((double?)v))];

    public static JsonArray Node(IEnumerable<double?> values) => [.. values.Select(Node)];

    public static JsonArray Node(IEnumerable<int> values) => [.. values.Select(v => (JsonNode?)JsonValue.Create(v))];

    public static JsonArray Node(IEnumerable<string> values) => [.. values.Select(v => (JsonNode?)JsonValue.Create(v))];

    public static JsonArray Node(IEnumerable<JsonNode?> values) => [.. values];

    /// <summary>A matrix stored row by row, as an array of rows.</summary>
    public static JsonArray Rows(IReadOnlyList<double> rowMajor, int columns) =>
        Node(Enumerable.Range(0, rowMajor.Count / columns).Select(i => (JsonNode?)Node(rowMajor.Skip(i * columns).Take(columns))));

    /// <summary>A matrix as an array of rows.</summary>
    public static JsonArray Rows(double[,] matrix) =>
        Node(Enumerable.Range(0, matrix.GetLength(0)).Select(i => (JsonNode?)Node(Enumerable.Range(0, matrix.GetLength(1)).Select(j => matrix[i, j]))));

    /// <summary>A table of counts as an array of rows.</summary>
    public static JsonArray Rows(int[,] counts) =>
        Node(Enumerable.Range(0, counts.GetLength(0)).Select(i => (JsonNode?)Node(Enumerable.Range(0, counts.GetLength(1)).Select(j => counts[i, j]))));
}
