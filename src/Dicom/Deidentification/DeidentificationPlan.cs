using System.Collections.Frozen;

namespace HccPipeline.Dicom;

/// <summary>What stays the same for all objects of one patient when they are de-identified.</summary>
public sealed record DeidentificationPlan
{
    /// <summary>Labels of segments and regions that say nothing about a person; compared without regard to case.</summary>
    public static FrozenSet<string> DefaultLabels { get; } = FrozenSet.ToFrozenSet(
        ["Lesion", "Tumor", "Tumour", "Mass", "Muscle", "Muscle reference", "Spleen", "Liver", "Necrosis", "Vessel", "Background"],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>Secret key under which UIDs are replaced; one for all centres whose objects may refer to one another.</summary>
    public required ReadOnlyMemory<byte> UidKey { get; init; }

    /// <summary>Replaces Patient ID and Patient's Name; letters, digits and hyphens, at most 64.</summary>
    public required string Pseudonym { get; init; }

    /// <summary>Days that are added to every date of this patient, so that intervals stay.</summary>
    public required int DateShiftDays { get; init; }

    /// <summary>A cleaned Series Description (0008,103E), as the name of the sequence; null leaves the attribute out.</summary>
    public string? SeriesDescription { get; init; }

    /// <summary>Labels of segments and regions that are kept as they are.</summary>
    public IReadOnlySet<string> Labels { get; init; } = DefaultLabels;
}
