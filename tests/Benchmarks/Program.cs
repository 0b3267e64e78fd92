using HccPipeline.Benchmarks;

// dotnet run -c Release --project tests/Benchmarks -- NAME [ARGUMENTS]
return args.FirstOrDefault() switch
{
    "lasso" => LassoAgainstGlmnet.Run(args[1..]),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("lasso [CASE…]   LASSO against glmnet on the same data in one run; needs Rscript with glmnet.");
    return 2;
}
