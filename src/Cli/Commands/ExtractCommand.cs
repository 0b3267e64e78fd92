using System.CommandLine;
using HccPipeline.Cli.Extract;
using HccPipeline.Cli.Output;
using HccPipeline.FeatureWorker.Profiles;
using HccPipeline.FeatureWorker.Standalone;

namespace HccPipeline.Cli.Commands;

/// <summary><c>hcc extract</c>: images and masks that the registry does not hold.</summary>
internal static class ExtractCommand
{
    private static readonly Option<string?> Image = new("--image") { Description = "DICOM folder of one series, DICOM file, .nii, .nii.gz, .nrrd or .nhdr.", HelpName = "PATH" };
    private static readonly Option<string?> MaskPath = new("--mask") { Description = "DICOM SEG or RTSTRUCT, .nii, .nii.gz, .nrrd or .nhdr.", HelpName = "PATH" };
    private static readonly Option<string?> Label = new("--label") { Description = "Number or name of the region in the mask (default: the only one).", HelpName = "N|NAME" };
    private static readonly Option<string?> Reference = new("--reference") { Description = "Number or name of the reference region, where the profile normalises by one.", HelpName = "N|NAME" };
    private static readonly Option<int?> Stack = new("--stack") { Description = "Which stack of a series that holds several of one place (contrast phases, b-values), from 1 on.", HelpName = "N" };
    private static readonly Option<bool> SameSpace = new("--same-space") { Description = "A NIfTI or NRRD mask on another grid lies in the image's space: resample it." };
    private static readonly Option<string?> Cases = new("--batch") { Description = "Table of many cases, with columns image, mask and, as wanted, case, label, reference, stack, same_space.", HelpName = "CASES.csv" };
    private static readonly Option<string?> Profile = new("--profile") { Description = $"Extraction profile or PyRadiomics parameter file, or one of {string.Join(", ", ProfileReader.Shipped)} (default: hcc-mr); its section for images applies.", HelpName = "FILE" };
    private static readonly Option<int> Threads = GlobalOptions.Threads("Threads for all cases together; where there are fewer cases, for the parts of a case (default: one per processor). The values do not depend on it.");
    private static readonly Option<string?> Output = new("--out") { Description = "Write to a file, .json, .csv or .parquet (default: JSON on standard output).", HelpName = "FILE" };

    private static readonly Option<bool> Voxel = new("--voxel") { Description = "Voxel maps of the region instead of its features: one NIfTI for each feature." };
    private static readonly Option<int?> KernelRadius = new("--kernel-radius") { Description = "Voxels to each side of a voxel whose surroundings are described, 1 to 7 (default: the profile's).", HelpName = "N" };
    private static readonly Option<string?> Features = new("--features") { Description = "Maps wanted, classes or features: glcm,firstorder_Mean (default: the profile's).", HelpName = "NAMES" };
    private static readonly Option<string?> Maps = new("--maps") { Description = "Folder for the maps.", HelpName = "DIR" };
    private static readonly Option<bool> Cluster = new("--cluster") { Description = "Let the workers of the registry's cluster compute the maps, and wait for them." };

    public static Command Create()
    {
        Command command = new(
            "extract",
            """
            Compute the features of a region of an image, or of many, or voxel maps of them. Nothing is needed but the files; with --cluster the
            workers of a registry compute the maps.

            JSON is an object of two: "features", a list of { name, value, unit, ibsi, tag }, and "provenance" (hashes of profile, image
            and mask, code version, grid before and after), so that no value is passed on without where it comes from. name is
            PyRadiomics', ibsi the code of the IBSI manual (empty where it has none), tag the name in IBSI's reference-value files with
            the aggregation. Of a batch, JSON is a list of such objects with case, image, mask, label and error.

            Examples:
              hcc extract --image study/t2 --mask study/seg.dcm --label Lesion
              hcc extract --image t2.nii.gz --mask lesion.nii.gz --profile pyradiomics-default --out features.csv
              hcc extract --batch cases.csv --profile ibsi-c --threads 4 --out features.parquet
              hcc extract --voxel --image t2.nii.gz --mask liver.nii.gz --features glcm,firstorder --kernel-radius 1 --maps maps
              hcc extract --voxel --cluster --data registry --image study/t2 --mask study/seg.dcm --label Lesion --maps maps
            """)
        {
            Image, MaskPath, Label, Reference, Stack, SameSpace, Cases, Profile, Threads, Output,
            Voxel, KernelRadius, Features, Maps, Cluster, GlobalOptions.Data,
        };
        command.SetAction((parse, ct) =>
            parse.GetValue(Voxel) ? VoxelAsync(parse, ct) : parse.GetValue(Cases) is { } table ? BatchAsync(parse, table, ct) : OneAsync(parse, ct));
        return command;
    }

