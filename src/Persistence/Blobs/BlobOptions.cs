using System.ComponentModel.DataAnnotations;

namespace HccPipeline.Persistence.Blobs;

/// <summary>Section <c>Blobs</c>: where files live.</summary>
public sealed class BlobOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Blobs";

    /// <summary>Root folder; absolute, shared by all workers.</summary>
    [Required]
    public string Root { get; set; } = "";
}
