using System.ComponentModel.DataAnnotations;

namespace HccPipeline.FeatureWorker;

/// <summary>Section <c>FeatureWorker</c>.</summary>
public sealed class FeatureWorkerOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "FeatureWorker";

    /// <summary>Profile file; empty for the profile that ships with the program.</summary>
    public string Profile { get; set; } = "";

    /// <summary>Bricks computed at the same time by one process; 0 for one per processor.</summary>
    [Range(0, 1024)]
    public int Concurrency { get; set; }

    /// <summary>Most bricks of one priority that are requested at a time, over all workers; the others wait in the database. 0 for four
    /// times as many as the workers that are alive compute at the same time.</summary>
    [Range(0, 1_000_000)]
    public int MaxBricksInFlight { get; set; }

    /// <summary>Failures after which a brick goes to quarantine.</summary>
    [Range(1, 100)]
    public int MaxBrickFailures { get; set; } = 3;

    /// <summary>Deliveries of a brick whose end nobody hears of, after which it goes to quarantine.</summary>
    [Range(1, 1000)]
    public int MaxBrickStarts { get; set; } = 10;

    /// <summary>How often the sweeper looks for work that was recorded and never announced.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan SweepInterval { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Age at which a brick without an outcome is requested again.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "1.00:00:00")]
    public TimeSpan ResendAfter { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Bytes of decoded chunks of volumes that one process keeps for the next brick.</summary>
    [Range(0, long.MaxValue)]
    public long ChunkCacheBytes { get; set; } = 134_217_728;

    /// <summary>Bricks at the same time in this process.</summary>
    public int Slots => Concurrency > 0 ? Concurrency : Environment.ProcessorCount;
}
