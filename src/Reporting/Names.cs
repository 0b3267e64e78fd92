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

    /// <summary>A name cut for a figure; the full one stands in the table beside it.</summary>
    public static string Short(string name, int length) => name.Length <= length ? name : name[..(length - 1)] + "…";
}
