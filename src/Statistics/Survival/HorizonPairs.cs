using HccPipeline.Statistics.Discrimination;

namespace HccPipeline.Statistics.Survival;

/// <summary>Cases and controls at a horizon with the weights of the cases, and how the weighted AUC depends on each row.</summary>
internal sealed class HorizonPairs
{
    private readonly FollowUp _data;
    private readonly double[] _weight;
    private readonly double[] _placement;
    private readonly double _total;
    private readonly double[] _score;

    private HorizonPairs(FollowUp data, double[] score, double[] weight, int controls)
    {
        (_data, _score, _weight, Controls) = (data, score, weight, controls);
        int past = data.Length - controls;
        double[] beyond = score[past..];
        Array.Sort(beyond);
        _placement = new double[past];
        double concordant = 0;
        for (int i = 0; i < past; i++)
        {
            if (!data.IsEvent[i]) continue;
            Cases++;
            if (controls == 0) continue;
            _placement[i] = PlacementValues.ShareBelow(beyond, score[i]);
            _total += weight[i];
            concordant += weight[i] * _placement[i];
        }
        if (Cases > 0 && controls > 0) Auc = concordant / _total;
    }

    public int Cases { get; }

    public int Controls { get; }

    public int CensoredBefore => _placement.Length - Cases;

    /// <summary>Weighted share of pairs where the case scores higher; null without cases or controls.</summary>
    public double? Auc { get; }

    public static HorizonPairs At(FollowUp data, ReadOnlySpan<double> score, double horizon)
    {
        double[] sorted = new double[data.Length], weight = new double[data.Length];
        for (int i = 0; i < sorted.Length; i++) sorted[i] = score[data.Order[i]];
        double uncensored = 1;
        int at = 0;
        while (at < data.Length && data.Time[at] <= horizon)
        {
            (int events, int end) = AtOneTime(data, at);
            weight.AsSpan(at, events).Fill(1 / uncensored);
            int lost = end - at - events, atRisk = data.Length - at - events;
            if (lost > 0) uncensored *= (double)(atRisk - lost) / atRisk;
            at = end;
        }
        return new HorizonPairs(data, sorted, weight, data.Length - at);
    }

    /// <summary>Derivative of the AUC by the multiplicity of each row, in order of time: the infinitesimal jackknife. They add up to 0, and
    /// their squares to the variance.</summary>
    /// <remarks>A case counts by its own placement, a control by the weighted share of cases above it, and every row by what its being at
    /// risk of censoring, or censored, does to the weights of the cases that come later.</remarks>
    public double[] Influence()
    {
        double auc = Auc ?? throw new InvalidOperationException("Without cases or controls there is no AUC.");
        int past = _placement.Length;
        double[] influence = new double[_data.Length];
        for (int i = 0; i < past; i++)
            if (_data.IsEvent[i]) influence[i] = _weight[i] * (_placement[i] - auc) / _total;
        AddWeights(influence);
        AddControls(influence.AsSpan(past), auc);
        return influence;
    }

    // Must come while the influence holds the cases' own share: its tail sums say what later weights are worth.
    private void AddWeights(double[] influence)
    {
        int past = _placement.Length;
        double later = 0, atRiskSoFar = 0;
        for (int i = 0; i < past; i++) later += influence[i];
        for (int at = 0; at < past;)
        {
            (int events, int end) = AtOneTime(_data, at);
            for (int i = at; i < at + events; i++)
            {
                later -= influence[i];
                influence[i] -= atRiskSoFar;
            }
            int lost = end - at - events, atRisk = _data.Length - at - events;
            if (lost > 0)
            {
                double worth = later / (atRisk - lost);
                atRiskSoFar += worth * lost / atRisk;
                for (int i = at + events; i < end; i++) influence[i] = worth - atRiskSoFar;
            }
            at = end;
        }
        influence.AsSpan(past).Fill(-atRiskSoFar);
    }

    private void AddControls(Span<double> influence, double auc)
    {
        int past = _placement.Length;
        int[] cases = [.. Enumerable.Range(0, past).Where(i => _data.IsEvent[i])];
        double[] score = Array.ConvertAll(cases, i => _score[i]), weight = Array.ConvertAll(cases, i => _weight[i]);
        Array.Sort(score, weight);
        double[] upTo = new double[weight.Length + 1];
        for (int i = 0; i < weight.Length; i++) upTo[i + 1] = upTo[i] + weight[i];
        for (int j = 0; j < influence.Length; j++)
        {
            double s = _score[past + j];
            // Half of the ties on either side: the mean of the weight strictly above and the weight not below.
            double above = _total - ((upTo[FirstAbove(score, s)] + upTo[FirstAbove(score, Math.BitDecrement(s))]) / 2);
            influence[j] += ((above / _total) - auc) / Controls;
        }
    }

    private static int FirstAbove(double[] sorted, double value)
    {
        int low = 0, high = sorted.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (sorted[middle] <= value) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    private static (int Events, int End) AtOneTime(FollowUp data, int at)
    {
        int end = at, events = 0;
        for (; end < data.Length && data.Time[end] == data.Time[at]; end++)
            if (data.IsEvent[end]) events++;
        return (events, end);
    }
}
