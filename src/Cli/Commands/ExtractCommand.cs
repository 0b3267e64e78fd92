using System.CommandLine;
using HccPipeline.Cli.Output;
using HccPipeline.FeatureWorker.Extraction;
using HccPipeline.FeatureWorker.Profiles;
using HccPipeline.FeatureWorker.Standalone;
using HccPipeline.Imaging;
using HccPipeline.Radiomics;

namespace HccPipeline.Cli.Commands;

/// <summary><c>hcc extract</c>: one image, one mask, no database.</summary>
internal static class ExtractCommand
{
    public static Command Create()
    {
        Option<string> image = new("--image") { Description = "Folder of one DICOM series, DICOM file, .nii, .nii.gz or .nrrd.", HelpName = "PATH", Required = true };
        Option<string> mask = new("--mask") { Description = "DICOM SEG, .nii, .nii.gz or .nrrd on the image's grid.", HelpName = "PATH", Required = true };
        Option<string?> label = new("--label") { Description = "Segment number or name, or label value.", HelpName = "N|NAME" };
        Option<string?> profile = new("--profile") { Description = "Extraction profile (default: profiles/hcc-mr.yaml); its T2 section applies.", HelpName = "FILE" };
        Option<string?> output = new("--out") { Description = "Write to a file, .json or .csv (default: JSON on standard output).", HelpName = "FILE" };
        Command command = new(
            "extract",
            """
            Compute the features of one region of one image, as stored, without a database. Names are PyRadiomics'.

            Examples:
              hcc extract --image study/t2 --mask study/seg.dcm --label Lesion
              hcc extract --image t2.nii.gz --mask lesion.nii.gz --out features.csv
            """)
        {
            image, mask, label, profile, output,
        };
        command.SetAction(async (parse, ct) =>
        {
            HashedProfile choices = parse.GetValue(profile) is { } file ? ProfileReader.ReadFile(file) : ProfileReader.ReadDefault();
            LoadedImage loaded = ImageFiles.LoadImage(parse.GetRequiredValue(image));
            Volume<byte> region = ImageFiles.LoadMask(parse.GetRequiredValue(mask), parse.GetValue(label), loaded);
            IReadOnlyList<FeatureValue> values = RegionFeatures.Compute(loaded.Volume, region, choices);
            await WriteAsync(parse.GetValue(output), values, ct);
            return ExitCodes.Done;
        });
        return command;
    }

    private static async Task WriteAsync(string? path, IReadOnlyList<FeatureValue> values, CancellationToken ct)
    {
        switch (Path.GetExtension(path)?.ToLowerInvariant())
        {
            case null:
                Json.Print(values);
                break;
            case ".json":
                await File.WriteAllTextAsync(path!, Json.Text(values), ct);
                break;
            case ".csv":
                await FeatureCsv.WriteAsync(path!, values);
                break;
            default:
                throw new CliException($"{path} is neither .json nor .csv: the ending says which format to write.", ExitCodes.Usage);
        }
    }
}
