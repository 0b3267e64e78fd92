using HccPipeline.Imaging;

namespace HccPipeline.Radiomics;

/// <summary>How responses of a turned filter become one.</summary>
public enum Pooling
{
    /// <summary>One orientation alone.</summary>
    None,

    /// <summary>The largest of all right-angled orientations.</summary>
    Max,

    /// <summary>Their mean.</summary>
    Average,
}

/// <summary>A separable filter in its right-angled orientations: 24 in space, 4 within slices.</summary>
internal static class RotationPooling
{
    /// <summary>Which kernel runs along an axis, and whether mirrored.</summary>
    private readonly record struct Turn((int Kernel, bool Mirrored) X, (int Kernel, bool Mirrored) Y, (int Kernel, bool Mirrored) Z);

    /// <summary>Filters in every orientation and pools.</summary>
    /// <param name="image">Values.</param>
    /// <param name="grid">Their grid.</param>
    /// <param name="stages">Kernels along x, y and z of each stage, one stage after the other.</param>
    /// <param name="boundary">Continuation beyond the edge.</param>
    /// <param name="pooling">Pooling.</param>
    /// <param name="planar">The third kernel is the identity and stays.</param>
    internal static double[] Apply(
        double[] image, Geometry grid, IReadOnlyList<Kernel[]> stages, Boundary boundary, Pooling pooling, bool planar)
    {
        Turn[] turns = pooling == Pooling.None ? [new((0, false), (1, false), (2, false))] : planar ? InPlane() : InSpace();
        double[]? pooled = null;
        foreach (Turn turn in turns)
        {
            double[] response = image;
            foreach (Kernel[] kernels in stages)
            {
                Kernel Along((int Kernel, bool Mirrored) t) => t.Mirrored ? kernels[t.Kernel].Reversed() : kernels[t.Kernel];
                response = SeparableFilter.Apply(response, grid, Along(turn.X), Along(turn.Y), Along(turn.Z), boundary);
            }
            if (pooled is null)
            {
                pooled = response;
                continue;
            }
            for (int i = 0; i < pooled.Length; i++)
                pooled[i] = pooling == Pooling.Max ? Math.Max(pooled[i], response[i]) : pooled[i] + response[i];
        }
        for (int i = 0; pooling == Pooling.Average && i < pooled!.Length; i++)
            pooled[i] /= turns.Length;
        return pooled!;
    }

    private static Turn[] InPlane() =>
    [
        new((0, false), (1, false), (2, false)), new((1, false), (0, true), (2, false)),
        new((0, true), (1, true), (2, false)), new((1, true), (0, false), (2, false)),
    ];

    /// <summary>Permutations of the axes with mirrorings that make a rotation: even ones with an even number of them, odd ones with an odd.</summary>
    private static Turn[] InSpace()
    {
        (int, int, int, bool)[] permutations = [(0, 1, 2, true), (1, 2, 0, true), (2, 0, 1, true), (0, 2, 1, false), (2, 1, 0, false), (1, 0, 2, false)];
        return
        [
            .. from p in permutations
               from mirror in Enumerable.Range(0, 8)
               where int.IsEvenInteger(System.Numerics.BitOperations.PopCount((uint)mirror)) == p.Item4
               select new Turn((p.Item1, (mirror & 1) != 0), (p.Item2, (mirror & 2) != 0), (p.Item3, (mirror & 4) != 0)),
        ];
    }
}
