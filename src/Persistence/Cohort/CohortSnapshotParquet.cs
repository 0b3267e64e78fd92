using Parquet;
using Parquet.Schema;

namespace HccPipeline.Persistence.Cohort;

/// <summary>A snapshot as a Parquet file: patient columns first, then one nullable double column per feature.</summary>
/// <remarks>One row group, fixed column order, no clock and no host in the metadata: the same snapshot gives the same bytes.</remarks>
public static class CohortSnapshotParquet
{
    private const int PatientFieldCount = 6;

    // A compressor may choose its matches by what the processor can do; the hash of a snapshot must not.
    private static readonly ParquetOptions Format = new() { CompressionMethod = CompressionMethod.None };

    /// <summary>The snapshot as the bytes of a Parquet file.</summary>
    public static async Task<byte[]> WriteAsync(CohortSnapshot snapshot, CancellationToken ct)
    {
        // A field belongs to the schema it was put into: every file has its own.
        DataField<string> pseudonym = new("pseudonym", nullable: false), center = new("center_code", nullable: false);
        DataField<string> quarter = new("entry_quarter", nullable: false), response = new("response");
        DataField<double?> pfsMonths = new("pfs_months");
        DataField<bool?> pfsEvent = new("pfs_event");
        DataField<double?>[] features = [.. snapshot.FeatureNames.Select(n => new DataField<double?>(n))];
        ParquetSchema schema = new([pseudonym, center, quarter, response, pfsMonths, pfsEvent, .. features]);
        IReadOnlyList<CohortPatient> patients = snapshot.Patients;
        // As large as it will be: a stream that doubles leaves as much behind again.
        await using MemoryStream stream = new(checked((patients.Count + 64) * (snapshot.FeatureNames.Count + PatientFieldCount) * (sizeof(double) + 1)));
        await using (ParquetWriter writer = await ParquetWriter.CreateAsync(schema, stream, Format, cancellationToken: ct))
        {
            using ParquetRowGroupWriter group = writer.CreateRowGroup();
            await group.WriteAsync(pseudonym, [.. patients.Select(p => p.Pseudonym)]);
            await group.WriteAsync(center, [.. patients.Select(p => p.CenterCode)]);
            await group.WriteAsync(quarter, [.. patients.Select(p => p.EntryQuarter)]);
            await group.WriteAsync(response, [.. patients.Select(p => p.Response!)]);
            await group.WriteAsync<double>(pfsMonths, patients.Select(p => p.PfsMonths).ToArray(), cancellationToken: ct);
            await group.WriteAsync<bool>(pfsEvent, patients.Select(p => p.PfsEvent).ToArray(), cancellationToken: ct);
            double?[] values = new double?[patients.Count];
            foreach (DataField<double?> feature in features)
            {
                double[] column = snapshot.Values(feature.Name);
                for (int i = 0; i < values.Length; i++)
                    values[i] = double.IsNaN(column[i]) ? null : column[i];
                await group.WriteAsync<double>(feature, values, cancellationToken: ct);
            }
        }
        return stream.ToArray();
    }

    /// <summary>Reads what <see cref="WriteAsync"/> wrote.</summary>
    public static async Task<CohortSnapshot> ReadAsync(byte[] parquet, CancellationToken ct)
    {
        await using MemoryStream stream = new(parquet, writable: false);
        await using ParquetReader reader = await ParquetReader.CreateAsync(stream, cancellationToken: ct);
        using ParquetRowGroupReader group = reader.OpenRowGroupReader(0);
        int rows = checked((int)group.RowCount);

        DataField[] fields = reader.Schema.GetDataFields();
        string[] pseudonyms = await TextAsync(fields[0]), centers = await TextAsync(fields[1]), quarters = await TextAsync(fields[2]);
        string?[] responses = new string?[rows];
        await group.ReadAsync(fields[3], responses.AsMemory(), cancellationToken: ct);
        double?[] months = new double?[rows];
        bool?[] events = new bool?[rows];
        await group.ReadAsync<double>(fields[4], months.AsMemory(), cancellationToken: ct);
        await group.ReadAsync<bool>(fields[5], events.AsMemory(), cancellationToken: ct);

        Dictionary<string, double[]> columns = new(StringComparer.Ordinal);
        double?[] buffer = new double?[rows];
        foreach (DataField field in fields.Skip(PatientFieldCount))
        {
            await group.ReadAsync<double>(field, buffer.AsMemory(), cancellationToken: ct);
            columns.Add(field.Name, Array.ConvertAll(buffer, v => v ?? double.NaN));
        }
        return new CohortSnapshot(
            [.. Enumerable.Range(0, rows).Select(i => new CohortPatient
            {
                Pseudonym = pseudonyms[i],
                CenterCode = centers[i],
                EntryQuarter = quarters[i],
                Response = responses[i],
                PfsMonths = months[i],
                PfsEvent = events[i],
            })],
            columns);

        async Task<string[]> TextAsync(DataField field)
        {
            string?[] values = new string?[rows];
            await group.ReadAsync(field, values.AsMemory(), cancellationToken: ct);
            return Array.ConvertAll(values, v => v ?? throw new InvalidDataException($"Column {field.Name} of the snapshot has an empty cell."));
        }
    }
}
