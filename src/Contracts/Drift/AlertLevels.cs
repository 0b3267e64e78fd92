namespace HccPipeline.Contracts.Drift;

/// <summary>The ladder of alerts, lowest first.</summary>
public static class AlertLevels
{
    /// <summary>Patients or scanners are others than before; the model may do as well.</summary>
    public const string Information = "information";

    /// <summary>One sign that the model does worse.</summary>
    public const string Watch = "watch";

    /// <summary>Signs that confirm one another; false ones come at the declared rate.</summary>
    public const string Action = "action";

    /// <summary>Action, and an earlier version does better on the same patients.</summary>
    public const string RollbackProposal = "rollback-proposal";

    /// <summary>All, lowest first.</summary>
    public static IReadOnlyList<string> Ladder { get; } = [Information, Watch, Action, RollbackProposal];

    /// <returns>Place on the ladder, from 0; −1 for a word that is none of its.</returns>
    public static int Rank(string? level)
    {
        for (int i = 0; i < Ladder.Count; i++)
            if (Ladder[i] == level) return i;
        return -1;
    }
}

/// <summary>Where an alert stands.</summary>
public static class AlertStates
{
    /// <summary>Nobody has looked at it.</summary>
    public const string Open = "open";

    /// <summary>Somebody has, and works on it.</summary>
    public const string Acknowledged = "acknowledged";

    /// <summary>Done.</summary>
    public const string Closed = "closed";
}
