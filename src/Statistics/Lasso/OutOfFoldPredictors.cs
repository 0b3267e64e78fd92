using System.Collections;

namespace HccPipeline.Statistics.Lasso;

/// <summary>For each λ, the linear predictor of every row by the model of the folds without it, computed when it is asked for: kept
/// for all λ they would be as large as the data.</summary>
internal sealed class OutOfFoldPredictors(HeldOutRows[] held, LassoPath[] foldPaths, double[] lambda, bool isExact) : IReadOnlyList<double[]>
{
    public int Count => lambda.Length;

    public double[] this[int index]
    {
        get
        {
            FitBuffers buffers = new();
            double[] eta = new double[held.Sum(h => h.Rows.Length)];
            for (int fold = 0; fold < held.Length; fold++)
            {
                HeldOutPredictors predictors = new(held[fold], foldPaths[fold], buffers);
                ReadOnlySpan<double> own = isExact ? predictors.AtPoint(index) : predictors.At(lambda[index]);
                for (int i = 0; i < own.Length; i++) eta[held[fold].Rows[i]] = own[i];
                buffers.Reclaim();
            }
            return eta;
        }
    }

    public IEnumerator<double[]> GetEnumerator() => Enumerable.Range(0, Count).Select(k => this[k]).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
