using System.Globalization;
using System.Text.Json;
using HccPipeline.Statistics.Linear;
using Xunit;

namespace HccPipeline.Statistics.Tests.Reference;

/// <summary>One case of the R reference results beside the checkout: CSV input and result.json.</summary>
internal sealed class ReferenceCase
{
    private const string Data = "data.csv";

    private readonly string _folder;
    private readonly Dictionary<string, string[][]> _files = new(StringComparer.Ordinal);

    private ReferenceCase(string folder)
    {
        _folder = folder;
        Result = JsonElement.Parse(File.ReadAllBytes(Path.Combine(folder, "result.json")));
    }

    public JsonElement Result { get; }

    /// <summary>Opens a case; skips the test, naming the folder, where the reference results are absent.</summary>
    public static ReferenceCase Open(string name)
    {
        string? root = Root();
        Assert.SkipWhen(root is null, $"../shared/statistics/{name} is not beside this checkout.");
        return new ReferenceCase(Path.Combine(root!, name));
    }

    /// <summary>Numbers of a list of the result.</summary>
    public static double[] Numbers(JsonElement list) => [.. list.EnumerateArray().Select(Number)];

    /// <summary>A number of the result: null is NaN, "Inf" and "-Inf" are infinite.</summary>
    public static double Number(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => double.NaN,
        JsonValueKind.String => value.GetString() == "Inf" ? double.PositiveInfinity : double.NegativeInfinity,
        _ => value.GetDouble(),
    };

    /// <summary>Whether data.csv has a column.</summary>
    public bool HasColumn(string column) => Cells(Data)[0].Contains(column, StringComparer.Ordinal);

    /// <summary>A numeric column of data.csv.</summary>
    public double[] Column(string column) => Column(Data, column);

    /// <summary>A numeric column of a CSV file of the case.</summary>
    public double[] Column(string file, string column)
    {
        string[][] cells = Cells(file);
        int at = Array.IndexOf(cells[0], column);
        Assert.True(at >= 0, $"{file} has no column {column}");
        return [.. cells.Skip(1).Select(row => double.Parse(row[at], CultureInfo.InvariantCulture))];
    }

    public int[] Integers(string file, string column) => Array.ConvertAll(Column(file, column), v => (int)v);

    /// <summary>All columns of data.csv but those named.</summary>
    public DesignMatrix Features(params string[] notFeatures)
    {
        string[] names = [.. Cells(Data)[0].Where(name => !notFeatures.Contains(name, StringComparer.Ordinal))];
        return DesignMatrix.FromColumns([.. names.Select(Column)], names);
    }

    private string[][] Cells(string file)
    {
        if (!_files.TryGetValue(file, out string[][]? cells))
            _files[file] = cells = [.. File.ReadAllLines(Path.Combine(_folder, file)).Select(line => line.Split(','))];
        return cells;
    }

    private static string? Root()
    {
        for (DirectoryInfo? d = new(AppContext.BaseDirectory); d is not null; d = d.Parent)
        {
            if (!File.Exists(Path.Combine(d.FullName, "HccPipeline.sln"))) continue;
            string path = Path.GetFullPath(Path.Combine(d.FullName, "..", "shared", "statistics"));
            return Directory.Exists(path) ? path : null;
        }
        return null;
    }
}
