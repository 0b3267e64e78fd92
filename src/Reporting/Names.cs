namespace HccPipeline.Reporting;

/// <summary>Names as they stand in text.</summary>
internal static class Names
{
    public static string Capital(string name) => name.Length == 0 ? name : char.ToUpperInvariant(name[0]) + name[1..];

    public static string Rule(string rule) => rule switch
    {
        "lambda.1se" => "λ.1se",
        "lambda.min" => "λ.min",
        _ => rule,
    };

    public static string RiskGroup(string name) => name == "low" ? "Low risk" : "High risk";

    /// <summary>
    /// A name cut for a figure, its middle left out: the visit and sequence stand at the start of a feature's name, what tells it from its
    /// neighbours at the end. The full name stands in the table behind the figure.
    /// </summary>
    public static string Short(string name, int length)
    {
        if (name.Length <= length) return name;
        int head = (length - 1) * 2 / 5;
        return string.Concat(name.AsSpan(0, head), "…", name.AsSpan(name.Length - (length - 1 - head)));
    }
}
