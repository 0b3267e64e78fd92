namespace HccPipeline.Reporting.Access;

/// <summary>Names of what lets people and programs in.</summary>
internal static class AccessSchemes
{
    /// <summary>Picks one of the two below.</summary>
    public const string Token = "Token";

    /// <summary>A token in the header <c>Authorization</c>.</summary>
    public const string Bearer = "Bearer";

    /// <summary>A cookie that a token was exchanged for.</summary>
    public const string Cookie = "Cookie";

    /// <summary>Name of the cookie.</summary>
    public const string CookieName = "hcc-session";

    /// <summary>Address of the read API.</summary>
    public const string ApiPath = "/api";

    /// <summary>Where people sign in.</summary>
    public const string SignInPath = "/sign-in";
}
