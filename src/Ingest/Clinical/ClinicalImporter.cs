using HccPipeline.Ingest.Files;
using HccPipeline.Ingest.Identity;
using HccPipeline.Persistence.Registry;

namespace HccPipeline.Ingest.Clinical;

/// <summary>Turns valid rows of clinical tables into pseudonymous records and stores them.</summary>
internal sealed class ClinicalImporter(
    Pseudonymizer pseudonymizer, ClinicalRecordRepository records, QuarantineRepository quarantine, TimeProvider clock)
{
    /// <summary>Imports a table.</summary>
    /// <param name="content">The file.</param>
    /// <param name="name">Its name, for messages.</param>
    /// <param name="givenCenter">Centre that the whole table belongs to; null when each row says its own.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<ClinicalImport> ImportAsync(byte[] content, string name, string? givenCenter, CancellationToken ct)
    {
        ClinicalTable table = ClinicalTable.Read(content, givenCenter, DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime));
        PatientAlias[] aliases = [.. table.Entries.Select(e => pseudonymizer.AliasOf(e.CenterCode, e.PatientId))];
        IReadOnlyList<ClinicalOutcome> outcomes = await records.StoreAsync([.. table.Entries.Zip(aliases, Record)], ct);
        QuarantineEntry[] rejected =
        [
            .. Rejected(table, name, givenCenter ?? ""),
            .. table.Entries.Zip(aliases, outcomes).Where(e => e.Third == ClinicalOutcome.Withdrawn)
                .Select(e => Entry(givenCenter ?? "", $"{name} line {e.First.Line}", RejectionCodes.Withdrawn(e.Second.Pseudonym))),
        ];
        IReadOnlySet<string> before = await ReplaceAsync(name, givenCenter ?? "", rejected, ct);
        return new()
        {
            Centers = table.Entries.Select(e => (e.PatientId, e.CenterCode)).ToList(),
            Changed = [.. aliases.Zip(outcomes).Where(p => p.Second is ClinicalOutcome.New or ClinicalOutcome.Changed).Select(p => p.First.Pseudonym)],
            New = outcomes.Count(o => o == ClinicalOutcome.New),
            Revised = outcomes.Count(o => o == ClinicalOutcome.Changed),
            Unchanged = outcomes.Count(o => o == ClinicalOutcome.Unchanged),
            Rejected = rejected,
            RejectedBefore = before,
            ColumnsNotThere = table.ColumnsNotThere,
        };
    }

    private static ClinicalRecord Record(ClinicalEntry entry, PatientAlias alias) => new()
    {
        Pseudonym = alias.Pseudonym,
        CenterCode = alias.CenterCode,
        TreatmentStart = alias.Shift(entry.TreatmentStart),
        // The true quarter, coarse on purpose: drift over time needs the calendar, nothing needs the day.
        EntryQuarter = $"{entry.TreatmentStart.Year:D4}Q{(entry.TreatmentStart.Month + 2) / 3}",
        Response = entry.Response,
        PfsMonths = entry.PfsMonths,
        PfsEvent = entry.PfsEvent,
        Values = entry.Values(),
    };

    private static IEnumerable<QuarantineEntry> Rejected(ClinicalTable table, string name, string center)
    {
        if (table.HeaderIssues.Count > 0)
            yield return Entry(center, $"{name} line 1", new("invalid-header", string.Join("; ", table.HeaderIssues)));
        foreach (IReadOnlyList<ClinicalIssue> issues in table.Rejected)
            yield return Entry(center, $"{name} line {issues[0].Line}", new("invalid-row", string.Join("; ", issues)));
    }

    private static QuarantineEntry Entry(string center, string subject, Rejection rejection) => new()
    {
        CenterCode = center,
        SubjectKind = QuarantineSubject.Record,
        Subject = subject,
        Rejection = rejection,
    };

    // What the table said before of its lines is out of date.
    private async Task<IReadOnlySet<string>> ReplaceAsync(string name, string center, QuarantineEntry[] rejected, CancellationToken ct)
    {
        IReadOnlySet<string> before = await quarantine.ListSubjectsAsync(center, QuarantineSubject.Record, ct);
        string[] released = [.. before.Where(s => s.StartsWith(name + " line ", StringComparison.Ordinal))];
        if (released.Length + rejected.Length > 0)
            await quarantine.ReplaceAsync(center, QuarantineSubject.Record, released, rejected, ct);
        return before;
    }
}

/// <summary>What came of a clinical table.</summary>
internal sealed record ClinicalImport
{
    /// <summary>Patient IDs with their centres; for the images of this run, and never stored.</summary>
    public required IReadOnlyList<(string PatientId, string CenterCode)> Centers { get; init; }

    /// <summary>Pseudonyms of patients whose record is new or changed.</summary>
    public required IReadOnlyList<string> Changed { get; init; }

    /// <summary>Records of patients who had none.</summary>
    public required int New { get; init; }

    /// <summary>Records that took the place of another.</summary>
    public required int Revised { get; init; }

    /// <summary>Records that were stored already.</summary>
    public required int Unchanged { get; init; }

    /// <summary>Rows that can't be used.</summary>
    public required IReadOnlyList<QuarantineEntry> Rejected { get; init; }

    /// <summary>Subjects that were in quarantine before.</summary>
    public required IReadOnlySet<string> RejectedBefore { get; init; }

    /// <summary>Columns that the table could have and has not.</summary>
    public required IReadOnlyList<string> ColumnsNotThere { get; init; }
}
