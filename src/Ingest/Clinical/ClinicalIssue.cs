namespace HccPipeline.Ingest.Clinical;

/// <summary>Something wrong in the clinical table, where it stands and what it is; never a patient's ID.</summary>
/// <param name="Line">Line in the file, from 1.</param>
/// <param name="Column">Column name; empty where the whole line is meant.</param>
/// <param name="Message">What is wrong and what is accepted.</param>
public sealed record ClinicalIssue(int Line, string Column, string Message)
{
    /// <summary>"line 7, column albumin_g_per_l: …".</summary>
    public override string ToString() => Column.Length == 0 ? $"line {Line}: {Message}" : $"line {Line}, column {Column}: {Message}";
}
