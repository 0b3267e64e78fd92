using System.CommandLine;
using System.CommandLine.Invocation;
using HccPipeline.Cli.Commands;
using HccPipeline.Cli.Hosting;
using HccPipeline.Cli.Output;
using HccPipeline.Cli.Stats;
using HccPipeline.FeatureWorker.Extraction;
using HccPipeline.FeatureWorker.Profiles;
using HccPipeline.FeatureWorker.Standalone;
using HccPipeline.ModelWorker.Scoring;
using HccPipeline.ModelWorker.Training;
using HccPipeline.Radiomics;
using HccPipeline.Reporting.Publication;
using Microsoft.Extensions.Options;

RootCommand root = new(
    """
    HccPipeline: DICOM studies of patients with hepatocellular carcinoma in, versioned response models and validation reports out.

    Start with:
      hcc demo                                      a synthetic registry of 78 patients, from DICOM to report
      hcc ingest /data/export --center BER          your own studies and clinical table
      hcc serve                                     workers, schedules, dashboard and API on http://127.0.0.1:5080

    Exit codes: 0 done, 1 done but something needs a person, 2 command not understood, 3 could not be done, 130 stopped.
    """)
{
    DemoCommand.Create(),
    SynthCommand.Create(),
    IngestCommand.Create(),
    ServeCommand.Create(),
    ClusterUpCommand.Create(),
    ClusterDownCommand.Create(),
    StatusCommand.Create(),
    RetryCommand.Create(),
    DismissCommand.Create(),
    FeaturesCommand.Create(),
    MapsCommand.Create(),
    ExtractCommand.Create(),
    CohortCommand.Create(),
    OutcomeCommand.Create(),
    PatientCommand.Create(),
    TrainCommand.Create(),
    ModelsCommand.Create(),
    PredictCommand.Create(),
    ReportCommand.Create(),
    LineageCommand.Create(),
    DriftMonitorCommand.Create(),
    AlertsCommand.Create(),
    AuditCommand.Create(),
    TokenCommand.Create(),
    StatsCommand.Create(),
    DoctorCommand.Create(),
};

BriefListing.Install(root);
ParseResult parse = root.Parse(args);
if (parse.Action is ParseErrorAction)
{
    foreach (var error in parse.Errors)
        Console.Error.WriteLine($"hcc: {error.Message}");
    Console.Error.WriteLine($"Try '{CommandNames.Of(parse.CommandResult)} --help'.");
    return ExitCodes.Usage;
}
try
{
    return await parse.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = StopLimits.Of(parse) });
}
catch (OperationCanceledException)
{
    Console.Error.WriteLine($"hcc: {StopLimits.Describe(parse)}");
    return ExitCodes.Cancelled;
}
catch (CliException e)
{
    Console.Error.WriteLine($"hcc: {e.Message}");
    return e.ExitCode;
}
catch (Exception e) when (e is ProfileException or ImageFileException or TrainingException or ScoringException or RegionException or BrickRejectedException or ReportException or OptionsValidationException)
{
    Console.Error.WriteLine($"hcc: {e.Message}");
    return ExitCodes.Failed;
}
catch (Exception e) when (Environment.GetEnvironmentVariable("HCC_TRACE") is null)
{
    // The database or the broker is away, a disk is full: one line for a person; the trace on request.
    Console.Error.WriteLine($"hcc: {e.GetBaseException().Message} ({e.GetType().Name}) 'hcc doctor' checks database, bus and folders; HCC_TRACE=1 shows where it happened.");
    return ExitCodes.Failed;
}
