using System.Globalization;
using HccPipeline.Benchmarks;
using HccPipeline.Benchmarks.AgainstR;
using HccPipeline.Benchmarks.Document;
using HccPipeline.Benchmarks.Drift;

// dotnet run -c Release --project tests/Benchmarks -- NAME [ARGUMENTS] [--record]
bool isRecorded = args.Contains("--record", StringComparer.Ordinal);
string? timings = isRecorded ? Path.Combine(Repository.Root, StatisticsDocument.Records, "timings.csv") : null;
return args.Where(a => a != "--record").ToArray() switch
{
    ["lasso", .. string[] cases] => LassoAgainstGlmnet.Run(cases, timings),
    ["discrimination-survival", .. string[] rows] => DiscriminationAndSurvival.Run(rows is [string n] ? Number(n) : 100_000, timings),
    ["optimism", .. string[] replicates] => OptimismSpeed.Run(replicates is [string n] ? Number(n) : 1000, timings),
    ["growth"] => LassoGrowth.Run(isRecorded ? Path.Combine(Repository.Root, StatisticsDocument.Records, "growth.csv") : null),
    ["growth-one", string rows, string columns, string what] => LassoGrowth.RunOne(Number(rows), Number(columns), what),
    ["statistics-doc"] => WriteDocument(),
    ["drift", .. string[] registries] => InControl.Run(registries is [string n] ? Number(n) : 200, isRecorded),
    ["radiomics"] => RadiomicsSpeed.Run(),
    ["voxel-maps", .. string[] files] => VoxelMapSpeed.Run(files),
    _ => Usage(),
};

static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

static int WriteDocument()
{
    File.WriteAllText(Path.Combine(Repository.Root, StatisticsDocument.Target), StatisticsDocument.Text(Repository.Root));
    return 0;
}

static int Usage()
{
    Console.Error.WriteLine(
        """
        Speed against other programs on the same data in one run:
          lasso [CASE…]                    LASSO against glmnet; needs Rscript with glmnet
          discrimination-survival [ROWS]   ROC with DeLong, Kaplan-Meier, Cox against pROC and survival; needs Rscript with both
        Alone:
          optimism [N]                     N bootstrap replicates of the whole LASSO process at n = 78, p = 60
          growth                           time and memory of a LASSO for growing rows and columns
          drift [N]                        false alarms in N registries without drift, and how soon a changed scanner is seen
          radiomics                        107 features of 300,000 voxels, a batch on two threads, time and memory against voxels
          voxel-maps [IMAGE MASK]          feature maps: each class on a lesion, a whole liver, kernel radii; or of an NRRD image and mask
        The document:
          statistics-doc                   writes docs/statistics.md from the methods and the recorded measurements
        With --record, a measurement goes into the records of the document.
        """);
    return 2;
}
