using HccPipeline.Contracts;

namespace HccPipeline.Persistence.Cohort;

/// <summary>Pivots values into columns: <c>pre_X</c> and <c>post_X</c> per visit, <c>delta_X</c> = post − pre, clinical values as they are named.</summary>
internal sealed class FeatureTable(int rows)
{
    private readonly Dictionary<string, double[]> _pre = new(StringComparer.Ordinal);
    private readonly Dictionary<string, double[]> _post = new(StringComparer.Ordinal);
    private readonly Dictionary<string, double[]> _clinical = new(StringComparer.Ordinal);

    public void SetImaging(int row, Visit visit, string name, double value) => Imaging(visit, name)[row] = value;

    /// <summary>The column of an imaging feature; several readers may ask at once.</summary>
    public double[] Imaging(Visit visit, string name)
    {
        Dictionary<string, double[]> columns = visit == Visit.PreTreatment ? _pre : _post;
        lock (columns)
            return Column(columns, name);
    }

    public void SetClinical(int row, string name, double value) => Column(_clinical, name)[row] = value;

    public IReadOnlyDictionary<string, double[]> Columns()
    {
        Dictionary<string, double[]> columns = new(_clinical, StringComparer.Ordinal);
        foreach ((string name, double[] pre) in _pre)
            columns.Add("pre_" + name, pre);
        foreach ((string name, double[] post) in _post)
        {
            columns.Add("post_" + name, post);
            if (_pre.TryGetValue(name, out double[]? pre))
                columns.Add("delta_" + name, Difference(post, pre));
        }
        return columns;
    }

    /// <summary>After − before, NaN where either is missing.</summary>
    private static double[] Difference(double[] after, double[] before)
    {
        double[] difference = new double[after.Length];
        for (int i = 0; i < difference.Length; i++)
            difference[i] = after[i] - before[i];
        return difference;
    }

    private double[] Column(Dictionary<string, double[]> columns, string name)
    {
        if (!columns.TryGetValue(name, out double[]? values))
        {
            columns.Add(name, values = new double[rows]);
            Array.Fill(values, double.NaN);
        }
        return values;
    }
}
