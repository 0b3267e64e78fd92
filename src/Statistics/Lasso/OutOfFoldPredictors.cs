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
            double[] eta = new double[held.Sum(h => h.Rows.Length)];
            for (int fold = 0; fold < held.Length; fold++)
            {
                // An exact path knows its own points by number; its end stands for what lies beyond.
                LassoPath path = foldPaths[fold];
                double wanted = isExact ? path.Lambda[Math.Min(index, path.Lambda.Length - 1)] : lambda[index];
                double[] own = held[fold].LinearPredictors(path, [wanted], isExact: false)[0];
                for (int i = 0; i < own.Length; i++) eta[held[fold].Rows[i]] = own[i];
            }
            return eta;
        }
    }

    public IEnumerator<double[]> GetEnumerator() => Enumerable.Range(0, Count).Select(k => this[k]).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
