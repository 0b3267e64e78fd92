using System.Globalization;

namespace HccPipeline.Radiomics;

/// <summary>Filters of the discrete wavelets by their customary names: <c>haar</c>, <c>db1</c>–<c>db38</c>, <c>sym2</c>–<c>sym20</c>,
/// <c>coif1</c>–<c>coif17</c>, <c>bior1.1</c>–<c>bior6.8</c>, <c>rbio1.1</c>–<c>rbio6.8</c> and <c>dmey</c>.</summary>
public static class DiscreteWavelets
{
    private const string Biorthogonal = "bior", Reversed = "rbio";

    private static readonly Lazy<Dictionary<string, (double[] Low, double[] Dual)>> s_table = new(ReadTable);

    /// <summary>Whether there is a wavelet of this name.</summary>
    public static bool Has(string name) => s_table.Value.ContainsKey(name);

    /// <summary>Decomposition filters.</summary>
    /// <exception cref="ArgumentException">There is no wavelet of this name.</exception>
    internal static (double[] Low, double[] High) Filters(string name)
    {
        if (!s_table.Value.TryGetValue(name, out (double[] Low, double[] Dual) filters))
            throw new ArgumentException($"There is no discrete wavelet named '{name}'.", nameof(name));
        return (filters.Low, [.. filters.Dual.Select((w, k) => int.IsEvenInteger(k) ? -w : w)]);
    }

    private static Dictionary<string, (double[] Low, double[] Dual)> ReadTable()
    {
        using StreamReader reader = new(typeof(DiscreteWavelets).Assembly.GetManifestResourceStream("wavelets.csv")!);
        Dictionary<string, (double[] Low, double[] Dual)> all = new(StringComparer.Ordinal);
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith('#'))
                continue;
            string[] parts = line.Split(';');
            double[][] filters = [.. parts[1..].Select(f => f.Split(' ').Select(w => double.Parse(w, CultureInfo.InvariantCulture)).ToArray())];
            double[] low = filters[0], dual = filters.Length > 1 ? filters[1] : [.. low.Reverse()];
            all[parts[0]] = (low, dual);
            if (parts[0].StartsWith(Biorthogonal, StringComparison.Ordinal))
                all[Reversed + parts[0][Biorthogonal.Length..]] = ([.. dual.Reverse()], [.. low.Reverse()]);
        }
        all["haar"] = all["db1"];
        return all;
    }
}
