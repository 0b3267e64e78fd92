using System.Security.Cryptography;
using System.Text;

namespace HccPipeline.Persistence.Registry;

/// <summary>What kind of thing is in quarantine.</summary>
public enum QuarantineSubject
{
    /// <summary>A file; named by its path below what was ingested.</summary>
    File,

    /// <summary>A series; named by its de-identified UID.</summary>
    Series,

    /// <summary>A row of a clinical table; named by file and line.</summary>
    Record,
}

/// <summary>One thing that can't be used.</summary>
public sealed record QuarantineEntry
{
    /// <summary>Code of the centre; empty when it could not be told.</summary>
    public required string CenterCode { get; init; }

    /// <summary>What kind of thing.</summary>
    public required QuarantineSubject SubjectKind { get; init; }

    /// <summary>Which one.</summary>
    public required string Subject { get; init; }

    /// <summary>Why.</summary>
    public required Rejection Rejection { get; init; }

    /// <summary>Key: the same thing for the same reason is one row, however often it comes.</summary>
    internal string Id => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        $"{CenterCode}\n{SubjectKind}\n{Subject}\n{Rejection.Code}")));
}
