namespace HccPipeline.Statistics.Numerics;

/// <summary>Checks of input columns. Messages name the column and the 1-based row.</summary>
internal static class Require
{
    public static void SameLength(int expected, int actual, string column)
    {
        if (expected != actual)
            throw new ArgumentException($"Column '{column}' has {actual} rows where {expected} are needed.", column);
    }

    public static void Finite(ReadOnlySpan<double> values, string column)
    {
        if (values.IsEmpty) throw new ArgumentException($"Column '{column}' is empty.", column);
        for (int i = 0; i < values.Length; i++)
        {
            if (!double.IsFinite(values[i]))
                throw new ArgumentException($"Column '{column}', row {i + 1}: {values[i]} is not a finite number.", column);
        }
    }

    /// <summary>Every value is 0 or 1; returns the number of ones.</summary>
    public static int Binary(ReadOnlySpan<double> values, string column)
    {
        if (values.IsEmpty) throw new ArgumentException($"Column '{column}' is empty.", column);
        int ones = 0;
        for (int i = 0; i < values.Length; i++)
        {
            if (values[i] == 1) ones++;
            else if (values[i] != 0)
                throw new ArgumentException($"Column '{column}', row {i + 1}: {values[i]} is neither 0 nor 1.", column);
        }
        return ones;
    }

    /// <summary>Both classes present; returns the number of ones.</summary>
    public static int BothClasses(ReadOnlySpan<double> y, string column)
    {
        int ones = Binary(y, column);
        if (ones == 0 || ones == y.Length)
            throw new ArgumentException($"Column '{column}' holds only the value {(ones == 0 ? 0 : 1)}: both classes are needed.", column);
        return ones;
    }

    public static void Probabilities(ReadOnlySpan<double> p, string column, bool open)
    {
        Finite(p, column);
        for (int i = 0; i < p.Length; i++)
        {
            bool outside = open ? p[i] <= 0 || p[i] >= 1 : p[i] < 0 || p[i] > 1;
            if (outside)
            {
                string range = open ? "strictly between 0 and 1" : "between 0 and 1";
                throw new ArgumentException($"Column '{column}', row {i + 1}: {p[i]} is not a probability {range}.", column);
            }
        }
    }

    public static void Level(double level)
    {
        if (!(level is > 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(level), level, "A confidence level lies strictly between 0 and 1.");
    }
}
