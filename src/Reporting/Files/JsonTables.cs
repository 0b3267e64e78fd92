using System.Globalization;
using System.Text;
using System.Text.Json;

namespace HccPipeline.Reporting.Files;

/// <summary>
/// The content of a report as tables in full precision. Every list of objects in the document is a table named after its place; a row begins with
/// the names of the lists' members around it. Lists of numbers that belong together share one table. Single values stand in <c>report.csv</c>.
/// </summary>
internal static class JsonTables
{
    /// <summary>The tables of a document, by name.</summary>
    public static IReadOnlyList<ExtractedFile> Of(byte[] json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        Collector collector = new();
        List<(string, string)> single = [];
        collector.Visit(document.RootElement, "", [], single);
        collector.Table("report").AddRange(single.Select(v => ((string, string)[])[("item", v.Item1), ("value", v.Item2)]));
        return [.. collector.Tables.Select(t => new ExtractedFile($"{Kebab(t.Key)}.csv", t.Key, Csv(t.Value)))];
    }

    private static byte[] Csv(List<(string Column, string Value)[]> rows)
    {
        string[] columns = [.. rows.SelectMany(r => r.Select(c => c.Column)).Distinct(StringComparer.Ordinal)];
        return CsvText.Write(columns, rows.Select(row =>
        {
            Dictionary<string, string> cells = row.ToDictionary(c => c.Column, c => c.Value, StringComparer.Ordinal);
            return columns.Select(c => cells.GetValueOrDefault(c, ""));
        }));
    }

    private static string Kebab(string path)
    {
        StringBuilder name = new();
        foreach (char c in path)
        {
            if (c == '.') name.Append('-');
            else if (char.IsAsciiLetterUpper(c)) name.Append('-').Append(char.ToLowerInvariant(c));
            else name.Append(c);
        }
        return name.ToString();
    }

    private sealed class Collector
    {
        public SortedDictionary<string, List<(string, string)[]>> Tables { get; } = new(StringComparer.Ordinal);

        public List<(string, string)[]> Table(string name)
        {
            if (!Tables.TryGetValue(name, out List<(string, string)[]>? rows)) Tables.Add(name, rows = []);
            return rows;
        }

        /// <summary>Puts the single values below an object into <paramref name="row"/> and its lists into tables.</summary>
        public void Visit(JsonElement element, string path, (string, string)[] context, List<(string Column, string Value)> row, string prefix = "")
        {
            Dictionary<int, string> series = [];
            foreach (JsonProperty property in element.EnumerateObject())
            {
                string place = path.Length == 0 ? property.Name : $"{path}.{property.Name}";
                if (property.Value.ValueKind == JsonValueKind.Object)
                    Visit(property.Value, place, context, row, $"{prefix}{property.Name}.");
                else if (property.Value.ValueKind != JsonValueKind.Array)
                    row.Add((prefix + property.Name, Text(property.Value)));
                else if (property.Value.EnumerateArray().FirstOrDefault().ValueKind == JsonValueKind.Object)
                    VisitList(property.Value, place, context);
                else
                    AddSeries(property, place, context, series);
            }
        }

        private void VisitList(JsonElement list, string place, (string, string)[] context)
        {
            int index = 0;
            foreach (JsonElement item in list.EnumerateArray())
            {
                index++;
                List<(string Column, string Value)> own = [];
                string key = item.TryGetProperty("name", out JsonElement name) && name.ValueKind == JsonValueKind.String
                    ? name.GetString()! : index.ToString(CultureInfo.InvariantCulture);
                Visit(item, place, [.. context, (place, key)], own);
                Table(place).Add([.. context, .. own]);
            }
        }

        // Lists of the same length in one object run along the same axis, as λ and the deviance at each λ.
        private void AddSeries(JsonProperty property, string place, (string, string)[] context, Dictionary<int, string> series)
        {
            string[] values = [.. property.Value.EnumerateArray().Select(Text)];
            if (values.Length == 0) return;
            bool numbers = property.Value[0].ValueKind == JsonValueKind.Number;
            if (numbers && series.TryGetValue(values.Length, out string? first))
            {
                List<(string, string)[]> table = Table(first);
                int start = table.Count - values.Length;
                for (int i = 0; i < values.Length; i++) table[start + i] = [.. table[start + i], (property.Name, values[i])];
                return;
            }
            if (numbers) series.Add(values.Length, place);
            Table(place).AddRange(values.Select((v, i) => ((string, string)[])[.. context, ("index", (i + 1).ToString(CultureInfo.InvariantCulture)), (property.Name, v)]));
        }

        private static string Text(JsonElement value) => value.ValueKind switch
        {
            JsonValueKind.Null => "",
            JsonValueKind.String => value.GetString()!,
            JsonValueKind.Array => string.Join(' ', value.EnumerateArray().Select(Text)),
            _ => value.GetRawText(),
        };
    }
}
