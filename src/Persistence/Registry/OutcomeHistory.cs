namespace HccPipeline.Persistence.Registry;

/// <summary>Appends to the outcomes of a patient, in the transaction of whoever holds the patient's row.</summary>
internal static class OutcomeHistory
{
    public const string Recorded = "recorded";
    public const string Adjudicated = "adjudicated";

    private const string SelectLast = """
        SELECT revision, response, pfs_months, pfs_event, recorded_response, source, reason, recorded_ms
        FROM outcome_revision WHERE pseudonym = @Pseudonym ORDER BY revision DESC LIMIT 1
        """;

    private const string SelectAdjudicated = """
        SELECT response FROM outcome_revision WHERE pseudonym = @Pseudonym AND source = 'adjudicated' ORDER BY revision DESC LIMIT 1
        """;

    private const string Insert = """
        INSERT INTO outcome_revision (pseudonym, revision, response, pfs_months, pfs_event, recorded_response, source, reason, recorded_ms)
        VALUES (@Pseudonym, @Revision, @Response, @PfsMonths, @PfsEvent, @RecordedResponse, @Source, @Reason, @RecordedMs)
        """;

    /// <summary>Takes the outcome of a clinical record; one that says nothing new adds no revision.</summary>
    /// <returns>The response that counts: an adjudicated one stands above a recorded one.</returns>
    public static async Task<string?> AppendRecordedAsync(Unit unit, ClinicalRecord record, long nowMs)
    {
        OutcomeRow? last = await FindLastAsync(unit, record.Pseudonym);
        string? response = await unit.ScalarAsync<string?>(SelectAdjudicated, new { record.Pseudonym }) ?? record.Response;
        (string?, double?, bool?, string?) now = (response, record.PfsMonths, record.PfsEvent, record.Response);
        if ((last?.Response, last?.PfsMonths, last?.Event, last?.RecordedResponse) != now)
        {
            await InsertAsync(unit, record.Pseudonym, new()
            {
                Revision = (int)(last?.Revision ?? 0) + 1,
                Response = response,
                PfsMonths = record.PfsMonths,
                PfsEvent = record.PfsEvent,
                RecordedResponse = record.Response,
                Source = Recorded,
                RecordedMs = nowMs,
            });
        }
        return response;
    }

    /// <summary>Takes a person's decision on the response; survival stays as it was.</summary>
    /// <returns>Whether it is new.</returns>
    public static async Task<bool> AppendAdjudicatedAsync(Unit unit, string pseudonym, string response, string reason, long nowMs)
    {
        OutcomeRow? last = await FindLastAsync(unit, pseudonym);
        if (last is { Source: Adjudicated } && last.Response == response && last.Reason == reason)
            return false;
        await InsertAsync(unit, pseudonym, new()
        {
            Revision = (int)(last?.Revision ?? 0) + 1,
            Response = response,
            PfsMonths = last?.PfsMonths,
            PfsEvent = last?.Event,
            RecordedResponse = last?.RecordedResponse,
            Source = Adjudicated,
            Reason = reason,
            RecordedMs = nowMs,
        });
        return true;
    }

    private static async Task<OutcomeRow?> FindLastAsync(Unit unit, string pseudonym) =>
        (await unit.QueryAsync<OutcomeRow>(SelectLast, new { Pseudonym = pseudonym })).SingleOrDefault();

    private static Task<int> InsertAsync(Unit unit, string pseudonym, OutcomeRevision revision) => unit.ExecuteAsync(Insert, new
    {
        Pseudonym = pseudonym,
        revision.Revision,
        revision.Response,
        revision.PfsMonths,
        PfsEvent = revision.PfsEvent is { } seen ? (seen ? 1L : 0L) : (long?)null,
        revision.RecordedResponse,
        revision.Source,
        revision.Reason,
        revision.RecordedMs,
    });
}

/// <summary>A revision as the schema keeps it.</summary>
internal sealed record OutcomeRow
{
    public required long Revision { get; init; }
    public string? Response { get; init; }
    public double? PfsMonths { get; init; }
    public long? PfsEvent { get; init; }
    public string? RecordedResponse { get; init; }
    public required string Source { get; init; }
    public string? Reason { get; init; }
    public required long RecordedMs { get; init; }

    public bool? Event => PfsEvent is null ? null : PfsEvent != 0;

    public OutcomeRevision ToRevision() => new()
    {
        Revision = (int)Revision,
        Response = Response,
        PfsMonths = PfsMonths,
        PfsEvent = Event,
        RecordedResponse = RecordedResponse,
        Source = Source,
        Reason = Reason,
        RecordedMs = RecordedMs,
    };
}
