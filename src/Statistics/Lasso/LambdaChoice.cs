namespace HccPipeline.Statistics.Lasso;

/// <summary>λ.min and λ.1se.</summary>
internal static class LambdaChoice
{
    /// <summary>Indices of the largest λ with the best mean loss, and of the largest λ within one standard error of it.</summary>
    public static (int Min, int OneSe) Choose(double[] mean, double[] standardError, bool largerIsBetter)
    {
        double sign = largerIsBetter ? -1 : 1;
        int min = 0;
        for (int k = 1; k < mean.Length; k++)
            if (sign * mean[k] < sign * mean[min]) min = k;
        double bound = (sign * mean[min]) + standardError[min];
        int oneSe = 0;
        while (sign * mean[oneSe] > bound) oneSe++;
        return (min, oneSe);
    }
}