    private static async Task<int> OneAsync(ParseResult parse, CancellationToken ct)
    {
        if (((Option[])[KernelRadius, Features, Maps, Cluster]).FirstOrDefault(o => parse.GetResult(o) is { Implicit: false }) is { } other)
            throw new CliException($"{other.Name} is for voxel maps: give --voxel too.", ExitCodes.Usage);
        RequireOutput(parse.GetValue(Output));
        ExtractionCase one = ReadCase(parse);
        HashedProfile profile = ReadProfile(parse);
        ParallelOptions parallel = Workers.Options(parse.GetValue(Threads), ct);
        ExtractionResult result = await Workers.RunAsync(parallel, () => StandaloneExtraction.Run(one, profile, parallel));
        await ExtractOutput.WriteAsync(parse.GetValue(Output), result, ct);
        return ExitCodes.Done;
    }

    private static async Task<int> BatchAsync(ParseResult parse, string table, CancellationToken ct)
    {
        if (((Option[])[Image, MaskPath, Label, Reference, Stack, SameSpace]).FirstOrDefault(o => parse.GetResult(o) is { Implicit: false }) is { } other)
            throw new CliException($"{other.Name} and --batch exclude each other: each case has its own in the table.", ExitCodes.Usage);
        string? path = parse.GetValue(Output);
        RequireOutput(path);
        HashedProfile profile = ReadProfile(parse);
        IReadOnlyList<ExtractionCase> cases = CaseTable.Read(table);
        int threads = parse.GetValue(Threads);
        IReadOnlyList<CaseOutcome> outcomes = [];
        // Without a file the values themselves are standard output.
        await new Stages(1, quiet: path is null).RunAsync("Extract", async progress =>
        {
            outcomes = await Batch.RunAsync(cases, profile, threads, progress, ct);
            return $"{outcomes.Count(o => o.Error is null)} of {outcomes.Count} cases";
        });
        await ExtractOutput.WriteAsync(path, outcomes, ct);
        foreach (CaseOutcome bad in outcomes.Where(o => o.Error is not null))
            await Console.Error.WriteLineAsync($"hcc: case {bad.Case}: {bad.Error}");
        return outcomes.Any(o => o.Error is not null) ? ExitCodes.NeedsAttention : ExitCodes.Done;
    }

    private static async Task<int> VoxelAsync(ParseResult parse, CancellationToken ct)
    {
        if (parse.GetValue(Cases) is not null)
            throw new CliException("--voxel and --batch exclude each other: give one image and mask.", ExitCodes.Usage);
        string? output = parse.GetValue(Output);
        if (output is not null && !output.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
            throw new CliException($"{output} is not .json: the summary of maps is a JSON document.", ExitCodes.Usage);
        VoxelRequest request = new()
        {
            Case = ReadCase(parse),
            Profile = VoxelRequest.Adapt(ReadProfile(parse), parse.GetValue(KernelRadius), parse.GetValue(Features)),
            Folder = parse.GetValue(Maps) ?? throw new CliException("Give --maps, the folder that the maps go to.", ExitCodes.Usage),
            Threads = parse.GetValue(Threads),
        };
        OutputProbe.RequireFile(output, Output);
        OutputProbe.RequireFolder(request.Folder, Maps);
        VoxelOutcome outcome = parse.GetValue(Cluster)
            ? await VoxelMapping.OnClusterAsync(request, GlobalOptions.OpenData(parse), ct)
            : await VoxelMapping.HereAsync(request, ct);
        await ExtractOutput.WriteAsync(output ?? Path.Combine(request.Folder, "maps.json"), outcome, ct);
        return ExitCodes.Done;
    }

    private static ExtractionCase ReadCase(ParseResult parse) =>
        parse.GetValue(Image) is { } image && parse.GetValue(MaskPath) is { } mask
            ? new(image, mask)
            {
                Label = parse.GetValue(Label), Reference = parse.GetValue(Reference), Stack = parse.GetValue(Stack), SameSpace = parse.GetValue(SameSpace),
            }
            : throw new CliException("Give --image and --mask, or --batch.", ExitCodes.Usage);

    private static void RequireOutput(string? path)
    {
        ExtractOutput.RequireKnown(path);
        OutputProbe.RequireFile(path, Output);
    }

    private static HashedProfile ReadProfile(ParseResult parse) =>
        parse.GetValue(Profile) is { } file ? ProfileReader.ReadFile(file) : ProfileReader.ReadDefault();
}
