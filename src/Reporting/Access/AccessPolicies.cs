using HccPipeline.Persistence.Access;

namespace HccPipeline.Reporting.Access;

/// <summary>Names of the policies that routes ask for, at least this role; what is changed on pages is checked where it is changed (<see cref="AccessSession"/>).</summary>
public static class AccessPolicies
{
    /// <summary>May look.</summary>
    public const string Viewer = nameof(AccessRole.Viewer);

    /// <summary>May do everything.</summary>
    public const string Admin = nameof(AccessRole.Admin);
}
