using System.Globalization;
using HccPipeline.Benchmarks;
using HccPipeline.Benchmarks.AgainstR;
using HccPipeline.Benchmarks.Cluster;
using HccPipeline.Benchmarks.Cohort;
using HccPipeline.Benchmarks.Dashboard;
using HccPipeline.Benchmarks.Document;
using HccPipeline.Benchmarks.Drift;
using HccPipeline.Benchmarks.Scaling;

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
    ["cohort"] => CohortSpeed.Run(10_000, 1_000),
    ["cohort", string patients, string features] => CohortSpeed.Run(Number(patients), Number(features)),
    ["cohort-fill", string folder, string patients, string imaging] => await CohortSpeed.FillAsync(folder, Number(patients), Number(imaging)),
    ["cohort-measure", string folder, _, string imaging] => await CohortSpeed.MeasureAsync(folder, Number(imaging)),
    ["drift", .. string[] registries] => InControl.Run(registries is [string n] ? Number(n) : 200, isRecorded),
    ["drift-features"] => FeatureLooks.Run(1_000, 8),
    ["drift-features", string features, string quarters] => FeatureLooks.Run(Number(features), Number(quarters)),
    ["radiomics"] => RadiomicsSpeed.Run(),
    ["voxel-maps", .. string[] files] => VoxelMapSpeed.Run(files),
    ["dashboard"] => await DashboardSpeed.RunAsync(),
    ["cluster-rate", .. string[] voxels] => await ClusterRate.RunAsync(voxels is [string n] ? Number(n) : 3_000_000, isRecorded ? Machine() : null),
    ["scaling"] => WriteScaling(),
    _ => Usage(),
};

static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

static int WriteDocument()
{
    File.WriteAllText(Path.Combine(Repository.Root, StatisticsDocument.Target), StatisticsDocument.Text(Repository.Root));
    return 0;
}

static int WriteScaling()
{
    File.WriteAllText(Path.Combine(Repository.Root, ScalingDocument.Target), ScalingDocument.Text(MeasuredCluster.Read(Repository.Root)));
    return 0;
}

// What else ran is told with the machine: under load a measurement says little.
static string Machine() =>
    $"{Environment.ProcessorCount} cores, {File.ReadLines("/proc/cpuinfo").FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim() ?? "unknown"}, "
    + $"load average {File.ReadAllText("/proc/loadavg").Split(' ')[0]} from other work at the start";

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
          cohort [N P]                     snapshot, training with nested cross-validation and report of N patients (10000) with P features (1000)
          drift [N]                        false alarms in N registries without drift, and how soon a changed scanner is seen
          drift-features [P Q]             one assessment of P features (1000) over Q quarters (8) of six centres
          dashboard                        time of every page at the server and in a browser over 20,000 studies and 200 versions
          radiomics                        107 features of 300,000 voxels, a batch on two threads, time and memory against voxels
          voxel-maps [IMAGE MASK]          feature maps: each class on a lesion, a whole liver, kernel radii; or of an NRRD image and mask
        A cluster on this machine; needs RabbitMQ and PostgreSQL:
          cluster-rate [VOXELS]            two workers against one, and what bus, SQL and blobs take of the time
        The documents:
          statistics-doc                   writes docs/statistics.md from the methods and the recorded measurements
          scaling                          writes docs/scaling.md: 1 to 256 nodes, calculated from what cluster-rate recorded
        With --record, a measurement goes into the records of the document.
        """);
    return 2;
}
