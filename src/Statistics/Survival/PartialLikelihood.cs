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
        Array.Clear(Score);
        Array.Clear(Information);
        Array.Clear(_risk1);
        Array.Clear(_risk2);
        ReadOnlySpan<double> time = _data.Time;
        ReadOnlySpan<bool> isEvent = _data.IsEvent;
        double risk0 = 0;
        for (int end = time.Length - 1; end >= 0;)
        {
            double t = time[end], tied0 = 0;
            int start = end, deaths = 0;
            for (; start >= 0 && time[start] == t; start--)
            {
                ReadOnlySpan<double> row = _x.AsSpan(start * _p, _p);
                double eta = 0;
                for (int j = 0; j < row.Length; j++) eta += beta[j] * row[j];
                double w = Math.Exp(eta);
                if (!isEvent[start])
                {
                    risk0 += w;
                    Add(row, w, _risk1, _risk2);
                    continue;
                }
                deaths++;
                tied0 += w;
                Add(row, w, _tied1, _tied2);
                LogLikelihood += eta;
                for (int j = 0; j < row.Length; j++) Score[j] += row[j];
            }
            if (deaths > 0)
            {
                risk0 += tied0;
                AddTo(_risk1, _tied1);
                AddTo(_risk2, _tied2);
                for (int d = 0; d < deaths; d++)
                {
                    double share = _ties == TieMethod.Efron ? (double)d / deaths : 0;
                    Subtract(risk0 - (share * tied0), share);
                }
                Array.Clear(_tied1);
                Array.Clear(_tied2);
            }
            end = start;
        }
        for (int j = 0; j < _p; j++)
        {
            for (int k = 0; k < j; k++) Information[(k * _p) + j] = Information[(j * _p) + k];
        }
    }

    private static void Add(ReadOnlySpan<double> row, double w, Span<double> first, Span<double> second)
    {
        for (int j = 0; j < row.Length; j++)
        {
            double wx = w * row[j];
            first[j] += wx;
            Span<double> line = second.Slice(j * row.Length, j + 1);
            for (int k = 0; k < line.Length; k++) line[k] += wx * row[k];
        }
    }

    private static void AddTo(double[] total, double[] part)
    {
        for (int j = 0; j < total.Length; j++) total[j] += part[j];
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
