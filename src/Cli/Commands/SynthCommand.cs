using System.CommandLine;
using HccPipeline.Cli.Output;
using HccPipeline.Cli.Synth;

namespace HccPipeline.Cli.Commands;

/// <summary><c>hcc synth</c>: a synthetic registry as DICOM files.</summary>
internal static class SynthCommand
{
    public static Command Create()
    {
        Option<string> output = new("--out") { Description = "Folder to write to.", HelpName = "DIR", Required = true };
        SynthArguments arguments = new();
        Command command = new(
            "synth",
            """
            Write a synthetic registry: real DICOM files (T2, DWI, ADC, segmentations) of two visits per patient, and clinical.csv.
            The cohort is drawn so that it resembles the study; no value comes from a patient. Writing it again changes nothing.

            Examples:
              hcc synth --out registry
              hcc synth --out small --patients 30 --centers 2 --matrix 64x64x16 --seed 7
              hcc synth --out drifting --drift-after 2023-06-30
            """)
        {
            output,
        };
        arguments.AddTo(command);
        command.SetAction(async (parse, ct) =>
        {
            string folder = parse.GetRequiredValue(output);
            await new Stages(1).RunAsync("Synthetic registry", progress => WriteAsync(arguments.Read(parse), folder, progress, ct));
            return ExitCodes.Done;
        });
        return command;
    }

    /// <returns>What there is to say about it.</returns>
    public static async Task<string> WriteAsync(SyntheticRegistryOptions options, string folder, IProgress<StageProgress> progress, CancellationToken ct)
    {
        try
        {
            SyntheticRegistryResult result = await SyntheticRegistry.WriteAsync(
                options, folder, new Relay<SyntheticRegistryProgress>(p => progress.Report(new(p.PatientsDone, p.Patients))), ct);
            string size = $"{result.Files} DICOM files, {result.Bytes / (1 << 20)} MiB";
            return result.AlreadyComplete ? $"there already: {size}" : $"{options.Patients} patients, {size}: {folder}";
        }
        catch (SyntheticRegistryException e)
        {
            throw new CliException(e.Message);
        }
    }
}
