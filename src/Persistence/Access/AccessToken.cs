namespace HccPipeline.Persistence.Access;

/// <summary>A token that lets its holder in; its secret is not here.</summary>
public sealed record AccessToken
{
    /// <summary>Key, 16 hex digits.</summary>
    public required string TokenId { get; init; }

    /// <summary>Whose it is: the actor of every change made with it. No two tokens that are valid have the same.</summary>
    public required string Name { get; init; }

    /// <summary>What the holder may do.</summary>
    public required AccessRole Role { get; init; }

    /// <summary>The only centre that the holder sees; null for all.</summary>
    public string? CenterCode { get; init; }

    /// <summary>When it was made, Unix ms.</summary>
    public required long CreatedMs { get; init; }

    /// <summary>From when it is no longer valid, Unix ms.</summary>
    public required long ExpiresMs { get; init; }

    /// <summary>When it was revoked, Unix ms; null when it was not.</summary>
    public long? RevokedMs { get; init; }
}

/// <summary>What is known of a token that somebody shows.</summary>
public enum TokenVerdict
{
    /// <summary>It lets its holder in.</summary>
    Valid,

    /// <summary>It has not the form of a token.</summary>
    Malformed,

    /// <summary>No such token was ever made.</summary>
    Unknown,

    /// <summary>Its time is over.</summary>
    Expired,

    /// <summary>It was revoked.</summary>
    Revoked,
}

/// <summary>A token that was shown, and what it is worth.</summary>
/// <param name="Verdict">Whether it is valid.</param>
/// <param name="Token">The token; null where none was found.</param>
public sealed record TokenCheck(TokenVerdict Verdict, AccessToken? Token);

/// <summary>A token just made.</summary>
/// <param name="Token">What is stored of it.</param>
/// <param name="Secret">What its holder shows; told this once.</param>
public sealed record IssuedToken(AccessToken Token, string Secret);

/// <summary>A token can't be made or changed as asked; the message says why.</summary>
public sealed class AccessException(string message) : Exception(message);
