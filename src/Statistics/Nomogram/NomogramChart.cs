using System.Collections.Immutable;
using HccPipeline.Statistics.Numerics;

namespace HccPipeline.Statistics.Nomogram;

/// <summary>One predictor of the model behind a nomogram.</summary>
/// <param name="Name">Name on the axis.</param>
/// <param name="Coefficient">Log odds per unit of the predictor; finite.</param>
/// <param name="Minimum">Smallest value to cover; finite.</param>
/// <param name="Maximum">Largest value to cover; finite, at least the smallest.</param>
public sealed record NomogramPredictor(string Name, double Coefficient, double Minimum, double Maximum);

/// <summary>The axis of one predictor.</summary>
/// <param name="Name">Name of the predictor.</param>
/// <param name="Coefficient">Log odds per unit.</param>
/// <param name="Values">Ticks in units of the predictor.</param>
/// <param name="LinearPredictor">Coefficient times tick.</param>
/// <param name="Points">Points at each tick; the axis with the widest effect runs from 0 to the largest points.</param>
/// <param name="LowestLinearPredictor">Contribution that scores 0 points.</param>
public sealed record NomogramAxis(
    string Name,
    double Coefficient,
    ImmutableArray<double> Values,
    ImmutableArray<double> LinearPredictor,
    ImmutableArray<double> Points,
    double LowestLinearPredictor);

