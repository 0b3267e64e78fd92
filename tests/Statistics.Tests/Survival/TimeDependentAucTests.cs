using CsCheck;
using HccPipeline.Statistics.Discrimination;
using HccPipeline.Statistics.Survival;
using Xunit;

namespace HccPipeline.Statistics.Tests.Survival;

public sealed class TimeDependentAucTests
{
    private const double Horizon = 3;

    /// <summary>Follow-up with many ties; cases, controls and a censoring before the horizon are there.</summary>
    private static readonly Gen<(double[] Time, double[] Status, double[] Score)> FollowUp =
        Gen.Select(Gen.Int[0, 12].Select(v => v / 2.0), Gen.Int[0, 1].Select(v => (double)v), Gen.Int[-4, 4].Select(v => (double)v)).Array[5, 40]
            .Select(rows => (
                rows.Select(r => r.Item1).Concat([2.25, 4.25, 1.25]).ToArray(),
                rows.Select(r => r.Item2).Concat([1, 1, 0]).ToArray(),
                rows.Select(r => r.Item3).Concat([1.5, -0.5, 0.25]).ToArray()));

    [Fact]
    public void At_AnyFollowUp_IsTheWeightedCountOfPairs() => FollowUp.Sample(d =>
    {
        double expected = Counted(d.Time, d.Status, d.Score, [.. d.Time.Select(_ => 1.0)]);
        Assert.Equal(expected, TimeDependentAuc.At(d.Time, d.Status, d.Score, Horizon).Auc!.Value, 1e-12);
    });

    /// <summary>What one row more or less does to the count of pairs, by brute force.</summary>
    [Fact]
    public void At_AnyFollowUp_ErrorIsTheInfinitesimalJackknife() => FollowUp.Sample(
        d =>
        {
            const double Step = 1e-5;
            int n = d.Time.Length;
            double squares = 0;
            for (int k = 0; k < n; k++)
            {
                double[] more = [.. Enumerable.Range(0, n).Select(i => i == k ? 1 + Step : 1)], less = [.. Enumerable.Range(0, n).Select(i => i == k ? 1 - Step : 1)];
                double slope = (Counted(d.Time, d.Status, d.Score, more) - Counted(d.Time, d.Status, d.Score, less)) / (2 * Step);
                squares += slope * slope;
            }
            Assert.Equal(Math.Sqrt(squares * n / (n - 1)), TimeDependentAuc.At(d.Time, d.Status, d.Score, Horizon).StandardError!.Value, 1e-8);
        },
        iter: 60);

    [Fact]
    public void At_NoCensoring_IsThePlainAucWithDeLongsVariance() => FollowUp.Sample(d =>
    {
        double[] y = [.. d.Time.Select(t => t <= Horizon ? 1.0 : 0)];
        int cases = (int)y.Sum(), controls = y.Length - cases;
        TimeDependentAuc auc = TimeDependentAuc.At(d.Time, [.. d.Time.Select(_ => 1.0)], d.Score, Horizon);
        Assert.Equal(RocCurve.Compute(d.Score, y).Auc, auc.Auc!.Value, 1e-12);
        double[] placement = PlacementValues.Compute(d.Score, y);
        double Squares(double of) => placement.Where((_, i) => y[i] == of).Sum(v => (v - auc.Auc.Value) * (v - auc.Auc.Value));
        double variance = (Squares(1) / cases / cases) + (Squares(0) / controls / controls);
        Assert.Equal(variance * y.Length / (y.Length - 1), auc.StandardError!.Value * auc.StandardError.Value, 1e-12);
    });

