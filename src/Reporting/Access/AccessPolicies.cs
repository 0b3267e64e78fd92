using HccPipeline.Persistence.Access;

namespace HccPipeline.Reporting.Access;

/// <summary>Names of the policies: at least this role.</summary>
public static class AccessPolicies
{
    /// <summary>May look.</summary>
    public const string Viewer = nameof(AccessRole.Viewer);

    /// <summary>May retry and dismiss, ask for training and reports.</summary>
    public const string Operator = nameof(AccessRole.Operator);

    /// <summary>May approve and roll back.</summary>
    public const string Approver = nameof(AccessRole.Approver);

    /// <summary>May do everything.</summary>
    public const string Admin = nameof(AccessRole.Admin);
}
