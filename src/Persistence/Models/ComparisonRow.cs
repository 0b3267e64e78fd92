namespace HccPipeline.Persistence.Models;

/// <summary>A version against the champion of its time, as it was measured.</summary>
public sealed record ComparisonRow
{
    /// <summary>Number, from 1.</summary>
    public required long ComparisonId { get; init; }

    /// <summary>The version that wants to be champion.</summary>
    public required int Challenger { get; init; }

    /// <summary>The champion of that time.</summary>
    public required int Champion { get; init; }

    /// <summary>Hash of the policy that it was judged by.</summary>
    public required string PolicySha256 { get; init; }

    /// <summary><c>holds</c> or <c>fails</c>.</summary>
    public required string Verdict { get; init; }

    /// <summary>All that was measured, JSON.</summary>
    public required string Comparison { get; init; }

    /// <summary>When, Unix ms.</summary>
    public long ComparedMs { get; init; }
}

/// <summary>Somebody's approval of a comparison.</summary>
public sealed record ApprovalRow
{
    /// <summary>The comparison.</summary>
    public required long ComparisonId { get; init; }

    /// <summary>Who approved.</summary>
    public required string Approver { get; init; }

    /// <summary>Why.</summary>
    public required string Reason { get; init; }

    /// <summary>When, Unix ms.</summary>
    public required long ApprovedMs { get; init; }
}
