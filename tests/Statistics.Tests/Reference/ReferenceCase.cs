using System.Globalization;
using System.Text.Json;
using Xunit;

namespace HccPipeline.Statistics.Tests.Reference;

/// <summary>One case of the R reference results beside the checkout: CSV input and result.json.</summary>
internal sealed class ReferenceCase
{
    private readonly string _folder;
    private readonly Dictionary<string, string[][]> _files = new(StringComparer.Ordinal);

    private ReferenceCase(string folder)
    {
        _folder = folder;
        using FileStream stream = File.OpenRead(Path.Combine(folder, "result.json"));
        Result = JsonElement.Parse(ReadAll(stream));
    }

    public JsonElement Result { get; }

    /// <summary>Opens a case; skips the test, naming the folder, where the reference results are absent.</summary>
    public static ReferenceCase Open(string name)
    {
        string? root = Root();
        Assert.SkipWhen(root is null, $"../shared/statistics/{name} is not beside this checkout.");
        return new ReferenceCase(Path.Combine(root!, name));
    }

    /// <summary>A numeric column of a CSV file of the case.</summary>
    public double[] Column(string file, string column)
    {
        if (!_files.TryGetValue(file, out string[][]? cells))
            _files[file] = cells = [.. File.ReadAllLines(Path.Combine(_folder, file)).Select(l => l.Split(','))];
        int at = Array.IndexOf(cells[0], column);
        Assert.True(at >= 0, $"{file} has no column {column}");
        return [.. cells.Skip(1).Select(row => double.Parse(row[at], CultureInfo.InvariantCulture))];
    }

    public int[] Integers(string file, string column) => Array.ConvertAll(Column(file, column), v => (int)v);

    private static byte[] ReadAll(FileStream stream)
    {
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
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
