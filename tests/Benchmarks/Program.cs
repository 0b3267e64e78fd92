using HccPipeline.Benchmarks.AgainstR;

// Speed of the statistics against R on this machine, in one run: Benchmarks [rows]
int rows = args.Length > 0 ? int.Parse(args[0], System.Globalization.CultureInfo.InvariantCulture) : 100_000;
return DiscriminationAndSurvival.Run(rows);
