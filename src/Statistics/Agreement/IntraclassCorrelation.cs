using HccPipeline.Statistics.Numerics;

namespace HccPipeline.Statistics.Agreement;

/// <summary>An estimate with its confidence interval.</summary>
/// <param name="Value">Estimate.</param>
/// <param name="Lower">Lower limit.</param>
/// <param name="Upper">Upper limit.</param>
public sealed record IntervalEstimate(double Value, double Lower, double Upper);

/// <summary>Intraclass correlation of readers who all measured the same subjects.</summary>
/// <param name="Subjects">Subjects.</param>
/// <param name="Readers">Readers.</param>
/// <param name="SubjectsMeanSquare">Between subjects.</param>
/// <param name="ReadersMeanSquare">Between readers.</param>
/// <param name="ErrorMeanSquare">Residual.</param>
/// <param name="WithinMeanSquare">Within subjects.</param>
/// <param name="OneWay">ICC(1,1).</param>
/// <param name="Agreement">ICC(2,1): absolute agreement of single readings, readers random.</param>
/// <param name="Consistency">ICC(3,1): consistency of single readings, readers fixed.</param>
/// <param name="AverageAgreement">ICC(2,k) of the mean of all readers.</param>
/// <param name="AverageConsistency">ICC(3,k) of the mean of all readers.</param>
/// <param name="F">Between subjects over residual mean square.</param>
/// <param name="P">p-value of no correlation.</param>
/// <remarks>Sources: Shrout and Fleiss, Psychol Bull 1979;86:420–428; limits as McGraw and Wong, Psychol Methods 1996;1:30–46.</remarks>
public sealed record IntraclassCorrelation(
    int Subjects,
    int Readers,
    double SubjectsMeanSquare,
    double ReadersMeanSquare,
    double ErrorMeanSquare,
    double WithinMeanSquare,
    IntervalEstimate OneWay,
    IntervalEstimate Agreement,
    IntervalEstimate Consistency,
    double AverageAgreement,
    double AverageConsistency,
    double F,
    double P)
{
    /// <summary>Distance of 1 from the next double.</summary>
    private const double Epsilon = 2.220446049250313e-16;

    /// <summary>Computes all forms from one two-way analysis of variance.</summary>
    /// <param name="readings">Subjects × readers, row-major, finite; at least two of each.</param>
    /// <param name="readers">Readers per subject.</param>
    /// <param name="level">Confidence level.</param>
    /// <returns>The coefficients, or null where they are not defined: all subjects read alike, or readers agree to within rounding
    /// (a residual of zero, for which no F-based limits exist).</returns>
    /// <exception cref="ArgumentException">Too few subjects or readers, an incomplete row, or a value that is not finite (subject named).</exception>
    public static IntraclassCorrelation? Compute(ReadOnlySpan<double> readings, int readers, double level = 0.95)
    {
        Require.Level(level);
        if (readers < 2 || readings.Length % readers != 0 || readings.Length / readers < 2)
            throw new ArgumentException($"{readings.Length} readings are not two or more subjects × {readers} readers.", nameof(readings));
        int n = readings.Length / readers, k = readers;
        (double bms, double jms, double ems, double rounding) = MeanSquares(readings, n, k);
        if (!(bms > rounding) || !(ems > rounding)) return null;
        double wms = (((n - 1.0) * (k - 1) * ems) + ((k - 1) * jms)) / (n * (k - 1.0));
        double alpha = 1 - level, df1 = n - 1, df2 = (n - 1.0) * (k - 1), upperP = 1 - (alpha / 2);

        double f3 = bms / ems;
        IntervalEstimate three = FromF(f3, f3 / Tails.FisherQuantile(upperP, df1, df2), f3 * Tails.FisherQuantile(upperP, df2, df1), k);
        double f1 = bms / wms, dfw = n * (k - 1.0);
        IntervalEstimate one = FromF(f1, f1 / Tails.FisherQuantile(upperP, df1, dfw), f1 * Tails.FisherQuantile(upperP, dfw, df1), k);

        double icc2 = (bms - ems) / (bms + ((k - 1) * ems) + (k * (jms - ems) / n));
        double a = k * icc2 / (n * (1 - icc2)), b = 1 + (k * icc2 * (n - 1) / (n * (1 - icc2)));
        double v = Square((a * jms) + (b * ems)) / ((Square(a * jms) / (k - 1)) + (Square(b * ems) / df2));
        double lowF = Tails.FisherQuantile(upperP, df1, v), highF = Tails.FisherQuantile(upperP, v, df1);
        double mixed = (k * jms) + ((((double)k * n) - k - n) * ems);
        IntervalEstimate two = new(
            icc2,
            n * (bms - (lowF * ems)) / ((lowF * mixed) + (n * bms)),
            n * ((highF * bms) - ems) / (mixed + (n * highF * bms)));
        return new IntraclassCorrelation(
            n, k, bms, jms, ems, wms, one, two, three,
            (bms - ems) / (bms + ((jms - ems) / n)), (bms - ems) / bms, f3, Tails.FisherUpper(f3, df1, df2));
    }

    private static IntervalEstimate FromF(double f, double low, double high, int k) =>
        new((f - 1) / (f + k - 1), (low - 1) / (low + k - 1), (high - 1) / (high + k - 1));

    private static double Square(double v) => v * v;

    // The last is what rounding alone makes of a mean square: means of N readings are off by N·ε times the largest at most.
    private static (double Subjects, double Readers, double Error, double Rounding) MeanSquares(ReadOnlySpan<double> readings, int n, int k)
    {
        double[] subject = new double[n], reader = new double[k];
        double grand = 0, largest = 0;
        for (int i = 0; i < readings.Length; i++)
        {
            if (!double.IsFinite(readings[i]))
                throw new ArgumentException($"Subject {(i / k) + 1}, reader {(i % k) + 1}: {readings[i]} is not a finite number.", nameof(readings));
            double shifted = readings[i] - readings[0];
            subject[i / k] += shifted / k;
            reader[i % k] += shifted / n;
            grand += shifted / readings.Length;
            largest = Math.Max(largest, Math.Abs(shifted));
        }
        double between = 0, acrossReaders = 0, error = 0;
        foreach (double s in subject) between += Square(s - grand);
        foreach (double r in reader) acrossReaders += Square(r - grand);
        for (int i = 0; i < readings.Length; i++) error += Square(readings[i] - readings[0] - subject[i / k] - reader[i % k] + grand);
        return (k * between / (n - 1), n * acrossReaders / (k - 1), error / ((n - 1.0) * (k - 1)), k * Square(readings.Length * Epsilon * largest));
    }
}
