using System.Globalization;
using System.Text.Unicode;
using CsvHelper;
using HccPipeline.Cli.Output;
using HccPipeline.Statistics.Linear;

namespace HccPipeline.Cli.Stats;

/// <summary>A CSV file as columns of numbers, with the text of the cells that are not numbers. What is wrong with a cell is said when a
/// column is asked for, so that columns nobody uses may hold anything.</summary>
internal sealed class CsvTable
{
    /// <summary>Squares of larger numbers, added up, are infinite.</summary>
    private const double Largest = 1e150;

    private static readonly char[] Delimiters = [',', ';', '\t'];

    private readonly string _file;
    private readonly double[][] _columns;
    private readonly Dictionary<(int Column, int Row), string> _text;
    private readonly int[] _lines;

    private CsvTable(string file, string[] header, double[][] columns, Dictionary<(int Column, int Row), string> text, int[] lines) =>
        (_file, Header, _columns, _text, _lines) = (file, header, columns, text, lines);

    /// <summary>Names of the columns, in file order.</summary>
    public string[] Header { get; }

    /// <summary>Number of data rows.</summary>
    public int RowCount => _lines.Length;

    /// <summary>Reads a file: UTF-8, comma, semicolon or tab between cells, decimal points; empty cells, NA and NaN are missing.</summary>
    /// <exception cref="CliException">The file is not there, is empty, is not UTF-8 or its shape is wrong; the line is named.</exception>
    public static CsvTable Read(string path)
    {
        string file = Path.GetFileName(path);
        if (!File.Exists(path))
            throw new CliException(Directory.Exists(path) ? $"{path} is a folder: a CSV file is needed." : $"{path} does not exist.");
        RequireUtf8(path, file);
        using CsvReader reader = CsvReader.FromFile(path, new()
        {
            Separator = Separator(path), HasHeader = false, TrimWhitespace = true, TrimInsideQuotes = true, TrackLineNumbers = true,
        });
        try
        {
            return Read(reader, file);
        }
        catch (Exception e) when (e is FormatException or InvalidDataException)
        {
            throw new CliException($"{file} can't be read as CSV: {e.Message}");
        }
    }

    /// <summary>Whether there is such a column.</summary>
    public bool Has(string column) => Array.IndexOf(Header, column) >= 0;

    /// <summary>A column of finite numbers.</summary>
    /// <exception cref="CliException">The column is not there, or a cell is missing or not a finite number; its line is named.</exception>
    public double[] Numbers(string column)
    {
        double[] values = NumbersOrMissing(column);
        int row = Array.FindIndex(values, double.IsNaN);
        return row < 0 ? values : throw Bad(row, column, "the value is missing");
    }

    /// <summary>A column of finite numbers, NaN where the cell is empty, NA or NaN.</summary>
    /// <exception cref="CliException">The column is not there, or a cell holds something else; its line is named.</exception>
    public double[] NumbersOrMissing(string column)
    {
        int j = IndexOf(column);
        double[] values = _columns[j];
        for (int i = 0; i < values.Length; i++)
        {
            if (!double.IsFinite(values[i]) && _text.TryGetValue((j, i), out string? text))
                throw Bad(i, column, $"'{text}' is not a finite number{HintAt(text)}");
            if (Math.Abs(values[i]) > Largest)
                throw Bad(i, column, $"{Text(values[i])} is too large: squares of numbers beyond {Text(Largest)} overflow");
        }
        return values;
    }

    /// <summary>A column of whole numbers.</summary>
    /// <exception cref="CliException">As for <see cref="Numbers"/>, or a number is not whole.</exception>
    public int[] Integers(string column)
    {
        double[] values = Numbers(column);
        int row = Array.FindIndex(values, v => v != Math.Floor(v) || Math.Abs(v) > int.MaxValue);
        return row < 0 ? Array.ConvertAll(values, v => (int)v) : throw Bad(row, column, $"{Text(values[row])} is not a whole number");
    }

    /// <summary>A column of observation weights.</summary>
    /// <exception cref="CliException">As for <see cref="Numbers"/>, or a weight is negative.</exception>
    public double[] Weights(string column)
    {
        double[] values = Numbers(column);
        int row = Array.FindIndex(values, v => v < 0);
        return row < 0 ? values : throw Bad(row, column, $"{Text(values[row])} is negative; a weight is not");
    }

    /// <summary>A column of fold numbers, from 1 without a gap.</summary>
    /// <exception cref="CliException">As for <see cref="Integers"/>, or a number is below 1, or no row has one of the numbers.</exception>
    public int[] Folds(string column)
    {
        int[] folds = Integers(column);
        int row = Array.FindIndex(folds, f => f < 1);
        if (row >= 0)
            throw Bad(row, column, $"{folds[row]} is no fold: they are numbered from 1");
        int[] absent = [.. Enumerable.Range(1, Math.Min(folds.Max(), folds.Length + 1)).Except(folds)];
        return absent.Length == 0 ? folds : throw new CliException($"{_file}, column '{column}': fold {absent[0]} of {folds.Max()} is empty.");
    }

    /// <summary>A column of zeros and ones with both present.</summary>
    /// <exception cref="CliException">As for <see cref="Numbers"/>, or a value is neither 0 nor 1 (line named), or one class is absent.</exception>
    public double[] Outcome(string column)
    {
        double[] y = Binary(column);
        double ones = y.Sum();
        return ones > 0 && ones < y.Length
            ? y
            : throw new CliException($"{_file}, column '{column}': all {y.Length} outcomes are {(ones > 0 ? 1 : 0)}; both classes are needed.");
    }

