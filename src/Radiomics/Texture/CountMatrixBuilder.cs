namespace HccPipeline.Radiomics;

/// <summary>Counts one by one into a matrix whose columns may be many: the usual small ones densely, the rest as a list that is sorted.</summary>
/// <param name="levelOfRank">Grey level of each rank; index 0 unused.</param>
internal sealed class CountMatrixBuilder(ReadOnlySpan<int> levelOfRank)
{
    private const int DenseColumns = 64;

    private readonly int[] _levelOfRank = levelOfRank.ToArray();
    private readonly int[] _dense = new int[levelOfRank.Length * DenseColumns];
    private readonly List<(int Rank, int Column)> _rest = [];

    internal void Add(int rank, int column)
    {
        if (column < DenseColumns)
            _dense[rank * DenseColumns + column]++;
        else
            _rest.Add((rank, column));
    }

    /// <summary>The matrix.</summary>
    /// <param name="voxels">Voxels that could have been counted.</param>
    internal CountMatrix ToMatrix(long voxels)
    {
        _rest.Sort();
        List<CountEntry> entries = [];
        int next = 0;
        for (int rank = 1; rank < _levelOfRank.Length; rank++)
        {
            for (int column = 1; column < DenseColumns; column++)
            {
                if (_dense[rank * DenseColumns + column] is > 0 and int count)
                    entries.Add(new(_levelOfRank[rank], column, count));
            }
            while (next < _rest.Count && _rest[next].Rank == rank)
            {
                int first = next;
                while (next < _rest.Count && _rest[next] == _rest[first])
                    next++;
                entries.Add(new(_levelOfRank[rank], _rest[first].Column, next - first));
            }
        }
        return new([.. entries], voxels);
    }
}
