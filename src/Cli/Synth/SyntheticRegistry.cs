using System.Text.Json;

namespace HccPipeline.Cli.Synth;

/// <summary>Writes a synthetic registry: DICOM files of both visits of every patient, the clinical table, and the truth.</summary>
public static class SyntheticRegistry
{
    /// <summary>The clinical table, at the top of the output.</summary>
    public const string ClinicalFile = "clinical.csv";

    /// <summary>The planned values, at the top of the output; for checking, not for the pipeline, whose ingest passes over names with a dot in front.</summary>
    public const string TruthFile = ".truth.csv";

    /// <summary>Says with which options an output was written; written last, so that its presence means that all is there.</summary>
    public const string MarkerFile = ".synthetic-registry.json";

    // Raised whenever equal options give other bytes than before.
    private const int FormatVersion = 1;

    /// <summary>Writes a registry, or leaves a complete one with the same options as it is. A run that was cut off is started again;
    /// its files are replaced by the same bytes.</summary>
    /// <param name="options">What to write.</param>
    /// <param name="directory">Folder to write to; made where it is missing.</param>
    /// <param name="progress">Told after each patient; may be null.</param>
    /// <param name="cancellation">Stops between series.</param>
    /// <exception cref="SyntheticRegistryException">The folder holds a registry with other options.</exception>
    /// <exception cref="ArgumentException">An option is outside its range.</exception>
    public static Task<SyntheticRegistryResult> WriteAsync(
        SyntheticRegistryOptions options, string directory, IProgress<SyntheticRegistryProgress>? progress = null, CancellationToken cancellation = default) =>
        WriteAsync(options, directory, progress, Environment.ProcessorCount, cancellation);

    /// <summary>The same with a number of patients that are made at the same time, which does not change a byte.</summary>
    internal static async Task<SyntheticRegistryResult> WriteAsync(
        SyntheticRegistryOptions options, string directory, IProgress<SyntheticRegistryProgress>? progress, int atOnce, CancellationToken cancellation)
    {
        options.Validate();
        string markerPath = Path.Combine(directory, MarkerFile);
        if (await ReadMarkerAsync(markerPath, cancellation) is { } marker)
        {
            return marker.FormatVersion == FormatVersion && marker.Options == options
                ? new(AlreadyComplete: true, marker.Files, marker.Bytes)
                : throw new SyntheticRegistryException(
                    $"{directory} holds a synthetic registry that was made with other options; choose another folder or remove it.");
        }

        CohortPlan plan = CohortPlan.Create(options);
        Directory.CreateDirectory(directory);
        TextureTile tile = new(options.Seed);
        RegistryUids uids = new(options);
        int files = 0, done = 0;
        long bytes = 0;
        ParallelOptions parallel = new() { CancellationToken = cancellation, MaxDegreeOfParallelism = atOnce };
        await Parallel.ForEachAsync(plan.Patients, parallel, (patient, stop) =>
        {
            (int patientFiles, long patientBytes) = WritePatient(options, patient, tile, uids, directory, stop);
            int allFiles = Interlocked.Add(ref files, patientFiles);
            long allBytes = Interlocked.Add(ref bytes, patientBytes);
            progress?.Report(new(Interlocked.Increment(ref done), plan.Patients.Count, allFiles, allBytes));
            return ValueTask.CompletedTask;
        });
        await File.WriteAllTextAsync(Path.Combine(directory, ClinicalFile), RegistryTables.Clinical(plan), cancellation);
        await File.WriteAllTextAsync(Path.Combine(directory, TruthFile), RegistryTables.Truth(plan, options), cancellation);
        await WriteMarkerAsync(markerPath, new(FormatVersion, options, files, bytes), cancellation);
        return new(AlreadyComplete: false, files, bytes);
    }

    private static (int Files, long Bytes) WritePatient(
        SyntheticRegistryOptions options, PatientPlan patient, TextureTile tile, RegistryUids uids, string directory, CancellationToken stop)
    {
        PhantomAnatomy anatomy = new(tile, options.Seed, patient.Index);
        string folder = Path.Combine(directory, patient.Center, patient.PatientId);
        (int Files, long Bytes) total = default;
        for (int visit = 0; visit < 2; visit++)
        {
            stop.ThrowIfCancellationRequested();
            VisitPlan plan = visit == 0 ? patient.Pre : patient.Post;
            ScannerProfile scanner = ScannerFleet.Of(options, patient.CenterIndex, plan.Date);
            RandomSource random = new((ulong)options.Seed, RandomPurpose.Visit, 2 * patient.Index + visit);
            VisitImages images = VisitRenderer.Render(tile, anatomy, plan, scanner, random);
            (int files, long bytes) = new VisitFiles(patient, plan, scanner, uids, folder).Write(images, stop);
            total = (total.Files + files, total.Bytes + bytes);
        }
        return total;
    }

    private static async Task<Marker?> ReadMarkerAsync(string path, CancellationToken cancellation)
    {
        if (!File.Exists(path))
            return null;
        try
        {
            await using FileStream stream = File.OpenRead(path);
            return await JsonSerializer.DeserializeAsync<Marker>(stream, cancellationToken: cancellation);
        }
        catch (JsonException)
        {
            throw new SyntheticRegistryException($"{path} can't be read; remove the folder and make the registry again.");
        }
    }

    private static async Task WriteMarkerAsync(string path, Marker marker, CancellationToken cancellation)
    {
        string part = path + ".part";
        await File.WriteAllTextAsync(part, JsonSerializer.Serialize(marker), cancellation);
        File.Move(part, path, overwrite: true);
    }

    private sealed record Marker(int FormatVersion, SyntheticRegistryOptions Options, int Files, long Bytes);
}
