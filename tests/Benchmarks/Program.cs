using System.Globalization;
using HccPipeline.Benchmarks;
using HccPipeline.Benchmarks.AgainstR;

// dotnet run -c Release --project tests/Benchmarks -- NAME [ARGUMENTS]
return args switch
{
    ["lasso", .. string[] cases] => LassoAgainstGlmnet.Run(cases),
    ["discrimination-survival", .. string[] rows] => DiscriminationAndSurvival.Run(rows is [string n] ? int.Parse(n, CultureInfo.InvariantCulture) : 100_000),
    ["optimism", .. string[] replicates] => OptimismSpeed.Run(replicates),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine(
        """
        Speed against other programs on the same data in one run:
          lasso [CASE…]                    LASSO against glmnet; needs Rscript with glmnet
          discrimination-survival [ROWS]   ROC with DeLong, Kaplan-Meier, Cox against pROC and survival; needs Rscript with both
        Alone:
          optimism [N]                     N bootstrap replicates of the whole LASSO process at n = 78, p = 60
        """);
    return 2;
}
