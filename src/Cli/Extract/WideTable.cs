using System.Globalization;
using CsvHelper;
using Parquet;
using Parquet.Schema;

namespace HccPipeline.Cli.Extract;

/// <summary>A column of text or of numbers.</summary>
internal sealed record WideColumn(string Name, string?[]? Texts, double?[]? Numbers)
{
    public WideColumn(string name, string?[] texts) : this(name, texts, null)
    {
    }

    public WideColumn(string name, double?[] numbers) : this(name, null, numbers)
    {
    }
}

/// <summary>A table of columns of equal length, as CSV (invariant numbers that read back to the same double) or Parquet.</summary>
internal sealed record WideTable(IReadOnlyList<WideColumn> Columns)
{
    public async Task WriteCsvAsync(string path)
    {
        await using StreamWriter text = new(path);
        await using CsvWriter csv = CsvWriter.Create(text);
        await csv.WriteRecordAsync([.. Columns.Select(c => c.Name)]);
        int rows = Columns[0].Texts!.Length;
        for (int i = 0; i < rows; i++)
            await csv.WriteRecordAsync([.. Columns.Select(c => c.Texts is { } t ? t[i] ?? "" : c.Numbers![i]?.ToString("R", CultureInfo.InvariantCulture) ?? "")]);
    }

    public async Task WriteParquetAsync(string path, CancellationToken ct)
    {
        DataField[] fields = [.. Columns.Select(c => c.Texts is null ? (DataField)new DataField<double?>(c.Name) : new DataField<string>(c.Name))];
        await using FileStream file = File.Create(path);
        await using ParquetWriter writer = await ParquetWriter.CreateAsync(new ParquetSchema(fields), file, cancellationToken: ct);
        using ParquetRowGroupWriter group = writer.CreateRowGroup();
        foreach ((WideColumn column, DataField field) in Columns.Zip(fields))
        {
            if (column.Texts is { } texts)
                await group.WriteAsync((DataField<string>)field, [.. texts.Select(t => t!)]);
            else
                await group.WriteAsync<double>(field, column.Numbers!, cancellationToken: ct);
        }
    }
}
