namespace HccPipeline.Reporting.Publication;

/// <summary>Section <c>Reporting</c>.</summary>
public sealed class ReportingOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Reporting";

    /// <summary>Folder for reports as plain files; absolute. Empty to keep them in the blob store alone.</summary>
    public string Folder { get; set; } = "";
}
