namespace HccPipeline.Contracts.Drift;

/// <summary>What an assessment declares and what it is computed with.</summary>
public sealed record DriftSettings
{
    /// <summary>Chance that a registry without any drift gets an action alert within four windows, all centres and all together counted.</summary>
    public double FalseActionRate { get; init; } = 0.05;

    /// <summary>Windows to a false alarm of one chart of one centre. Its run length in patients follows from how many a window has there.</summary>
    public double InControlWindows { get; init; } = 20;

    /// <summary>Weight of the newest patient in the EWMA chart.</summary>
    public double EwmaWeight { get; init; } = 0.05;

    /// <summary>Slack of the CUSUM chart, in standard deviations.</summary>
    public double CusumSlack { get; init; } = 0.25;

    /// <summary>Simulated runs behind each limit.</summary>
    public int ChartRuns { get; init; } = 2000;

    /// <summary>Patients of each class that a window needs before it is tested.</summary>
    public int MinimumPerClass { get; init; } = 8;

    /// <summary>Patients of each class that the first patients after a version must have to serve as its reference, where it has no held-out scores.</summary>
    public int ReferencePerClass { get; init; } = 30;

    /// <summary>Fall of the AUC that would matter.</summary>
    public double RelevantDrop { get; init; } = 0.15;

    /// <summary>Power against it from which a window without any sign may be called stable.</summary>
    public double TargetPower { get; init; } = 0.8;

    /// <summary>False discovery rate of the features of one window, all centres counted.</summary>
    public double FalseDiscoveryRate { get; init; } = 0.05;

    /// <summary>Permutations of a feature at most.</summary>
    public int Permutations { get; init; } = 9999;

    /// <summary>Patients that a centre needs on each side before a feature is compared; windows of fewer are looked at together.</summary>
    public int MinimumPerFeature { get; init; } = 5;

    /// <summary>Seed of limits and permutations.</summary>
    public long Seed { get; init; } = 1;
}
