namespace HccPipeline.Reporting.Figures;

/// <summary>The colours and dash patterns of all figures. Each curve has its own pattern and its own lightness, so that it is known in greyscale.</summary>
internal static class Ink
{
    public const string Text = "#1a1a1a";
    public const string Muted = "#55595e";
    public const string Navy = "#123a6f";
    public const string Rust = "#c2500c";
    public const string Teal = "#00857a";

    public static readonly Stroke Axis = new("#55595e");
    public static readonly Stroke Grid = new("#e4e6e8");
    public static readonly Stroke Reference = new("#8a8f94", 1.2, "3 4");

    public static Stroke Model(string name) => name switch
    {
        "combined" => new(Navy, 2.4),
        "imaging" => new(Rust, 2, "9 4"),
        _ => new(Teal, 2, "2.5 3"),
    };

    public static Stroke RiskGroup(string name) => name == "low" ? new(Navy, 2.2) : new(Rust, 2.2, "9 4");
}
