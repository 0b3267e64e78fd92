using System.Globalization;

namespace HccPipeline.Benchmarks.Document;

/// <summary>Time and memory of one LASSO run in a process of its own.</summary>
/// <param name="Rows">n.</param>
/// <param name="Columns">p.</param>
/// <param name="What">path or cv.</param>
/// <param name="Seconds">Processor time, one thread.</param>
/// <param name="Penalties">Penalties solved on the path of all rows.</param>
/// <param name="DataMib">Size of the data.</param>
/// <param name="PeakMib">Peak of the process above what it held before the data were made.</param>
internal sealed record RecordedGrowth(int Rows, int Columns, string What, double Seconds, int Penalties, double DataMib, double PeakMib)
{
    public const string Header = "n,p,what,seconds,lambdas,data_mib,peak_mib";

    public static RecordedGrowth[] Read(string file) => !File.Exists(file) ? [] : [.. File.ReadLines(file).Skip(1).Select(Parse)];

    public static RecordedGrowth Parse(string line)
    {
        string[] cell = line.Split(',');
        return new(
            int.Parse(cell[0], CultureInfo.InvariantCulture), int.Parse(cell[1], CultureInfo.InvariantCulture), cell[2], double.Parse(cell[3], CultureInfo.InvariantCulture),
            int.Parse(cell[4], CultureInfo.InvariantCulture), double.Parse(cell[5], CultureInfo.InvariantCulture), double.Parse(cell[6], CultureInfo.InvariantCulture));
    }

    public string Line() => string.Create(CultureInfo.InvariantCulture, $"{Rows},{Columns},{What},{Seconds:G4},{Penalties},{DataMib:F1},{PeakMib:F1}");
}
