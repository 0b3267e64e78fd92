using System.Globalization;

namespace HccPipeline.Conformance;

/// <summary>A row of an IBSI table: consensus value, rounded to three digits, and its tolerance.</summary>
internal sealed record IbsiReference(string Tag, double Value, double Tolerance)
{
    /// <summary>Rows that have a consensus value.</summary>
    internal static IReadOnlyList<IbsiReference> Read(string path) =>
    [
        .. File.ReadLines(path).Skip(1).Select(line => line.Split(';')).Where(part => part.Length == 3 && part[0].Length > 0)
            .Select(part => new IbsiReference(part[2], Number(part[0]), Number(part[1]))),
    ];

    /// <summary>Whether a value agrees: within the tolerance, or the same when rounded as the reference is.</summary>
    internal bool Agrees(double ours) => Math.Abs(ours - Value) <= Math.Max(Tolerance, Rounding) * (1 + 1e-9);

    /// <summary>Half a unit of the third significant digit.</summary>
    private double Rounding => Value == 0 ? 0.0005 : Math.Pow(10, Math.Floor(Math.Log10(Math.Abs(Value))) - 2) / 2;

    private static double Number(string text) => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
}
