namespace HccPipeline.Statistics.Linear;

/// <summary>An n×p matrix of predictors, one row per patient, stored column by column (n doubles of column 0 first).</summary>
/// <remarks>Immutable: the caller hands over the storage and does not write to it afterwards. Nothing is copied by
/// <see cref="FromColumnMajor"/>. Intercept columns are never part of it; the fitting functions add their own.</remarks>
public sealed class DesignMatrix
{
    private readonly double[] _values;

    private DesignMatrix(double[] values, int rowCount, int columnCount, IReadOnlyList<string>? columnNames)
    {
        if (rowCount <= 0) throw new UnusableDataException("The design matrix has no rows.");
        if (columnCount <= 0) throw new UnusableDataException("The design matrix has no columns.");
        if (columnNames is not null && columnNames.Count != columnCount)
            throw new UnusableDataException($"There are {columnNames.Count} names for {columnCount} columns.");
        _values = values;
        RowCount = rowCount;
        ColumnCount = columnCount;
        ColumnNames = columnNames;
    }

    /// <summary>Number of rows n (patients).</summary>
    public int RowCount { get; }

    /// <summary>Number of columns p (predictors).</summary>
    public int ColumnCount { get; }

    /// <summary>Names of the columns, or null where none were given.</summary>
    public IReadOnlyList<string>? ColumnNames { get; }

    /// <summary>The value in <paramref name="row"/> and <paramref name="column"/>, both 0-based.</summary>
    public double this[int row, int column] => Column(column)[row];

    /// <summary>Wraps n·p values stored column by column without copying them.</summary>
    /// <param name="values">n·p values; the matrix keeps this array.</param>
    /// <param name="rowCount">n ≥ 1.</param>
    /// <param name="columnCount">p ≥ 1.</param>
    /// <param name="columnNames">p names, or null.</param>
    /// <exception cref="UnusableDataException">The sizes do not fit, or there are no rows or columns.</exception>
    public static DesignMatrix FromColumnMajor(
        double[] values, int rowCount, int columnCount, IReadOnlyList<string>? columnNames = null)
    {
        if (values.LongLength != (long)rowCount * columnCount)
            throw new UnusableDataException($"{values.LongLength} values do not fill {rowCount} rows × {columnCount} columns.");
        return new DesignMatrix(values, rowCount, columnCount, columnNames);
    }

    /// <summary>Copies p columns of n values each.</summary>
    /// <param name="columns">p ≥ 1 columns of equal length n ≥ 1.</param>
    /// <param name="columnNames">p names, or null.</param>
    /// <exception cref="UnusableDataException">Columns differ in length, or there are none.</exception>
    public static DesignMatrix FromColumns(IReadOnlyList<double[]> columns, IReadOnlyList<string>? columnNames = null)
    {
        int n = columns.Count == 0 ? 0 : columns[0].Length;
        double[] values = new double[checked(n * columns.Count)];
        for (int j = 0; j < columns.Count; j++)
        {
            if (columns[j].Length != n)
                throw new UnusableDataException($"Column {Label(columnNames, j)} has {columns[j].Length} rows, the first column {n}.");
            columns[j].CopyTo(values.AsSpan(j * n));
        }
        return new DesignMatrix(values, n, columns.Count, columnNames);
    }

    /// <summary>Copies n rows of p values each.</summary>
    /// <param name="rows">n ≥ 1 rows of equal length p ≥ 1.</param>
    /// <param name="columnNames">p names, or null.</param>
    /// <exception cref="UnusableDataException">Rows differ in length, or there are none.</exception>
    public static DesignMatrix FromRows(IReadOnlyList<double[]> rows, IReadOnlyList<string>? columnNames = null)
    {
        int n = rows.Count, p = n == 0 ? 0 : rows[0].Length;
        double[] values = new double[checked(n * p)];
        for (int i = 0; i < n; i++)
        {
            if (rows[i].Length != p)
                throw new UnusableDataException($"Row {i + 1} has {rows[i].Length} values, the first row {p}.");
            for (int j = 0; j < p; j++) values[(j * n) + i] = rows[i][j];
        }
        return new DesignMatrix(values, n, p, columnNames);
    }

    /// <summary>The n values of column <paramref name="column"/> (0-based), not copied.</summary>
    public ReadOnlySpan<double> Column(int column)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(column);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(column, ColumnCount);
        return _values.AsSpan(column * RowCount, RowCount);
    }

    /// <summary>How messages call column <paramref name="column"/>: its name, or its 1-based number.</summary>
    public string LabelOf(int column) => Label(ColumnNames, column);

    /// <summary>The rows named by <paramref name="rows"/> (0-based, in that order, repeats allowed) as a new matrix.</summary>
    public DesignMatrix SelectRows(ReadOnlySpan<int> rows)
    {
        double[] values = [];
        return SelectRows(rows, ref values);
    }

    /// <summary>The same in storage that is used again and again, where copies of large matrices would pile up.</summary>
    /// <param name="rows">Rows, 0-based, in that order, repeats allowed.</param>
    /// <param name="storage">Where the values go; a longer array takes its place when it is too short. The matrix that was in it before must
    /// not be used any more.</param>
    public DesignMatrix SelectRows(ReadOnlySpan<int> rows, ref double[] storage)
    {
        int length = checked(rows.Length * ColumnCount);
        if (storage.Length < length) storage = new double[length];
        double[] values = storage;
        for (int j = 0; j < ColumnCount; j++)
        {
            ReadOnlySpan<double> source = Column(j);
            Span<double> target = values.AsSpan(j * rows.Length, rows.Length);
            for (int i = 0; i < rows.Length; i++) target[i] = source[rows[i]];
        }
        return new DesignMatrix(values, rows.Length, ColumnCount, ColumnNames);
    }

    /// <summary>The columns named by <paramref name="columns"/> (0-based, in that order) as a new matrix.</summary>
    public DesignMatrix SelectColumns(ReadOnlySpan<int> columns)
    {
        double[] values = new double[checked(RowCount * columns.Length)];
        string[]? names = ColumnNames is null ? null : new string[columns.Length];
        for (int j = 0; j < columns.Length; j++)
        {
            Column(columns[j]).CopyTo(values.AsSpan(j * RowCount));
            if (names is not null) names[j] = ColumnNames![columns[j]];
        }
        return new DesignMatrix(values, RowCount, columns.Length, names);
    }

    /// <summary>Refuses a value that is not finite.</summary>
    /// <exception cref="UnusableDataException">Names the first column and its first 1-based row that hold NaN or an infinity.</exception>
    public void RequireFinite()
    {
        for (int j = 0; j < ColumnCount; j++)
        {
            int row = ColumnKernels.IndexOfNonFinite(Column(j));
            if (row >= 0)
                throw new UnusableDataException($"Column {LabelOf(j)}, row {row + 1}: {Column(j)[row]} is not a finite number.");
        }
    }

    private static string Label(IReadOnlyList<string>? names, int column) => names is null ? $"{column + 1}" : $"'{names[column]}'";
}
