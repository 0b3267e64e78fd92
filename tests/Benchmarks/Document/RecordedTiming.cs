using System.Globalization;

namespace HccPipeline.Benchmarks.Document;

/// <summary>A measured speed.</summary>
/// <param name="Case">What was run.</param>
/// <param name="Reference">What of R it is compared with; empty for none.</param>
/// <param name="ReferenceSeconds">R, one thread, processor time.</param>
/// <param name="Seconds">Here, one thread, processor time.</param>
/// <param name="TwoThreadSeconds">Here, two threads, wall clock.</param>
/// <param name="Target">Ratio wanted on one thread.</param>
/// <param name="TwoThreadTarget">Ratio wanted on two threads.</param>
internal sealed record RecordedTiming(
    string Case, string Reference, double? ReferenceSeconds, double? Seconds, double? TwoThreadSeconds, double? Target, double? TwoThreadTarget)
{
    private const string Header = "case,reference,reference_s,one_thread_s,two_threads_s,target,two_threads_target";

    public static RecordedTiming[] Read(string file) => !File.Exists(file) ? [] :
    [
        .. File.ReadLines(file).Skip(1).Select(line => line.Split(',')).Select(cell => new RecordedTiming(
            cell[0], cell[1], Number(cell[2]), Number(cell[3]), Number(cell[4]), Number(cell[5]), Number(cell[6]))),
    ];

    /// <summary>Replaces the timing of this case in a file, or adds it.</summary>
    public void WriteTo(string file)
    {
        List<RecordedTiming> all = [.. Read(file)];
        int at = all.FindIndex(t => t.Case == Case);
        if (at < 0)
            all.Add(this);
        else
            all[at] = this;
        File.WriteAllLines(file, all.Select(t => t.Line()).Prepend(Header));
    }

    private string Line() => string.Join(',', Case, Reference, Text(ReferenceSeconds), Text(Seconds), Text(TwoThreadSeconds), Text(Target), Text(TwoThreadTarget));

    private static string Text(double? value) => value?.ToString("G4", CultureInfo.InvariantCulture) ?? "";

    private static double? Number(string cell) => cell.Length == 0 ? null : double.Parse(cell, CultureInfo.InvariantCulture);
}
