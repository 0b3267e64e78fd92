using System.Globalization;
using System.Text.Json;
using HccPipeline.Statistics.Linear;
using Xunit;

namespace HccPipeline.Statistics.Tests.Linear;

/// <summary>One folder of the R reference results: CSV input and result.json. They stay beside the checkout.</summary>
internal sealed class ReferenceCase
{
    private readonly string _folder;

    private ReferenceCase(string folder)
    {
        _folder = folder;
        Result = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "result.json"))).RootElement;
    }

    public JsonElement Result { get; }

    public static ReferenceCase Open(string name)
    {
        string? root = FindRoot();
        Assert.SkipWhen(root is null, $"Reference results are absent: no ../shared/statistics beside the checkout, so case {name} is not checked.");
        return new ReferenceCase(Path.Combine(root!, name));
    }

    public double[] Column(string name)
    {
        (string[] header, double[][] columns) = ReadCsv();
        int index = Array.IndexOf(header, name);
        return index >= 0 ? columns[index] : throw new InvalidOperationException($"{_folder}: no column {name}.");
    }

    public bool HasColumn(string name) => ReadCsv().Header.Contains(name, StringComparer.Ordinal);

    public DesignMatrix Features(params string[] notFeatures)
    {
        (string[] header, double[][] columns) = ReadCsv();
        int[] kept = [.. Enumerable.Range(0, header.Length).Where(j => !notFeatures.Contains(header[j], StringComparer.Ordinal))];
        return DesignMatrix.FromColumns([.. kept.Select(j => columns[j])], [.. kept.Select(j => header[j])]);
    }

    public static double[] Numbers(JsonElement list) => [.. list.EnumerateArray().Select(Number)];

    public static double Number(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => double.NaN,
        JsonValueKind.String => string.Equals(value.GetString(), "Inf", StringComparison.Ordinal)
            ? double.PositiveInfinity : double.NegativeInfinity,
        _ => value.GetDouble(),
    };

    private (string[] Header, double[][] Columns) ReadCsv()
    {
        string[] lines = File.ReadAllLines(Path.Combine(_folder, "data.csv"));
        string[] header = lines[0].Split(',');
        double[][] columns = new double[header.Length][];
        for (int j = 0; j < header.Length; j++) columns[j] = new double[lines.Length - 1];
        for (int i = 1; i < lines.Length; i++)
        {
            string[] cells = lines[i].Split(',');
            for (int j = 0; j < cells.Length; j++) columns[j][i - 1] = double.Parse(cells[j], CultureInfo.InvariantCulture);
        }
        return (header, columns);
    }

    private static string? FindRoot()
    {
        if (Environment.GetEnvironmentVariable("HCC_CONFORMANCE_DATA") is { Length: > 0 } data)
        {
            string sibling = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(data))!, "statistics");
            if (Directory.Exists(sibling)) return sibling;
        }
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (!File.Exists(Path.Combine(folder.FullName, "HccPipeline.sln"))) continue;
            string path = Path.GetFullPath(Path.Combine(folder.FullName, "..", "shared", "statistics"));
            return Directory.Exists(path) ? path : null;
        }
        return null;
    }
}
