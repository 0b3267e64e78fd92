using System.Text;
using CsvHelper;

namespace HccPipeline.Ingest.Clinical;

/// <summary>What a clinical table holds: usable rows, rows with what is wrong with them, and what is wrong with the table itself.</summary>
internal sealed record ClinicalTable
{
    private static readonly char[] Delimiters = [',', ';', '\t'];
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Valid rows, in file order; one per patient.</summary>
    public IReadOnlyList<ClinicalEntry> Entries { get; private init; } = [];

    /// <summary>Rows that can't be used: all that is wrong with each.</summary>
    public IReadOnlyList<IReadOnlyList<ClinicalIssue>> Rejected { get; private init; } = [];

    /// <summary>Why no row of the table is used; empty for a table that can be read.</summary>
    public IReadOnlyList<ClinicalIssue> HeaderIssues { get; private init; } = [];

    /// <summary>Columns that the table could have and has not.</summary>
    public IReadOnlyList<string> ColumnsNotThere { get; private init; } = [];

    /// <summary>Whether bytes are a clinical table: text whose first line names at least two of its columns.</summary>
    public static bool IsClinicalTable(ReadOnlySpan<byte> content)
    {
        int end = content.IndexOfAny((byte)'\r', (byte)'\n');
        ReadOnlySpan<byte> first = end < 0 ? content : content[..end];
        if (first.Length is 0 or > 8192 || first.Contains((byte)0))
            return false;
        string line = Encoding.UTF8.GetString(first).TrimStart('\uFEFF');
        return ClinicalColumns.All.Count(c => Split(line).Contains(c.Name)) >= 2;
    }

    /// <summary>Reads a table.</summary>
    /// <param name="content">The file: UTF-8, comma, semicolon or tab between cells, decimal points.</param>
    /// <param name="givenCenter">Centre that the whole table belongs to, or null when each row says its own.</param>
    /// <param name="today">Day after which nothing can have been observed.</param>
    public static ClinicalTable Read(byte[] content, string? givenCenter, DateOnly today)
    {
        string text;
        try
        {
            text = StrictUtf8.GetString(content).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            return new() { HeaderIssues = [new(1, "", "the file is not UTF-8; save it as CSV UTF-8")] };
        }
        int end = text.AsSpan().IndexOfAny('\r', '\n');
        char delimiter = Delimiter(end < 0 ? text : text[..end]);
        CsvReaderOptions format = new()
        {
            Separator = delimiter,
            HasHeader = false,
            TrimWhitespace = true,
            TrimInsideQuotes = true,
            TrackLineNumbers = true,
        };
        using CsvReader reader = CsvReader.FromText(text, format);
        if (!reader.Read())
            return new() { HeaderIssues = [new(1, "", "the table is empty")] };
        string[] header = [.. reader.Current.ToArray().Select(Name)];
        List<ClinicalIssue> headerIssues = HeaderProblems(header);
        return headerIssues.Count > 0 ? new() { HeaderIssues = headerIssues } : ReadRows(reader, header, givenCenter, today);
    }

    private static ClinicalTable ReadRows(CsvReader reader, string[] header, string? givenCenter, DateOnly today)
    {
        List<ClinicalEntry> entries = [];
        List<IReadOnlyList<ClinicalIssue>> rejected = [];
        Dictionary<(string, string), int> lines = [];
        while (reader.Read())
        {
            string[] record = reader.Current.ToArray();
            int line = (int)reader.LineNumber;
            if (record.All(c => c.Length == 0))
                continue;
            if (record.Length != header.Length)
            {
                rejected.Add([new(line, "", $"has {record.Length} cells, the header has {header.Length}")]);
                continue;
            }
            ClinicalRowReader row = new(header.Zip(record).ToDictionary(p => p.First, p => p.Second), line);
            if (row.Read(givenCenter, today) is not { } entry)
                rejected.Add(row.Issues);
            else if (!lines.TryAdd((entry.CenterCode, entry.PatientId), line))
                rejected.Add([new(line, ClinicalColumns.PatientId, $"is the same as in line {lines[(entry.CenterCode, entry.PatientId)]}; that line is used")]);
            else
                entries.Add(entry);
        }
        return new()
        {
            Entries = entries,
            Rejected = rejected,
            ColumnsNotThere = [.. ClinicalColumns.All.Select(c => c.Name).Except(header).Where(c => !IsSaidOtherwise(c, header))],
        };
    }

    /// <summary>Child–Pugh comes as a class or as a score; one of the two is enough.</summary>
    private static bool IsSaidOtherwise(string column, string[] header) => column switch
    {
        ClinicalColumns.ChildPughClass => header.Contains(ClinicalColumns.ChildPughScore),
        ClinicalColumns.ChildPughScore => header.Contains(ClinicalColumns.ChildPughClass),
        _ => false,
    };

    private static List<ClinicalIssue> HeaderProblems(string[] header)
    {
        List<ClinicalIssue> issues = [];
        foreach (IGrouping<string, string> repeated in header.GroupBy(h => h).Where(g => g.Count() > 1))
            issues.Add(new(1, repeated.Key, "is there more than once"));
        foreach (string unknown in header.Except(ClinicalColumns.All.Select(c => c.Name)))
            issues.Add(new(1, unknown, "is not a column of the clinical table" + Suggestion(unknown)));
        foreach (ClinicalColumn missing in ClinicalColumns.All.Where(c => c.Required && !header.Contains(c.Name)))
            issues.Add(new(1, missing.Name, $"is missing ({missing.Meaning})"));
        return issues;
    }

    // The name that shares the most of its beginning: enough to tell a wrong unit or a missing one.
    private static string Suggestion(string unknown)
    {
        static int Common(string a, string b) => a.Zip(b).TakeWhile(p => p.First == p.Second).Count();
        ClinicalColumn nearest = ClinicalColumns.All.MaxBy(c => Common(c.Name, unknown))!;
        return Common(nearest.Name, unknown) >= 3 ? $"; did you mean {nearest.Name}?" : "; leave it out";
    }

    private static char Delimiter(string header) => Delimiters.MaxBy(d => header.Count(c => c == d));

    private static IEnumerable<string> Split(string header) => header.Split(Delimiter(header)).Select(Name);

    private static string Name(string cell) => cell.Trim().Trim('"').Trim().ToLowerInvariant();
}
