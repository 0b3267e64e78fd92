namespace HccPipeline.Benchmarks.Drift;

/// <summary>The measured part of docs/drift.md: between two marks, so that the words around it stay.</summary>
internal static class DriftDocumentFile
{
    private const string Begin = "<!-- measured: dotnet run -c Release --project tests/Benchmarks -- drift --record -->", End = "<!-- end -->";

    /// <summary>Puts text between the marks.</summary>
    public static void Write(string text)
    {
        string file = Path.Combine(Repository.Root, "docs", "drift.md"), all = File.ReadAllText(file);
        int from = all.IndexOf(Begin, StringComparison.Ordinal), to = all.IndexOf(End, StringComparison.Ordinal);
        if (from < 0 || to < from)
            throw new InvalidDataException($"{file} has no place for the measured figures.");
        File.WriteAllText(file, $"{all[..from]}{Begin}\n\n{text.ReplaceLineEndings("\n").TrimEnd()}\n\n{all[to..]}");
    }
}
