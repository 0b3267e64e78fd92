using System.Globalization;
using HccPipeline.Statistics.Agreement;

namespace HccPipeline.ModelWorker.Guards;

/// <summary>How well readers agree on features of lesions that each of them outlined.</summary>
public sealed class ReaderAgreement
{
    private const string Header = "feature,patient,reader,value";
    private readonly Dictionary<string, double> _icc;

    private ReaderAgreement(Dictionary<string, double> icc) => _icc = icc;

    /// <summary>Reads a table of readings: lines of <c>feature,patient,reader,value</c> under a header. Of each feature, the patients count whom every
    /// reader of the feature read.</summary>
    /// <param name="table">The table.</param>
    /// <exception cref="FormatException">It is not such a table; the message names the line.</exception>
    public static ReaderAgreement Read(TextReader table)
    {
        if (table.ReadLine()?.Trim() != Header)
            throw new FormatException($"The table of readings begins with the line {Header}.");
        List<(string Feature, string Patient, string Reader, double Value)> readings = [];
        int number = 1;
        while (table.ReadLine() is { } line)
        {
            number++;
            if (line.Length == 0)
                continue;
            string[] cells = line.Split(',');
            if (cells.Length != 4 || !double.TryParse(cells[3], CultureInfo.InvariantCulture, out double value) || !double.IsFinite(value))
                throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"Line {number} of the table of readings is not feature, patient, reader and a number."));
            readings.Add((cells[0], cells[1], cells[2], value));
        }
        Dictionary<string, double> icc = new(StringComparer.Ordinal);
        foreach (var feature in readings.GroupBy(r => r.Feature, StringComparer.Ordinal))
        {
            string[] readers = [.. feature.Select(r => r.Reader).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
            double[][] complete =
            [
                .. feature.GroupBy(r => r.Patient, StringComparer.Ordinal).OrderBy(p => p.Key, StringComparer.Ordinal)
                    .Select(p => p.DistinctBy(r => r.Reader, StringComparer.Ordinal).OrderBy(r => r.Reader, StringComparer.Ordinal).Select(r => r.Value).ToArray())
                    .Where(values => values.Length == readers.Length),
            ];
            if (readers.Length >= 2 && complete.Length >= 2)
                icc[feature.Key] = Icc(complete, readers.Length);
        }
        return new(icc);
    }

    /// <returns>ICC(2,1) of those candidates that were measured, under their own name or without the visit in front.</returns>
    public IEnumerable<(string Name, double Icc)> Of(IEnumerable<string> candidates)
    {
        foreach (string name in candidates.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            if (_icc.TryGetValue(name, out double icc) || _icc.TryGetValue(name[(name.IndexOf('_', StringComparison.Ordinal) + 1)..], out icc))
                yield return (name, icc);
        }
    }

    private static double Icc(double[][] complete, int readers)
    {
        if (IntraclassCorrelation.Compute([.. complete.SelectMany(values => values)], readers) is { } result)
            return result.Agreement.Value;
        // Not defined: readers who differ in nothing agree, and patients who all read alike cannot be told apart by them.
        return complete.All(values => values.Distinct().Count() == 1) && complete.Select(values => values[0]).Distinct().Count() > 1 ? 1 : 0;
    }
}
