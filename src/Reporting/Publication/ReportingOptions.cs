using System.ComponentModel.DataAnnotations;

namespace HccPipeline.Reporting.Publication;

/// <summary>Section <c>Reporting</c>.</summary>
public sealed class ReportingOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Reporting";

    /// <summary>Folder for reports as plain files; absolute. Empty to keep them in the blob store alone.</summary>
    public string Folder { get; set; } = "";

    /// <summary>What is written to the folder, separated by commas: html, json, csv, svg, pdf.</summary>
    public string Formats { get; set; } = "html,json";

    /// <summary>Path of Chromium or Chrome, which prints the PDF. Empty to look for it in the usual places.</summary>
    public string Chromium { get; set; } = "";

    /// <summary>Time between two looks for assessments of the champion without a drift report; zero to make such reports only when asked.</summary>
    public TimeSpan DriftInterval { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Bootstrap resamples behind the correction of a validation report for optimism; 0 for none.</summary>
    [Range(0, 10_000)]
    public int Replicates { get; set; } = 200;
}
