using System.CommandLine;

namespace HccPipeline.Cli.Stats;

/// <summary><c>hcc stats</c>: the statistics of the pipeline on any CSV file, no database.</summary>
internal static class StatsCommand
{
    public static Command Create() => new(
        "stats",
        """
        Statistics on a CSV file, written as JSON with the names that R users know, in full precision.

        Examples:
          hcc stats lasso --data cohort.csv --outcome progression --exclude id --out lasso.json
          hcc stats roc --data predictions.csv --outcome progression --score p_combined p_clinical
          hcc stats survival --data cohort.csv --time pfs_months --status pfs_event --group high_risk
        """)
    {
        LassoCommand.Create(),
        LogisticCommand.Create(),
        RocCommand.Create(),
        CalibrationCommand.Create(),
        DecisionCurveCommand.Create(),
        SurvivalCommand.Create(),
        NomogramCommand.Create(),
        DriftCommand.Create(),
        AgreementCommand.Create(),
        Table1Command.Create(),
        SampleSizeCommand.Create(),
    };
}
