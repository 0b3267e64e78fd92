using HccPipeline.Imaging;

namespace HccPipeline.Radiomics;

/// <summary>PyRadiomics' texture families under any of its choices.</summary>
internal static class PyRadiomicsTexture
{
    /// <summary>Computes the families wanted.</summary>
    /// <param name="mask">Region.</param>
    /// <param name="levels">Grey levels of its voxels.</param>
    /// <param name="settings">Choices.</param>
    /// <param name="filter">Image type in front of the names.</param>
    /// <param name="families">Families wanted; null for all.</param>
    /// <exception cref="RegionException">A family is not defined for the region.</exception>
    internal static List<FeatureValue> Of(
        Volume<byte> mask, GreyLevels levels, TextureSettings settings, string filter, IReadOnlySet<FeatureFamily>? families)
    {
        Vector3D spacing = mask.Geometry.SpacingMm;
        LevelGrid grid = new(mask, levels, settings.Distances.Max());
        List<FeatureValue> all = [];
        void Add(FeatureFamily family, Func<double[]> values)
        {
            if (families?.Contains(family) != false)
                all.AddRange(FeatureCatalogue.Values(family, filter, values()));
        }
        Add(FeatureFamily.Glcm, () => CoOccurrence(grid, settings, spacing));
        Add(FeatureFamily.Glrlm, () => RunLengths.Features(grid, settings, spacing));
        Add(FeatureFamily.Glszm, () => Zones.SizeFeatures(grid, settings.Directions([1])));
        if (families?.Contains(FeatureFamily.Ngtdm) != false || families.Contains(FeatureFamily.Gldm))
        {
            (double[] tone, double[] dependence) = Neighbourhoods.Features(grid, settings.Directions([.. settings.Distances]), settings.DependenceTolerance);
            Add(FeatureFamily.Ngtdm, () => tone);
            Add(FeatureFamily.Gldm, () => dependence);
        }
        return all;
    }

    private static double[] CoOccurrence(LevelGrid grid, TextureSettings settings, Vector3D spacing)
    {
        int size = grid.RankCount + 1;
        if (grid.RankCount > Glcm.MaxRanks)
            throw Glcm.TooManyLevels(grid);
        double[] matrix = new double[size * size];
        List<double[]?> each = [];
        foreach (Direction d in settings.Directions([.. settings.Distances]))
        {
            bool merges = settings.Weighting != DistanceWeighting.None;
            if (!merges)
                Array.Clear(matrix);
            double length = settings.Length(d, spacing);
            double weight = settings.Weighting is DistanceWeighting.None or DistanceWeighting.NoWeighting ? 1 : PortableMath.Exp(-length * length);
            int offset = grid.Offset(d);
            foreach (int at in grid.Positions.Span)
            {
                int i = grid.Ranks[at], j = grid.Ranks[at + offset];
                if (j == 0)
                    continue;
                matrix[i * size + j] += weight;
                if (settings.Symmetrical)
                    matrix[j * size + i] += weight;
            }
            if (!merges)
                each.Add(JointDistribution.Features(matrix, grid));
        }
        return (settings.Weighting == DistanceWeighting.None ? Aggregations.Mean(each) : JointDistribution.Features(matrix, grid)) ?? throw Glcm.NoPair();
    }
}
