using System.Globalization;
using CsvHelper;
using HccPipeline.Cli.Output;
using HccPipeline.FeatureWorker.Standalone;

namespace HccPipeline.Cli.Extract;

/// <summary>Cases from a CSV file: columns image and mask, and as wanted case, label, reference, stack, same_space.</summary>
internal static class CaseTable
{
    private static readonly string[] Known = ["case", "image", "mask", "label", "reference", "stack", "same_space"];
    private static readonly char[] Delimiters = [',', ';', '\t'];

    /// <summary>Reads the cases; a path that is not absolute is looked for beside the table, then from here.</summary>
    /// <exception cref="CliException">The table can't be used; the message names line and column.</exception>
    public static IReadOnlyList<ExtractionCase> Read(string path)
    {
        if (!File.Exists(path))
            throw new CliException($"There is no table {path}.", ExitCodes.Usage);
        string text = File.ReadAllText(path).TrimStart('\uFEFF');
        int end = text.AsSpan().IndexOfAny('\r', '\n');
        string first = end < 0 ? text : text[..end];
        CsvReaderOptions format = new()
        {
            Separator = Delimiters.MaxBy(d => first.Count(c => c == d)), HasHeader = false, TrimWhitespace = true, TrimInsideQuotes = true, TrackLineNumbers = true,
        };
        using CsvReader reader = CsvReader.FromText(text, format);
        string[] header = reader.Read() ? reader.Current.ToArray() : [];
        RequireColumns(path, header);
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        List<ExtractionCase> cases = [];
        while (reader.Read())
        {
            string[] fields = reader.Current.ToArray();
            if (Array.TrueForAll(fields, f => f.Length == 0))
                continue;
            string place = $"{path}, line {reader.LineNumber}";
            if (fields.Length != header.Length)
                throw new CliException($"{place}: {fields.Length} fields under {header.Length} columns.", ExitCodes.Usage);
            Dictionary<string, string> row = header.Zip(fields).Where(f => f.Second.Length > 0).ToDictionary(f => f.First, f => f.Second, StringComparer.Ordinal);
            cases.Add(CaseOf(row, place, folder, cases.Count + 1));
        }
        return cases.Count > 0 ? cases : throw new CliException($"{path} has no cases.", ExitCodes.Usage);
    }

    private static void RequireColumns(string path, string[] header)
    {
        if (Array.Find(["image", "mask"], needed => !header.Contains(needed)) is { } missing)
            throw new CliException($"{path} has no column {missing}; its columns are {string.Join(", ", Known)}, of which image and mask are needed.", ExitCodes.Usage);
        if (Array.Find(header, h => !Known.Contains(h)) is { } other)
            throw new CliException($"{path}: column '{other}' is not known; use {string.Join(", ", Known)}.", ExitCodes.Usage);
        if (header.Distinct(StringComparer.Ordinal).Count() < header.Length)
            throw new CliException($"{path} names a column twice.", ExitCodes.Usage);
    }

    private static ExtractionCase CaseOf(Dictionary<string, string> row, string place, string folder, int number)
    {
        string Located(string column)
        {
            string file = row.GetValueOrDefault(column) ?? throw new CliException($"{place}: {column} is empty.", ExitCodes.Usage);
            string beside = Path.Combine(folder, file);
            return Path.Exists(beside) ? beside : file;
        }
        return new(Located("image"), Located("mask"))
        {
            Name = row.GetValueOrDefault("case") ?? number.ToString(CultureInfo.InvariantCulture),
            Label = row.GetValueOrDefault("label"),
            Reference = row.GetValueOrDefault("reference"),
            Stack = row.TryGetValue("stack", out string? stack) ? Whole(stack, place) : null,
            SameSpace = row.TryGetValue("same_space", out string? same) && Truth(same, place),
        };
    }

    private static int Whole(string text, string place) => int.TryParse(text, CultureInfo.InvariantCulture, out int value)
        ? value
        : throw new CliException($"{place}: stack '{text}' is no whole number.", ExitCodes.Usage);

    private static bool Truth(string text, string place) => text.ToLowerInvariant() switch
    {
        "true" or "yes" or "1" => true,
        "false" or "no" or "0" => false,
        _ => throw new CliException($"{place}: same_space '{text}' is neither true nor false.", ExitCodes.Usage),
    };
}
