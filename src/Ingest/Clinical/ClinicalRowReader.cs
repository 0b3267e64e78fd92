using System.Globalization;
using HccPipeline.Ingest.Identity;

namespace HccPipeline.Ingest.Clinical;

/// <summary>Reads the cells of one row and collects everything that is wrong with them.</summary>
internal sealed class ClinicalRowReader(IReadOnlyDictionary<string, string> cells, int line)
{
    private static readonly DateOnly EarliestDate = new(1900, 1, 1);
    private static readonly Choice<bool> Flags = new("0 or 1", new() { ["0"] = false, ["1"] = true });
    private static readonly Choice<bool> Sexes = new("F or M", new() { ["F"] = false, ["FEMALE"] = false, ["M"] = true, ["MALE"] = true });
    private static readonly Choice<int> ChildPughClasses = new("A, B or C", new() { ["A"] = 1, ["B"] = 2, ["C"] = 3 });
    private static readonly Choice<bool> Thrombus = new("Vp0 to Vp4, or 0 and 1", new()
    {
        ["0"] = false, ["1"] = true, ["VP0"] = false, ["VP1"] = true, ["VP2"] = true, ["VP3"] = true, ["VP4"] = true,
    });
    private static readonly Choice<Response> Responses = new("CR, PR, SD or PD", Enum.GetValues<Response>().ToDictionary(r => r.ToString()));
    private readonly List<ClinicalIssue> _issues = [];

    private enum Response
    {
        CR,
        PR,
        SD,
        PD,
    }

    public IReadOnlyList<ClinicalIssue> Issues => _issues;

    /// <summary>The row as an entry, or null when a cell can't be used.</summary>
    /// <param name="givenCenter">Centre that the whole table belongs to, or null when each row says its own.</param>
    /// <param name="today">Day after which nothing can have been observed.</param>
    public ClinicalEntry? Read(string? givenCenter, DateOnly today)
    {
        string patientId = Cell(ClinicalColumns.PatientId);
        if (patientId.Length == 0)
            Report(ClinicalColumns.PatientId, "is empty");
        RequireTogether(Quantities.PfsMonths.Column, ClinicalColumns.PfsEvent);
        ClinicalEntry entry = new()
        {
            Line = line,
            PatientId = patientId,
            CenterCode = Center(givenCenter),
            TreatmentStart = Date(ClinicalColumns.TreatmentStart, today),
            Neutrophils = Number(Quantities.Neutrophils),
            Lymphocytes = Number(Quantities.Lymphocytes),
            Platelets = Number(Quantities.Platelets),
            Albumin = Number(Quantities.Albumin),
            Bilirubin = Number(Quantities.Bilirubin),
            Afp = Number(Quantities.Afp),
            Alt = Number(Quantities.Alt),
            Age = Number(Quantities.Age),
            PfsMonths = Number(Quantities.PfsMonths),
            PfsEvent = OneOf(ClinicalColumns.PfsEvent, Flags),
            Male = OneOf(ClinicalColumns.Sex, Sexes),
            ChildPugh = ChildPugh(),
            Ecog = Whole(ClinicalColumns.Ecog, 0, 4),
            Pvtt = OneOf(ClinicalColumns.Pvtt, Thrombus),
            Hbv = OneOf(ClinicalColumns.Hbv, Flags),
            Response = OneOf(ClinicalColumns.Response, Responses)?.ToString(),
        };
        return _issues.Count == 0 ? entry : null;
    }

    private string Center(string? given)
    {
        string text = Cell(ClinicalColumns.Center);
        if (text.Length == 0)
        {
            if (given is null)
                Report(ClinicalColumns.Center, "is empty and no centre was given for the whole table");
            return given ?? "";
        }
        if (!CenterCode.TryParse(text, out string code))
            Report(ClinicalColumns.Center, CenterCode.Rule);
        else if (given is not null && code != given)
            Report(ClinicalColumns.Center, $"'{code}' is not the centre '{given}' that this table is ingested for");
        return code;
    }

    private DateOnly Date(string column, DateOnly today)
    {
        string text = Cell(column);
        if (text.Length == 0)
            Report(column, "is empty");
        else if (!DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date))
            Report(column, "is not a date as 2023-05-31 (yyyy-MM-dd)");
        else if (date > today || date < EarliestDate)
            Report(column, date > today ? "lies in the future" : $"lies before {EarliestDate:yyyy-MM-dd}");
        else
            return date;
        return default;
    }

    private double? Number(Quantity quantity)
    {
        string text = Cell(quantity.Column);
        if (text.Length == 0)
            return null;
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) || !double.IsFinite(value))
        {
            bool decimalComma = text.Count(c => c == ',') == 1 && text.All(c => char.IsAsciiDigit(c) || c is ',' or '-');
            Report(quantity.Column, decimalComma ? "has a decimal comma; write a decimal point" : "is not a number; leave the cell empty where nothing was measured");
            return null;
        }
        if (quantity.Doubt(value) is { } doubt)
            Report(quantity.Column, doubt);
        return value;
    }

    private int? Whole(string column, int minimum, int maximum)
    {
        string text = Cell(column);
        if (text.Length == 0)
            return null;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value >= minimum && value <= maximum)
            return value;
        Report(column, $"must be a whole number from {minimum} to {maximum}");
        return null;
    }

    private int? ChildPugh()
    {
        int? score = Whole(ClinicalColumns.ChildPughScore, 5, 15);
        int? fromScore = score switch { null => null, <= 6 => 1, <= 9 => 2, _ => 3 };
        int? given = OneOf(ClinicalColumns.ChildPughClass, ChildPughClasses);
        if (fromScore is { } expected && given is not null && expected != given)
            Report(ClinicalColumns.ChildPughClass, $"does not agree with the score {score}, which is class {"ABC"[expected - 1]}");
        return given ?? fromScore;
    }

    // The cell is not repeated in the message: a wrong cell may hold a name.
    private T? OneOf<T>(string column, Choice<T> choice) where T : struct
    {
        string text = Cell(column);
        if (text.Length == 0)
            return null;
        if (choice.Words.TryGetValue(text.ToUpperInvariant(), out T value))
            return value;
        Report(column, $"must be {choice.Accepted}");
        return null;
    }

    private void RequireTogether(string first, string second)
    {
        if (Cell(first).Length == 0 != (Cell(second).Length == 0))
            Report(Cell(first).Length == 0 ? first : second, $"is empty although {(Cell(first).Length == 0 ? second : first)} is given");
    }

    private string Cell(string column) => cells.TryGetValue(column, out string? text) ? text : "";

    private void Report(string column, string message) => _issues.Add(new(line, column, message));

    private sealed record Choice<T>(string Accepted, Dictionary<string, T> Words);
}
