namespace HccPipeline.Reporting.Figures;

/// <summary>An axis of windows: quarters in order, one place each.</summary>
internal sealed class WindowAxis(IEnumerable<string> names)
{
    public string[] Names { get; } = [.. names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    public (double From, double To) Range => (-0.6, Math.Max(Names.Length, 1) - 0.4);

    public double At(string name) => Array.IndexOf(Names, name);

    /// <summary>Places with a label: all, or every second, third… so that at most <paramref name="most"/> are written.</summary>
    public IEnumerable<double> Ticks(int most)
    {
        int step = Math.Max(1, (Names.Length + most - 1) / most);
        for (int i = 0; i < Names.Length; i += step) yield return i;
    }

    public string Label(double place) => Names[(int)place];
}
