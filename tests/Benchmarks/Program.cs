using HccPipeline.Benchmarks;

// dotnet run -c Release --project tests/Benchmarks -- NAME [ARGUMENTS]
return args.FirstOrDefault() switch
{
    "optimism" => OptimismSpeed.Run(args[1..]),
    "survival" => SurvivalAgainstR.Run(args[1..]),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("optimism [N]      N bootstrap replicates of the whole LASSO process at n = 78, p = 60.");
    Console.Error.WriteLine("survival [ROWS]   ROC, Kaplan-Meier, log-rank and Cox against R in one run; needs Rscript with pROC and survival.");
    return 2;
}
