using HccPipeline.Statistics.Linear;

namespace HccPipeline.Statistics.Lasso;

/// <summary>The decreasing λ sequence of a path.</summary>
internal static class LambdaSequence
{
    /// <summary>The given sequence, sorted, or λ_k = λ₁·r^((k−1)/(K−1)).</summary>
    /// <param name="problem">Options and the number of rows, which decides r.</param>
    /// <param name="largest">λ₁: the smallest λ at which no penalised column is in the model.</param>
    /// <exception cref="UnusableDataException">No column can enter the model, so that there is no λ₁.</exception>
    public static double[] For(LassoProblem problem, double largest)
    {
        LassoOptions options = problem.Options;
        if (options.Lambda is { } given)
        {
            double[] sorted = [.. given];
            Array.Sort(sorted, (a, b) => b.CompareTo(a));
            return sorted;
        }
        if (!(largest > 0))
            throw new UnusableDataException("No penalised column varies and is related to the outcome: there is no largest λ. Give a λ sequence.");
        double ratio = options.LambdaMinRatio ?? (problem.TrainingRows < problem.X.ColumnCount ? 0.01 : 1e-4);
        double[] lambda = new double[options.LambdaCount];
        for (int k = 0; k < lambda.Length; k++)
            lambda[k] = k == 0 ? largest : largest * Math.Pow(ratio, (double)k / (lambda.Length - 1));
        return lambda;
    }
}
