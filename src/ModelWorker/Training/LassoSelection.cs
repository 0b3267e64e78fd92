using HccPipeline.Contracts.Models;
using HccPipeline.Statistics.Lasso;
using HccPipeline.Statistics.Linear;
using HccPipeline.Statistics.Missing;

namespace HccPipeline.ModelWorker.Training;

/// <summary>Which candidates the LASSO keeps.</summary>
/// <param name="Columns">0-based columns, ascending; empty when even λ.min keeps none.</param>
/// <param name="Index">Index on the path.</param>
/// <param name="Rule">Which λ was taken.</param>
/// <param name="CrossValidation">Path and cross-validation behind it.</param>
internal sealed record LassoSelection(int[] Columns, int Index, string Rule, CrossValidationResult CrossValidation)
{
    private const string OneSe = "lambda.1se";
    private const string Min = "lambda.min";

    /// <summary>Values of a table so large that the end of a path is worth sparing where nobody will see it.</summary>
    private const int LargeTable = 1_000_000;

    /// <summary>Cross-validates and selects at λ.1se; where that keeps nothing, at λ.min.</summary>
    /// <param name="x">Candidates, NaN where a value is missing.</param>
    /// <param name="y">Outcomes.</param>
    /// <param name="foldIds">Folds.</param>
    /// <param name="imputation">What fills missing values inside the folds; null where there are none.</param>
    /// <param name="ct">Stops between fits.</param>
    public static LassoSelection Run(DesignMatrix x, double[] y, int[] foldIds, IImputation? imputation, CancellationToken ct)
    {
        int threads = Environment.ProcessorCount;
        return Of(imputation is null
            ? LassoCrossValidation.Run(x, y, foldIds, LassoOptions.Default, CrossValidationLoss.Deviance, threads, ct)
            : ImputedCrossValidation.Run(x, y, foldIds, imputation, LassoOptions.Default, CrossValidationLoss.Deviance, threads, ct));
    }

    /// <summary>The same selection on one thread for who needs nothing else: of a large table, the paths may end behind the smallest loss.</summary>
    /// <param name="x">Candidates, NaN where a value is missing.</param>
    /// <param name="y">Outcomes.</param>
    /// <param name="foldIds">Folds.</param>
    /// <param name="imputation">What fills missing values inside the folds; null where there are none.</param>
    /// <param name="ct">Stops between fits.</param>
    /// <param name="workspace">Arrays of the selection before, used again.</param>
    public static LassoSelection Choose(DesignMatrix x, double[] y, int[] foldIds, IImputation? imputation, LassoWorkspace workspace, CancellationToken ct) =>
        Of((imputation, (long)x.RowCount * x.ColumnCount > LargeTable) switch
        {
            ({ } filled, _) => ImputedCrossValidation.Run(x, y, foldIds, filled, LassoOptions.Default, CrossValidationLoss.Deviance, 1, ct),
            (null, true) => LassoCrossValidation.RunToMinimum(x, y, foldIds, LassoOptions.Default, CrossValidationLoss.Deviance, 1, workspace, ct),
            (null, false) => LassoCrossValidation.Run(x, y, foldIds, LassoOptions.Default, CrossValidationLoss.Deviance, 1, ct),
        });

    private static LassoSelection Of(CrossValidationResult cv)
    {
        int[] at1Se = cv.Path.Coefficients[cv.Index1Se].Columns;
        return at1Se.Length > 0
            ? new(at1Se, cv.Index1Se, OneSe, cv)
            : new(cv.Path.Coefficients[cv.IndexMin].Columns, cv.IndexMin, Min, cv);
    }

    /// <summary>The selection as it is stored.</summary>
    public LassoDocument ToDocument(DesignMatrix x)
    {
        LassoPath path = CrossValidation.Path;
        SparseCoefficients kept = path.Coefficients[Index];
        double[][] standardized = [.. Enumerable.Range(0, x.ColumnCount).Select(_ => new double[path.Lambda.Length])];
        for (int k = 0; k < path.Lambda.Length; k++)
        {
            SparseCoefficients at = path.Coefficients[k];
            for (int i = 0; i < at.Columns.Length; i++)
                standardized[at.Columns[i]][k] = at.Values[i] * path.ColumnDeviations[at.Columns[i]];
        }
        return new LassoDocument
        {
            Lambda = path.Lambda,
            MeanDeviance = CrossValidation.MeanError,
            StandardError = CrossValidation.StandardError,
            LambdaMin = CrossValidation.LambdaMin,
            Lambda1Se = CrossValidation.Lambda1Se,
            Rule = Rule,
            Selected = [.. kept.Columns.Zip(kept.Values, (column, value) => new NamedValue(x.ColumnNames![column], value))],
            StandardizedPath = standardized,
        };
    }
}
