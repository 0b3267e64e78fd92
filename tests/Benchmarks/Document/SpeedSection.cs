using System.Globalization;
using System.Text;

namespace HccPipeline.Benchmarks.Document;

/// <summary>Speed, memory and growth: the part of the document that depends on the machine.</summary>
internal static class SpeedSection
{
    private const double MemoryTarget = 1.5;

    public static void Write(StringBuilder text, RecordedTiming[] timings, RecordedGrowth[] growth, string machine)
    {
        text.Append(CultureInfo.InvariantCulture, $"""

            ## Speed

            {machine} One thread is measured in processor time on both sides, so that other work on the machine does not decide; two threads by the
            clock. Each side's fastest of a few runs on the same data in one run of `tests/Benchmarks` counts. Default settings on both sides:
            thresh 1e-7 here is glmnet's rule. For the bootstrap of the whole process the first time is the processor time of both threads together.

            | case | R | R, s | here, s | ratio | wanted | here, 2 threads, s | ratio | wanted |
            | --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |

            """);
        foreach (RecordedTiming t in timings)
        {
            text.Append(CultureInfo.InvariantCulture,
                $"| {t.Case} | {Code(t.Reference)} | {Seconds(t.ReferenceSeconds)} | {Seconds(t.Seconds)} | {Ratio(t.ReferenceSeconds / t.Seconds, t.Target)} | {Wanted(t.Target)} | {Seconds(t.TwoThreadSeconds)} | {Ratio(t.ReferenceSeconds / t.TwoThreadSeconds, t.TwoThreadTarget)} | {Wanted(t.TwoThreadTarget)} |\n");
        }
        text.Append("\nA ratio in bold misses what is wanted.\n");
        text.Append("""

            ## Memory and growth

            Each line is one LASSO run, one thread, in a process of its own with the collector's default settings. Memory is the peak of the whole
            process above what it held before the data were made, so the data are included. Wanted: under 1.5 times the size of the data at
            100,000 × 200 and 500 × 20,000, and time per cell and penalty that does not grow. The 10-fold cross-validation fits eleven paths.

            | n | p | what | s | penalties | ns per cell and penalty | data, MiB | peak, MiB | times the data |
            | ---: | ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: |

            """);
        foreach (RecordedGrowth g in growth)
        {
            double perCell = g.Seconds * 1e9 / ((double)g.Rows * g.Columns * g.Penalties), share = g.PeakMib / g.DataMib;
            text.Append(CultureInfo.InvariantCulture,
                $"| {g.Rows:N0} | {g.Columns:N0} | {g.What} | {Seconds(g.Seconds)} | {g.Penalties} | {perCell:F3} | {g.DataMib:F0} | {g.PeakMib:F0} | {(share > MemoryTarget ? string.Create(CultureInfo.InvariantCulture, $"**{share:F2}**") : share.ToString("F2", CultureInfo.InvariantCulture))} |\n");
        }
    }

    private static string Code(string name) => name.Length == 0 ? "" : $"`{name}`";

    private static string Seconds(double? value) => value switch
    {
        null => "",
        < 0.1 => value.Value.ToString("0.0000", CultureInfo.InvariantCulture),
        < 10 => value.Value.ToString("0.000", CultureInfo.InvariantCulture),
        _ => value.Value.ToString("0.0", CultureInfo.InvariantCulture),
    };

    private static string Wanted(double? target) => target is { } t ? string.Create(CultureInfo.InvariantCulture, $"{t:0.#}×") : "";

    private static string Ratio(double? ratio, double? target)
    {
        if (ratio is not { } r)
            return "";
        string text = string.Create(CultureInfo.InvariantCulture, $"{r:F1}×");
        return r < target ? $"**{text}**" : text;
    }
}
