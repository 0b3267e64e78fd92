using System.CommandLine;
using System.Globalization;
using HccPipeline.Cli.Hosting;
using HccPipeline.Cli.Output;
using HccPipeline.FeatureWorker.Maps;
using HccPipeline.Persistence.Runs;

namespace HccPipeline.Cli.Commands;

/// <summary><c>hcc maps</c>: voxel maps that are in the registry.</summary>
internal static class MapsCommand
{
    /// <summary>Letters of a run's key that people see.</summary>
    public const int ShortKey = 12;

    public static Command Create() => new("maps", "List, export and delete voxel maps of the registry's runs.") { List(), Export(), MapsDeleteCommand.Create() };

    private static Command List()
    {
        Argument<string?> which = new("which") { Description = "Run or its beginning, Study Instance UID, or pseudonym (default: all).", Arity = ArgumentArity.ZeroOrOne };
        Command command = new(
            "list",
            """
            List the runs that have voxel maps; of a single run also its maps, by name.

            Examples:
              hcc maps list                      every run with maps
              hcc maps list 3f1c09ab22d7         one run, and the names of its maps
              hcc maps list 2.25.1234 --json     the runs of a study
            """)
        {
            which, GlobalOptions.AsJson, GlobalOptions.Data,
        };
        command.SetAction(async (parse, ct) =>
        {
            await using RegistrySession session = await RegistrySession.OpenAsync(GlobalOptions.OpenData(parse), Roles.None, ct);
            IReadOnlyList<MapRun> runs = await FindAsync(session, parse.GetValue(which), ct);
            IReadOnlyList<SeriesMaps>? maps = runs.Count == 1 ? await session.Get<StoredMaps>().FindAsync(runs[0].RunId, ct) : null;
            if (parse.GetValue(GlobalOptions.AsJson))
                Json.Print(runs.Select(r => Describe(r, maps)));
            else
                Print(runs, maps);
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command Export()
    {
        Argument<string> which = new("run") { Description = "Key of the run or its beginning, as 'hcc maps list' shows it." };
        Option<string> format = new("--format") { Description = "nifti: float64, one .nii.gz a map; dicom: Parametric Map objects of the region's slices, float32, NaN outside the region.", DefaultValueFactory = _ => "nifti" };
        format.AcceptOnlyFromAmong("nifti", "dicom");
        Option<string> output = new("--out") { Description = "Folder for the maps.", HelpName = "DIR", Required = true };
        Option<int> threads = GlobalOptions.Threads("Files written at the same time (default: one per processor).");
        Command command = new(
            "export",
            """
            Write the voxel maps of a run as files, one a map, named by sequence, image type and feature, with maps.json: the mean, SD,
            percentiles and entropy of each over the region. They lie on the grid of their series; where the profile resamples, on
            the resampled grid around the region. DICOM objects hold the slices that the region touches; they name their source images, what
            they measure (IBSI's code where there is one) and the unit (UCUM); the same run gives the same objects.

            Examples:
              hcc maps export 3f1c09ab22d7 --out maps
              hcc maps export 3f1c09ab22d7 --format dicom --out maps
            """)
        {
            which, format, output, threads, GlobalOptions.Data,
        };
        command.SetAction(async (parse, ct) =>
        {
            OutputProbe.RequireFolder(parse.GetRequiredValue(output), output);
            await using RegistrySession session = await RegistrySession.OpenAsync(GlobalOptions.OpenData(parse), Roles.None, ct);
            MapRun run = Single(await FindAsync(session, parse.GetRequiredValue(which), ct), parse.GetRequiredValue(which));
            MapFormat chosen = parse.GetRequiredValue(format) == "dicom" ? MapFormat.Dicom : MapFormat.Nifti;
            await ExportAsync(session, run, chosen, parse.GetRequiredValue(output), parse.GetValue(threads), ct);
            return ExitCodes.Done;
        });
        return command;
    }

    private static async Task ExportAsync(RegistrySession session, MapRun run, MapFormat format, string folder, int threads, CancellationToken ct)
    {
        string key = run.RunId[..ShortKey];
        if (run.StudyUid is null)
            throw new CliException($"Run {key} was computed from files that the registry does not hold. 'hcc extract --voxel --cluster' with the same files writes its maps, without computing them again.");
        IReadOnlyList<SeriesMaps> maps = await session.Get<StoredMaps>().FindAsync(run.RunId, ct);
        if (maps.Any(m => !m.IsRejected))
        {
            foreach (SeriesMaps none in maps.Where(m => m.IsRejected))
                await Console.Error.WriteLineAsync($"No maps of {none.Sequence}: {none.Problem}");
            maps = [.. maps.Where(m => !m.IsRejected)];
        }
        if (maps.FirstOrDefault(m => m.Problem is not null) is { } open)
            throw new CliException($"The maps of {open.Sequence} in run {key} are not complete: {open.Problem}. 'hcc status' shows what is going on, 'hcc retry' puts bricks in quarantine back.");
        int all = maps.Sum(m => m.Names.Count);
        List<MapFile> files = [];
        await new Stages(1).RunAsync("Write", async progress =>
        {
            int written = 0;
            foreach (SeriesMaps series in maps)
                files.AddRange(await session.Get<MapExport>().WriteAsync(run, series, format, folder, threads, () => progress.Report(new(Interlocked.Increment(ref written), all)), ct));
            return $"{all} maps: {folder}";
        });
        await File.WriteAllTextAsync(Path.Combine(folder, "maps.json"), Json.Text(new { run.RunId, run.StudyUid, run.ProfileSha256, Maps = files }) + "\n", ct);
    }

    /// <exception cref="CliException">What was given stands for several runs.</exception>
    public static MapRun Single(IReadOnlyList<MapRun> runs, string which) => runs.Count == 1
        ? runs[0]
        : throw new CliException($"{which} stands for {runs.Count} runs: {string.Join(", ", runs.Select(r => r.RunId[..ShortKey]))}. Give one of them.");

    /// <exception cref="CliException">There is none.</exception>
    public static async Task<IReadOnlyList<MapRun>> FindAsync(RegistrySession session, string? which, CancellationToken ct)
    {
        IReadOnlyList<MapRun> runs = await session.Get<MapRunReader>().ListAsync(which, ct);
        return runs.Count > 0 ? runs : throw new CliException(which is null
            ? "No run has voxel maps. The profile's section 'voxel' says which maps each study gets."
            : $"No run with voxel maps is named {which}, nor has a study of this UID or pseudonym one; 'hcc maps list' shows all.");
    }

    private static object Describe(MapRun run, IReadOnlyList<SeriesMaps>? maps) => new
    {
        run.RunId, run.StudyUid, run.Pseudonym, run.Visit, run.ProfileSha256, Superseded = run.Superseded != 0, Done = run.CompletedMs is not null,
        run.Boxes, run.BoxesDone, run.Voxels, Maps = maps?.Select(m => new { m.Sequence, m.Problem, m.Names }),
    };

    private static void Print(IReadOnlyList<MapRun> runs, IReadOnlyList<SeriesMaps>? maps)
    {
        Console.WriteLine($"{"run",-ShortKey}  {"patient",-20}  {"visit",-13}  {"voxels",9}  {"bricks",9}  state");
        foreach (MapRun run in runs)
        {
            string bricks = string.Create(CultureInfo.InvariantCulture, $"{run.BoxesDone}/{run.Boxes}");
            string state = run.Superseded != 0 ? "superseded" : run.CompletedMs is null ? "open" : "done";
            Console.WriteLine($"{run.RunId[..ShortKey]}  {run.Pseudonym ?? "(files)",-20}  {run.Visit ?? "",-13}  {run.Voxels,9}  {bricks,9}  {state}");
        }
        foreach (SeriesMaps series in maps ?? [])
        {
            if (series.Problem is not null)
                Console.WriteLine($"{series.Sequence}: {series.Problem}");
            foreach (string name in series.Names)
                Console.WriteLine($"  {name}");
        }
    }
}