    /// <summary>The same with two of each class, so that folds can be left out.</summary>
    /// <exception cref="CliException">As for <see cref="Outcome"/>, or a class has a single row.</exception>
    public double[] OutcomeForFolds(string column)
    {
        double[] y = Outcome(column);
        double ones = y.Sum();
        return ones > 1 && ones < y.Length - 1
            ? y
            : throw new CliException($"{_file}, column '{column}': a single outcome of {y.Length} is {(ones > 1 ? 0 : 1)}; the fold that holds it would leave none to train on.");
    }

    /// <summary>A column of zeros and ones.</summary>
    /// <exception cref="CliException">As for <see cref="Numbers"/>, or a value is neither 0 nor 1; its line is named.</exception>
    public double[] Binary(string column)
    {
        double[] values = Numbers(column);
        int row = Array.FindIndex(values, v => v is not (0 or 1));
        return row < 0 ? values : throw Bad(row, column, $"{Text(values[row])} is neither 0 nor 1");
    }

    /// <summary>A column as text, for categories; null where the cell is empty or NA.</summary>
    public string?[] Labels(string column)
    {
        int j = IndexOf(column);
        return [.. _columns[j].Select((v, i) => _text.TryGetValue((j, i), out string? text) ? text : double.IsNaN(v) ? null : Text(v))];
    }

    /// <summary>A column of categories as places in a list of them, from 0.</summary>
    /// <exception cref="CliException">The column is not there, or a cell is missing or not in the list; its line is named.</exception>
    public int[] Levels(string column, string[] levels)
    {
        string?[] labels = Labels(column);
        int[] places = Array.ConvertAll(labels, label => Array.IndexOf(levels, label));
        int row = Array.IndexOf(places, -1);
        return row < 0 ? places : throw Bad(row, column, labels[row] is { } other ? $"'{other}' is none of the levels" : "the value is missing");
    }

    /// <summary>Whether every cell of a column is a number or missing.</summary>
    public bool IsNumeric(string column)
    {
        int j = IndexOf(column);
        return !_text.Keys.Any(k => k.Column == j);
    }

    /// <summary>A design matrix of the named columns.</summary>
    /// <exception cref="CliException">As for <see cref="Numbers"/>, or <see cref="NumbersOrMissing"/> where missing values are allowed.</exception>
    public DesignMatrix Design(IReadOnlyList<string> columns, bool allowMissing = false)
    {
        if (columns.Count == 0)
            throw new CliException("No predictor column is left: name them with --x.", ExitCodes.Usage);
        double[][] values = [.. columns.Select(c => allowMissing ? NumbersOrMissing(c) : Numbers(c))];
        return DesignMatrix.FromColumns(values, columns);
    }

    /// <summary>The error of one cell.</summary>
    public CliException Bad(int row, string column, string what) => new($"{_file}, line {_lines[row]}, column '{column}': {what}.");

    private static CsvTable Read(CsvReader reader, string file)
    {
        if (!reader.Read())
            throw new CliException($"{file} is empty: the first line must name the columns.");
        string[] header = [.. reader.Current.ToArray().Select(h => h.TrimStart('\uFEFF').Trim())];
        if (header.GroupBy(h => h, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new CliException($"{file}, line 1: column '{twice.Key}' is there {twice.Count()} times.");
        List<double>[] columns = [.. header.Select(_ => new List<double>())];
        Dictionary<(int Column, int Row), string> text = [];
        List<int> lines = [];
        while (reader.Read())
        {
            int line = (int)reader.LineNumber;
            if (reader.FieldCount == 1 && header.Length > 1 && reader.IsEmpty(0))
                continue;
            if (reader.FieldCount != header.Length)
                throw new CliException($"{file}, line {line}: has {reader.FieldCount} cells, the header has {header.Length}.");
            for (int j = 0; j < header.Length; j++)
            {
                if (!double.TryParse(reader.GetSpan(j), NumberStyles.Float, CultureInfo.InvariantCulture, out double value))
                {
                    string cell = reader.GetString(j);
                    if (cell is not ("" or "NA"))
                        text[(j, lines.Count)] = cell;
                    value = double.NaN;
                }
                else if (double.IsInfinity(value))
                {
                    text[(j, lines.Count)] = reader.GetString(j);
                }
                columns[j].Add(value);
            }
            lines.Add(line);
        }
        return lines.Count > 0
            ? new CsvTable(file, header, [.. columns.Select(c => c.ToArray())], text, [.. lines])
            : throw new CliException($"{file} has column names but no rows.");
    }

    private static void RequireUtf8(string path, string file)
    {
        ReadOnlySpan<byte> bytes = File.ReadAllBytes(path);
        if (Utf8.IsValid(bytes))
            return;
        int line = 1;
        for (; !bytes.IsEmpty; bytes = bytes[(bytes.IndexOf((byte)'\n') + 1)..], line++)
        {
            int end = bytes.IndexOf((byte)'\n');
            if (!Utf8.IsValid(end < 0 ? bytes : bytes[..end]))
                break;
        }
        throw new CliException($"{file}, line {line}: is not UTF-8. Save the table as \"CSV UTF-8\".");
    }

    private static string HintAt(string text) =>
        text.Count(c => c == ',') == 1 && double.TryParse(text.Replace(',', '.'), NumberStyles.Float, CultureInfo.InvariantCulture, out _) ? "; decimals need a point" : "";

    private int IndexOf(string column)
    {
        int j = Array.IndexOf(Header, column);
        return j >= 0 ? j : throw new CliException($"{_file} has no column '{column}'; it has {Some(Header)}.");
    }

    private static string Some(string[] names) =>
        string.Join(", ", names.Take(12)) + (names.Length > 12 ? $" and {names.Length - 12} more" : "");

    private static char Separator(string path)
    {
        string first = File.ReadLines(path).FirstOrDefault() ?? "";
        return Delimiters.MaxBy(d => first.Count(c => c == d));
    }

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
