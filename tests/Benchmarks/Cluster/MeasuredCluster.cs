using System.Text.Json;
using System.Text.Json.Serialization;

namespace HccPipeline.Benchmarks.Cluster;

/// <summary>What <c>cluster-rate</c> measured and <c>scaling</c> calculates with.</summary>
internal sealed record MeasuredCluster
{
    /// <summary>File of the record, from the root of the repository.</summary>
    public const string File = "tests/Benchmarks/Scaling/measured.json";

    private static readonly JsonSerializerOptions Options = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    /// <summary>The machine.</summary>
    public required string Machine { get; init; }

    /// <summary>One worker.</summary>
    public required MeasuredRun One { get; init; }

    /// <summary>Two workers.</summary>
    public required MeasuredRun Two { get; init; }

    /// <summary>Operations one at a time, on servers at rest.</summary>
    public required OperationCosts Operations { get; init; }

    public static MeasuredCluster Read(string root) =>
        JsonSerializer.Deserialize<MeasuredCluster>(System.IO.File.ReadAllText(Path.Combine(root, File)), Options) ?? throw new InvalidDataException($"{File} is empty.");

    public void Write(string root) => System.IO.File.WriteAllText(Path.Combine(root, File), JsonSerializer.Serialize(this, Options) + "\n");
}

/// <summary>A run of boxes on some workers of one thread each. Times in seconds.</summary>
internal sealed record MeasuredRun
{
    public required int Workers { get; init; }

    /// <summary>Voxels of the region.</summary>
    public required long Voxels { get; init; }

    /// <summary>Maps of each voxel.</summary>
    public required int Maps { get; init; }

    /// <summary>From the begin of the first brick to the end of the last.</summary>
    public required double Wall { get; init; }

    /// <summary>Time in maps, over all workers: in their bricks, less the object store.</summary>
    public required double Kernels { get; init; }

    /// <summary>Time waiting for the object store, over all workers; a part of it passes while the next brick is computed.</summary>
    public required double Blobs { get; init; }

    /// <summary>Time in which nothing was computed though there was work: bus, database and object store, over all workers.</summary>
    public required double Waiting { get; init; }

    /// <summary>Time at the end in which workers had nothing left to do.</summary>
    public required double Tail { get; init; }

    /// <summary>Bytes of maps that were written.</summary>
    public required double WrittenBytes { get; init; }

    /// <summary>Bytes of voxels that were read.</summary>
    public required double ReadBytes { get; init; }

    /// <summary>Processor time of the database server over that at rest, for a brick.</summary>
    public required double DatabaseProcessor { get; init; }

    /// <summary>Processor time of the broker over that at rest, for a brick.</summary>
    public required double BrokerProcessor { get; init; }

    /// <summary>Time in maps of each brick, in order of their index.</summary>
    public required IReadOnlyList<double> BrickSeconds { get; init; }

    /// <summary>Voxels a second.</summary>
    [JsonIgnore]
    public double Rate => Voxels / Wall;

    /// <summary>Share of the workers' time, less the end, that is not spent on maps.</summary>
    [JsonIgnore]
    public double Overhead => Waiting / (Kernels + Waiting);
}

/// <summary>Seconds that an operation takes, median, one at a time.</summary>
/// <param name="Find">A brick is looked up.</param>
/// <param name="Begin">A brick is marked as begun.</param>
/// <param name="Complete">A brick is closed, a transaction and a statement.</param>
/// <param name="Close">A run is asked whether it is done.</param>
/// <param name="ReleaseFew">Eight bricks are marked as requested, under the lock of all who release.</param>
/// <param name="ReleaseMany">512 of them.</param>
/// <param name="NothingToReleaseFew">Enough is requested, which is seen without the lock, with few bricks requested.</param>
/// <param name="NothingToReleaseMany">The same with many.</param>
/// <param name="Sweep">What a worker's sweeper asks when nothing is lost, with many bricks requested.</param>
/// <param name="Send">A message is sent and the quorum queue has confirmed it.</param>
/// <param name="Deliver">A message is sent and has come.</param>
internal sealed record OperationCosts(
    double Find, double Begin, double Complete, double Close, double ReleaseFew, double ReleaseMany,
    double NothingToReleaseFew, double NothingToReleaseMany, double Sweep, double Send, double Deliver)
{
    /// <summary>Bricks of a small and of a large release.</summary>
    public const int Few = 8, Many = 512;

    /// <summary>Bricks that are requested where few are, and where many are.</summary>
    public const int FewInFlight = 9 * Few, ManyInFlight = FewInFlight + 3 * Many;
}
