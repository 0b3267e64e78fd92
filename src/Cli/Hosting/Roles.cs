namespace HccPipeline.Cli.Hosting;

/// <summary>The workers that a process plays.</summary>
[Flags]
internal enum Roles
{
    None = 0,
    Ingest = 1,
    Features = 2,
    Models = 4,
    Reporting = 8,
    All = Ingest | Features | Models | Reporting,
}