/// <summary>A nomogram: points per predictor, and total points to probability, exactly as the logistic model says.</summary>
/// <param name="Axes">One axis per predictor, in model order.</param>
/// <param name="PointsPerLogit">Points for one unit of the linear predictor.</param>
/// <param name="LinearPredictorAtZeroPoints">Linear predictor of a patient with no points.</param>
/// <param name="LinearPredictorTicks">Ticks of the linear-predictor axis.</param>
/// <param name="LinearPredictorTickPoints">Total points at those ticks.</param>
/// <param name="TotalPointsTicks">Ticks of the total-points axis.</param>
/// <param name="ProbabilityAtTotalPoints">Probability at those ticks.</param>
/// <remarks>Points = (βx − min βx over the axis) · 100 / widest range of βx; probability = 1/(1 + exp(−(L₀ + T/scale))).
/// Source: Lubsen, Pool and van der Does, Methods Inf Med 1978;17:127–129; layout of the axes as in Harrell, Regression Modeling Strategies.</remarks>
public sealed record NomogramChart(
    ImmutableArray<NomogramAxis> Axes,
    double PointsPerLogit,
    double LinearPredictorAtZeroPoints,
    ImmutableArray<double> LinearPredictorTicks,
    ImmutableArray<double> LinearPredictorTickPoints,
    ImmutableArray<double> TotalPointsTicks,
    ImmutableArray<double> ProbabilityAtTotalPoints)
{
    /// <summary>Builds the chart of a logistic model.</summary>
    /// <param name="intercept">Intercept of the model, logit scale.</param>
    /// <param name="predictors">Predictors with the range each axis must cover; at least one coefficient not 0.</param>
    /// <param name="linearPredictorRange">Range of the linear predictor to tick, usually that of the patients; null: what the axes span.</param>
    /// <param name="maxPoints">Points of the widest axis, default 100.</param>
    /// <param name="cells">Ticks wanted per axis.</param>
    /// <exception cref="ArgumentException">No predictors, all coefficients 0, or a number is not finite (predictor named).</exception>
    public static NomogramChart Build(
        double intercept,
        IReadOnlyList<NomogramPredictor> predictors,
        (double Min, double Max)? linearPredictorRange = null,
        double maxPoints = 100,
        int cells = 10)
    {
        Check(intercept, predictors);
        double widest = 0, atZero = intercept, atMost = intercept;
        List<(NomogramPredictor Predictor, double[] Ticks, double[] Effects, double Lowest)> raw = [];
        foreach (NomogramPredictor predictor in predictors)
        {
            double[] ticks = PrettyTicks.Cover(predictor.Minimum, predictor.Maximum, cells);
            double[] effects = Array.ConvertAll(ticks, t => predictor.Coefficient * t);
            double lowest = effects.Min(), highest = effects.Max();
            widest = Math.Max(widest, highest - lowest);
            atZero += lowest;
            atMost += highest;
            raw.Add((predictor, ticks, effects, lowest));
        }
        if (widest == 0) throw new ArgumentException("Every coefficient is 0: there are no points to give.", nameof(predictors));
        double scale = maxPoints / widest;
        ImmutableArray<NomogramAxis> axes =
        [
            .. raw.Select(a => new NomogramAxis(
                a.Predictor.Name,
                a.Predictor.Coefficient,
                [.. a.Ticks],
                [.. a.Effects],
                [.. a.Effects.Select(e => (e - a.Lowest) * scale)],
                a.Lowest)),
        ];
        (double from, double to) = linearPredictorRange ?? (atZero, atMost);
        double[] lp = PrettyTicks.Cover(from, to, cells);
        double[] total = PrettyTicks.Cover(0, Math.Max(maxPoints, scale * (lp[^1] - atZero)), cells);
        return new NomogramChart(
            axes,
            scale,
            atZero,
            [.. lp],
            [.. lp.Select(l => (l - atZero) * scale)],
            [.. total],
            [.. total.Select(t => Logistic(atZero + (t / scale)))]);
    }

    /// <summary>Points of one predictor value; may be negative or above the axis for values outside it.</summary>
    /// <param name="axis">Index of the axis.</param>
    /// <param name="value">Value in units of the predictor.</param>
    public double Points(int axis, double value) =>
        ((Axes[axis].Coefficient * value) - Axes[axis].LowestLinearPredictor) * PointsPerLogit;

    /// <summary>Total points of a patient.</summary>
    /// <param name="values">One value per axis, in model order.</param>
    /// <exception cref="ArgumentException">The number of values differs from the number of axes.</exception>
    public double TotalPoints(ReadOnlySpan<double> values)
    {
        Require.SameLength(Axes.Length, values.Length, nameof(values));
        double total = 0;
        for (int j = 0; j < values.Length; j++) total += Points(j, values[j]);
        return total;
    }

    /// <summary>Probability at a number of total points.</summary>
    /// <param name="totalPoints">Total points.</param>
    public double Probability(double totalPoints) => Logistic(LinearPredictorAtZeroPoints + (totalPoints / PointsPerLogit));

    /// <summary>Total points at which a probability is reached: the inverse of <see cref="Probability"/>.</summary>
    /// <param name="probability">Strictly between 0 and 1.</param>
    /// <exception cref="ArgumentException">The probability is not strictly between 0 and 1.</exception>
    public double PointsAtProbability(double probability)
    {
        Require.Probabilities([probability], nameof(probability), open: true);
        return (Math.Log(probability / (1 - probability)) - LinearPredictorAtZeroPoints) * PointsPerLogit;
    }

    private static double Logistic(double x) => x >= 0 ? 1 / (1 + Math.Exp(-x)) : Math.Exp(x) / (1 + Math.Exp(x));

    private static void Check(double intercept, IReadOnlyList<NomogramPredictor> predictors)
    {
        ArgumentNullException.ThrowIfNull(predictors);
        if (!double.IsFinite(intercept)) throw new ArgumentException($"The intercept {intercept} is not finite.", nameof(intercept));
        if (predictors.Count == 0) throw new ArgumentException("A nomogram needs at least one predictor.", nameof(predictors));
        foreach (NomogramPredictor p in predictors)
        {
            if (!double.IsFinite(p.Coefficient) || !double.IsFinite(p.Minimum) || !double.IsFinite(p.Maximum) || p.Minimum > p.Maximum)
            {
                throw new ArgumentException(
                    $"Predictor '{p.Name}': coefficient {p.Coefficient} or range [{p.Minimum}, {p.Maximum}] is not usable.", nameof(predictors));
            }
        }
    }
}
