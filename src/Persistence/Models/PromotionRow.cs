namespace HccPipeline.Persistence.Models;

/// <summary>How a version became the champion, as it is stored.</summary>
public static class PromotionKinds
{
    /// <summary>There was none.</summary>
    public const string First = "first";

    /// <summary>The policy asks for no approval and the comparison held.</summary>
    public const string Automatic = "automatic";

    /// <summary>The comparison held and as many people as the policy asks for approved.</summary>
    public const string Approved = "approved";

    /// <summary>A person decided against the policy.</summary>
    public const string Override = "override";

    /// <summary>Back to a version that had been the champion.</summary>
    public const string Rollback = "rollback";
}

/// <summary>A change of the champion to be made.</summary>
public sealed record Promotion
{
    /// <summary>The new champion.</summary>
    public required int ModelVersion { get; init; }

    /// <summary>One of <see cref="PromotionKinds"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>Who: a person's name, or <c>automatic</c>.</summary>
    public required string Actor { get; init; }

    /// <summary>Why.</summary>
    public required string Reason { get; init; }

    /// <summary>The comparison that it rests on; null for none.</summary>
    public long? ComparisonId { get; init; }
}

/// <summary>A change of the champion as it was made.</summary>
public sealed record PromotionRow
{
    /// <summary>Number, from 1.</summary>
    public required long PromotionId { get; init; }

    /// <summary>The new champion.</summary>
    public required int ModelVersion { get; init; }

    /// <summary>Why.</summary>
    public required string Reason { get; init; }

    /// <summary>When, Unix ms.</summary>
    public required long PromotedMs { get; init; }

    /// <summary>One of <see cref="PromotionKinds"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>Who.</summary>
    public required string Actor { get; init; }

    /// <summary>The champion until then; null for the first.</summary>
    public int? Replaces { get; init; }

    /// <summary>The comparison that it rests on; null for none.</summary>
    public long? ComparisonId { get; init; }

    /// <summary>When its announcement came back from the bus, Unix ms; null while it has not.</summary>
    public long? AnnouncedMs { get; init; }
}
