using System.Globalization;
using System.Text.Json;

namespace HccPipeline.Cli.Tests.Stats;

/// <summary>A case of R's reference results beside the checkout.</summary>
internal sealed class ReferenceCase
{
    private readonly string _folder;

    private ReferenceCase(string folder)
    {
        _folder = folder;
        Result = JsonElement.Parse(System.IO.File.ReadAllBytes(Path.Combine(folder, "result.json")));
    }

    public JsonElement Result { get; }

    /// <summary>Opens a case; skips the test, naming the folder, where the reference results are absent.</summary>
    public static ReferenceCase Open(string name)
    {
        string? root = Root();
        Assert.SkipWhen(root is null, $"../shared/statistics/{name} is not beside this checkout.");
        return new ReferenceCase(Path.Combine(root!, name));
    }

    public string File(string name) => Path.Combine(_folder, name);

    /// <summary>Numbers of an array, as arguments.</summary>
    public static string[] Arguments(JsonElement array) =>
        array.ValueKind == JsonValueKind.Array ? [.. array.EnumerateArray().Select(Argument)] : [Argument(array)];

    public static string Argument(JsonElement number) => number.GetDouble().ToString("R", CultureInfo.InvariantCulture);

    private static string? Root()
    {
        for (DirectoryInfo? d = new(AppContext.BaseDirectory); d is not null; d = d.Parent)
        {
            if (!System.IO.File.Exists(Path.Combine(d.FullName, "HccPipeline.sln")))
                continue;
            string path = Path.GetFullPath(Path.Combine(d.FullName, "..", "shared", "statistics"));
            return Directory.Exists(path) ? path : null;
        }
        return null;
    }
}
