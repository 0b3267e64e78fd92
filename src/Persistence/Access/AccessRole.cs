namespace HccPipeline.Persistence.Access;

/// <summary>What the holder of a token may do; each role may do what those before it may.</summary>
public enum AccessRole
{
    /// <summary>Look.</summary>
    Viewer,

    /// <summary>Retry and dismiss what is in quarantine, ask for training and reports, acknowledge alerts.</summary>
    Operator,

    /// <summary>Approve model versions and roll back.</summary>
    Approver,

    /// <summary>Everything, schedules and tokens too.</summary>
    Admin,
}
