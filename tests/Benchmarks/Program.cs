using HccPipeline.Benchmarks;

// dotnet run -c Release --project tests/Benchmarks -- NAME [ARGUMENTS]
return args.FirstOrDefault() switch
{
    "lasso" => LassoAgainstGlmnet.Run(args[1..]),
    "survival" => SurvivalAgainstR.Run(args[1..]),
    "optimism" => OptimismSpeed.Run(args[1..]),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine(
        """
        lasso [CASE…]     Cross-validated LASSO and paths against glmnet in one run; needs Rscript with glmnet.
        survival [ROWS]   ROC, Kaplan-Meier, log-rank and Cox against R in one run; needs Rscript with pROC and survival.
        optimism [N]      N bootstrap replicates of the whole LASSO process at n = 78, p = 60.
        """);
    return 2;
}
