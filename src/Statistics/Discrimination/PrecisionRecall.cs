using System.Collections.Immutable;

namespace HccPipeline.Statistics.Discrimination;

/// <summary>One point of a precision–recall curve.</summary>
/// <param name="Threshold">Rows at or above this score are positive.</param>
/// <param name="Recall">Cases found over cases (sensitivity).</param>
/// <param name="Precision">Cases found over rows called positive (positive predictive value).</param>
public readonly record struct PrecisionRecallPoint(double Threshold, double Recall, double Precision);

/// <summary>Precision–recall curve.</summary>
/// <param name="Points">One point per distinct score, from the highest down: recall ascends.</param>
/// <param name="AveragePrecision">Σ (recallₖ − recallₖ₋₁) · precisionₖ: the area under the step curve, without interpolation between points,
/// which would be too optimistic (Davis and Goadrich, ICML 2006).</param>
/// <param name="Prevalence">Share of cases: the average precision of a random score.</param>
public sealed record PrecisionRecall(ImmutableArray<PrecisionRecallPoint> Points, double AveragePrecision, double Prevalence)
{
    /// <summary>Builds the curve in O(n log n).</summary>
    /// <param name="scores">Finite scores.</param>
    /// <param name="y">Outcomes, 1 or 0; both present.</param>
    /// <exception cref="ArgumentException">Lengths differ, a value is not finite or not 0/1 (row named), or one class is absent.</exception>
    public static PrecisionRecall Compute(ReadOnlySpan<double> scores, ReadOnlySpan<double> y)
    {
        ScoreGroups groups = ScoreGroups.From(scores, y);
        ImmutableArray<PrecisionRecallPoint>.Builder points = ImmutableArray.CreateBuilder<PrecisionRecallPoint>(groups.Score.Length);
        double average = 0;
        int found = 0, called = 0;
        for (int g = groups.Score.Length - 1; g >= 0; g--)
        {
            found += groups.Cases[g];
            called += groups.Cases[g] + groups.Controls[g];
            double precision = (double)found / called;
            average += precision * groups.Cases[g] / groups.CaseTotal;
            points.Add(new PrecisionRecallPoint(groups.Score[g], (double)found / groups.CaseTotal, precision));
        }
        return new PrecisionRecall(points.MoveToImmutable(), average, (double)groups.CaseTotal / scores.Length);
    }
}
