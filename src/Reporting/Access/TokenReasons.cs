using HccPipeline.Persistence.Access;

namespace HccPipeline.Reporting.Access;

/// <summary>Why a token is refused, for the audit.</summary>
internal static class TokenReasons
{
    /// <summary>Nothing was shown.</summary>
    public const string Absent = "no token";

    /// <summary>A cookie that this registry did not make.</summary>
    public const string ForgedCookie = "cookie not ours or too old";

    /// <summary>In words.</summary>
    public static string Of(TokenVerdict verdict) => verdict switch
    {
        TokenVerdict.Malformed => "token malformed",
        TokenVerdict.Unknown => "token unknown",
        TokenVerdict.Expired => "token expired",
        TokenVerdict.Revoked => "token revoked",
        _ => throw new ArgumentOutOfRangeException(nameof(verdict), verdict, "A valid token is not refused."),
    };
}
