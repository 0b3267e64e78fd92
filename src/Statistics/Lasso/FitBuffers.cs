using System.Runtime.InteropServices;

namespace HccPipeline.Statistics.Lasso;

/// <summary>The arrays of one fit, used again by the next on the same thread.</summary>
/// <remarks>The folds of a cross-validation need arrays of the same few lengths. Left to the garbage collector, they would pile up to
/// more than the data before it looks.</remarks>
internal sealed class FitBuffers
{
    private readonly Dictionary<int, Stack<double[]>> _free = [];
    private readonly List<double[]> _rented = [];

    /// <summary>An array of zeros, the caller's until <see cref="Reclaim"/>.</summary>
    public double[] Rent(int length)
    {
        if (_free.TryGetValue(length, out Stack<double[]>? arrays) && arrays.TryPop(out double[]? array)) Array.Clear(array);
        else array = new double[length];
        _rented.Add(array);
        return array;
    }

    /// <summary>Replaces an array by a longer one that begins with its values.</summary>
    public void Grow(ref double[] array, int length)
    {
        double[] longer = Rent(length);
        array.CopyTo(longer, 0);
        array = longer;
    }

    /// <summary>Takes back every array rented: the fit is over.</summary>
    public void Reclaim()
    {
        foreach (double[] array in _rented)
        {
            ref Stack<double[]>? arrays = ref CollectionsMarshal.GetValueRefOrAddDefault(_free, array.Length, out _);
            (arrays ??= []).Push(array);
        }
        _rented.Clear();
    }
}
