namespace HccPipeline.Architecture.Tests;

/// <summary>A project under <c>src</c> as it may be: whom it may know, and which packages it may use.</summary>
/// <param name="Name">Folder and project.</param>
/// <param name="MayKnow">Rooms that it may refer to.</param>
/// <param name="MayUse">Packages that it may refer to; null for any.</param>
internal sealed record Room(string Name, string[] MayKnow, string[]? MayUse)
{
    private static readonly string[] WorkerDoors = ["Hosting", "Persistence", "Contracts", "Dicom", "Imaging", "Radiomics", "Statistics"];

    /// <summary>The house of docs/architecture.md.</summary>
    public static readonly Room[] House =
    [
        new("Contracts", [], []),
        new("Imaging", [], []),
        new("Statistics", [], ["MathNet.Numerics"]),
        new("Radiomics", ["Imaging"], []),
        new("Dicom", ["Imaging"], ["fo-dicom"]),
        new("Persistence", ["Contracts"], null),
        new("Hosting", ["Contracts"], null),
        new("Ingest", WorkerDoors, null),
        new("FeatureWorker", WorkerDoors, null),
        new("ModelWorker", WorkerDoors, null),
        new("Reporting", WorkerDoors, null),
        new("Cli", [.. WorkerDoors, "Ingest", "FeatureWorker", "ModelWorker", "Reporting"], null),
    ];

    /// <summary>Rooms that compute and nothing else: no log, clock, SQL, bus, network or service container.</summary>
    public static readonly string[] Pure = ["Contracts", "Imaging", "Radiomics", "Statistics"];

    public static Room Of(string name) => House.Single(r => r.Name == name);
}
