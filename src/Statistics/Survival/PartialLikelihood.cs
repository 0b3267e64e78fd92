namespace HccPipeline.Statistics.Survival;

/// <summary>Log partial likelihood, score and information of a Cox model at given coefficients, in one backward pass over sorted rows.</summary>
internal sealed class PartialLikelihood
{
    private readonly FollowUp _data;
    private readonly double[] _x;
    private readonly int _p;
    private readonly TieMethod _ties;
    private readonly double[] _risk1;
    private readonly double[] _risk2;
    private readonly double[] _tied1;
    private readonly double[] _tied2;
    private readonly double[] _mean;

    /// <param name="data">Sorted follow-up.</param>
    /// <param name="x">Covariates in sorted row order, n × p, row-major, centred.</param>
    /// <param name="p">Covariates.</param>
    /// <param name="ties">Handling of ties.</param>
    public PartialLikelihood(FollowUp data, double[] x, int p, TieMethod ties)
    {
        (_data, _x, _p, _ties) = (data, x, p, ties);
        (_risk1, _tied1, _mean, Score) = (new double[p], new double[p], new double[p], new double[p]);
        (_risk2, _tied2, Information) = (new double[p * p], new double[p * p], new double[p * p]);
    }

    public double LogLikelihood { get; private set; }

    public double[] Score { get; }

    /// <summary>Observed information, p × p, both triangles.</summary>
    public double[] Information { get; }

    public void Evaluate(ReadOnlySpan<double> beta)
    {
        LogLikelihood = 0;
        double risk0 = 0;
        foreach (double[] sums in new[] { Score, Information, _risk1, _risk2 }) Array.Clear(sums);
        for (int end = _data.Length - 1; end >= 0;)
        {
            double t = _data.Time[end];
            int start = end, deaths = 0;
            double tied0 = 0;
            Array.Clear(_tied1);
            Array.Clear(_tied2);
            for (; start >= 0 && _data.Time[start] == t; start--)
            {
                ReadOnlySpan<double> row = _x.AsSpan(start * _p, _p);
                double eta = 0;
                for (int j = 0; j < _p; j++) eta += beta[j] * row[j];
                double w = Math.Exp(eta);
                risk0 += w;
                Add(row, w, _risk1, _risk2);
                if (!_data.IsEvent[start]) continue;
                deaths++;
                tied0 += w;
                Add(row, w, _tied1, _tied2);
                LogLikelihood += eta;
                for (int j = 0; j < _p; j++) Score[j] += row[j];
            }
            for (int d = 0; d < deaths; d++)
            {
                double share = _ties == TieMethod.Efron ? (double)d / deaths : 0;
                Subtract(risk0 - (share * tied0), share);
            }
            end = start;
        }
        for (int j = 0; j < _p; j++)
        {
            for (int k = 0; k < j; k++) Information[(k * _p) + j] = Information[(j * _p) + k];
        }
    }

    private void Add(ReadOnlySpan<double> row, double w, double[] first, double[] second)
    {
        for (int j = 0; j < row.Length; j++)
        {
            double wx = w * row[j];
            first[j] += wx;
            for (int k = 0; k <= j; k++) second[(j * _p) + k] += wx * row[k];
        }
    }

    // One death: its log risk total, mean covariate and covariance leave the likelihood, score and information.
    private void Subtract(double total, double share)
    {
        LogLikelihood -= Math.Log(total);
        for (int j = 0; j < _p; j++)
        {
            _mean[j] = (_risk1[j] - (share * _tied1[j])) / total;
            Score[j] -= _mean[j];
            for (int k = 0; k <= j; k++)
            {
                int at = (j * _p) + k;
                Information[at] += ((_risk2[at] - (share * _tied2[at])) / total) - (_mean[j] * _mean[k]);
            }
        }
    }
}
