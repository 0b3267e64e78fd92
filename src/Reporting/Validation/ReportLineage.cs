using HccPipeline.Contracts.Models;

namespace HccPipeline.Reporting.Validation;

/// <summary>The way from the report back to the images, as counts and hashes: it names no patient. <c>hcc lineage</c> goes it for one.</summary>
public sealed record ReportLineage
{
    /// <summary>SHA-256 of the snapshot's manifest, which names patients, runs and outcome revisions.</summary>
    public required string ManifestSha256 { get; init; }

    /// <summary>Patients in the snapshot.</summary>
    public required int Patients { get; init; }

    /// <summary>Extraction runs behind the pre-treatment features.</summary>
    public required int PreRuns { get; init; }

    /// <summary>Extraction runs behind the post-treatment features.</summary>
    public required int PostRuns { get; init; }

    /// <summary>SHA-256 over the keys of all runs, in the order of the manifest, pre before post, a line feed after each.</summary>
    public required string RunsSha256 { get; init; }

    /// <summary>Patients by state of the label (<c>mature</c>, <c>adjudicated</c>, <c>revised</c>), in ordinal order.</summary>
    public required IReadOnlyList<CategoryCount> Labels { get; init; }

    /// <summary>Patients whose outcome had been changed before it was used.</summary>
    public required int ChangedOutcomes { get; init; }

    /// <summary>The rules by which it was judged who is in.</summary>
    public required EligibilityRules Rules { get; init; }

    /// <summary>Whether the scan that predicts is the scan that defined the outcome.</summary>
    public required IncorporationCheck Incorporation { get; init; }

    /// <summary>Patients who were left out.</summary>
    public required int LeftOut { get; init; }

    /// <summary>Why, most frequent first; a patient may have several reasons.</summary>
    public required IReadOnlyList<CategoryCount> Reasons { get; init; }

    /// <summary>Patients who had withdrawn.</summary>
    public required int Withdrawn { get; init; }
}
