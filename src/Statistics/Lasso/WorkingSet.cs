namespace HccPipeline.Statistics.Lasso;

/// <summary>The columns that the quadratic model covers, in order of entry, and their standardised coefficients.</summary>
internal sealed class WorkingSet(LassoProblem problem, FitBuffers buffers)
{
    private const int FirstCapacity = 16;

    private int[] _columns = [];
    private int[] _byColumn = [];
    private double[] _values = [], _origins = [];
    private double[] _lower = [], _upper = [], _penalties = [];

    /// <summary>Size k of the set.</summary>
    public int Count { get; private set; }

    /// <summary>Members that fit without growing.</summary>
    public int Capacity => _columns.Length;

    /// <summary>Column of each member.</summary>
    public ReadOnlySpan<int> Columns => _columns.AsSpan(0, Count);

    /// <summary>The members sorted by their columns.</summary>
    public ReadOnlySpan<int> ByColumn => _byColumn.AsSpan(0, Count);

    /// <summary>Present coefficients. Exact zeros matter: a column that leaves the model has one.</summary>
    public Span<double> Values => _values.AsSpan(0, Count);

    /// <summary>Coefficients at the expansion point.</summary>
    public Span<double> Origins => _origins.AsSpan(0, Count);

    /// <summary>Smallest allowed coefficients.</summary>
    public ReadOnlySpan<double> Lower => _lower.AsSpan(0, Count);

    /// <summary>Largest allowed coefficients.</summary>
    public ReadOnlySpan<double> Upper => _upper.AsSpan(0, Count);

    /// <summary>Penalty factors.</summary>
    public ReadOnlySpan<double> Penalties => _penalties.AsSpan(0, Count);

    /// <summary>Adds a column with coefficient zero.</summary>
    public void Add(int column)
    {
        if (Count == Capacity) Grow();
        int place = Count;
        for (; place > 0 && _columns[_byColumn[place - 1]] > column; place--) _byColumn[place] = _byColumn[place - 1];
        _byColumn[place] = Count;
        _columns[Count] = column;
        _penalties[Count] = problem.Penalties[column];
        (_lower[Count], _upper[Count]) = problem.LimitsOf(column);
        Count++;
    }

    private void Grow()
    {
        int capacity = Math.Max(FirstCapacity, Capacity * 2);
        Array.Resize(ref _columns, capacity);
        Array.Resize(ref _byColumn, capacity);
        buffers.Grow(ref _values, capacity);
        buffers.Grow(ref _origins, capacity);
        buffers.Grow(ref _lower, capacity);
        buffers.Grow(ref _upper, capacity);
        buffers.Grow(ref _penalties, capacity);
    }
}