    /// <summary>riskRegression 2022.11.28, <c>Score(list(x1), Hist(time, status) ~ 1, metrics = "auc", cens.model = "km")</c>; its integral over
    /// the censoring differs from ours by terms of order 1/n².</summary>
    [Theory]
    [InlineData("survival/n78", 3.18, 0.5468906308324, 0.0697580492590352)]
    [InlineData("survival/n78", 4.8, 0.606318283002226, 0.0685852060146555)]
    [InlineData("survival/ties_n200", 4, 0.646677108972925, 0.0397782773885929)]
    [InlineData("survival/ties_n200", 6, 0.665215182753464, 0.04123363693521)]
    public void At_ReferenceCohort_IsThatOfRiskRegression(string name, double horizon, double auc, double error)
    {
        ReferenceCase reference = ReferenceCase.Open(name);
        TimeDependentAuc ours = TimeDependentAuc.At(reference.Column("time"), reference.Column("status"), reference.Column("x1"), horizon);
        Assert.Equal(auc, ours.Auc!.Value, 1e-12);
        Assert.Equal(1, ours.StandardError!.Value / error, 2e-4);
        double half = 1.959963984540054 * ours.StandardError.Value;
        Assert.Equal(ours.Auc.Value - half, ours.Lower!.Value, 1e-12);
        Assert.Equal(ours.Auc.Value + half, ours.Upper!.Value, 1e-12);
    }

    /// <summary>Exponential times with hazard 0.15·exp(s), s standard normal, censored at random: the true AUC comes from quadrature.</summary>
    [Fact]
    public void At_SimulatedCohorts_IntervalCoversTheTruthAsOftenAsItSays()
    {
        const int Cohorts = 600, Rows = 150;
        double truth = TrueAuc(0.15);
        Random random = new(12);
        int covered = 0;
        for (int c = 0; c < Cohorts; c++)
        {
            double[] score = [.. Enumerable.Range(0, Rows).Select(_ => Gauss(random))];
            double[] death = [.. score.Select(s => -Math.Log(1 - random.NextDouble()) / (0.15 * Math.Exp(s)))];
            double[] loss = [.. score.Select(_ => -Math.Log(1 - random.NextDouble()) / 0.12)];
            TimeDependentAuc auc = TimeDependentAuc.At(
                [.. death.Zip(loss, Math.Min)], [.. death.Zip(loss, (d, l) => d <= l ? 1.0 : 0)], score, Horizon);
            if (auc.Lower <= truth && truth <= auc.Upper) covered++;
        }
        // Standard error of the share: 0.009.
        Assert.Equal(0.95, covered / (double)Cohorts, 0.027);
    }

    [Fact]
    public void At_EveryCaseAboveEveryControl_HasNoError()
    {
        TimeDependentAuc auc = TimeDependentAuc.At([1, 2, 4, 5, 2.5], [1, 1, 0, 1, 0], [9, 8, 1, 2, 5], Horizon);
        Assert.Equal((1.0, 0.0, 1.0, 1.0), (auc.Auc!.Value, auc.StandardError!.Value, auc.Lower!.Value, auc.Upper!.Value));
    }

    /// <summary>The estimator from its definition, each row counting with its multiplicity.</summary>
    private static double Counted(double[] time, double[] status, double[] score, double[] multiplicity)
    {
        double Uncensored(double before)
        {
            double g = 1;
            foreach (double u in time.Where((t, i) => status[i] == 0 && t < before).Distinct())
            {
                double atRisk = multiplicity.Where((_, i) => time[i] > u || (time[i] == u && status[i] == 0)).Sum();
                double lost = multiplicity.Where((_, i) => time[i] == u && status[i] == 0).Sum();
                g *= 1 - (lost / atRisk);
            }
            return g;
        }

        double above = 0, total = 0;
        for (int i = 0; i < time.Length; i++)
        {
            if (time[i] > Horizon || status[i] == 0) continue;
            double w = multiplicity[i] / Uncensored(time[i]);
            for (int j = 0; j < time.Length; j++)
            {
                if (time[j] <= Horizon) continue;
                total += w * multiplicity[j];
                above += w * multiplicity[j] * (score[i] > score[j] ? 1 : score[i] == score[j] ? 0.5 : 0);
            }
        }
        return above / total;
    }

    private static double TrueAuc(double rate)
    {
        const double Step = 0.01;
        double cases = 0, controls = 0, concordant = 0;
        for (double s = -8; s <= 8; s += Step)
        {
            double density = Math.Exp(-s * s / 2), survival = Math.Exp(-rate * Horizon * Math.Exp(s));
            // The controls below a case, half of those where it is.
            controls += density * survival;
            cases += density * (1 - survival);
            concordant += density * (1 - survival) * (controls - (density * survival / 2));
        }
        return concordant / (cases * controls);
    }

    private static double Gauss(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
