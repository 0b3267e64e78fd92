namespace HccPipeline.FeatureWorker.Profiles;

/// <summary>What a filter's choices must fulfil.</summary>
internal static class FilterChecks
{
    /// <summary>What is wrong: the key within the filter, and the rest of the sentence.</summary>
    public static IEnumerable<(string Key, string Problem)> Of(FilterChoices f)
    {
        if (f.Type == FilterKind.Unknown)
        {
            yield return (".type", "is missing.");
            yield break;
        }
        (string[] required, string[] optional) = FilterFactory.FieldsOf(f.Type);
        string[] set = [.. FilterFactory.FieldsSet(f)];
        foreach (string missing in required.Except(set, StringComparer.Ordinal))
            yield return ("", $"has no {missing}, which a filter of its type needs.");
        foreach (string other in set.Except(required, StringComparer.Ordinal).Except(optional, StringComparer.Ordinal))
            yield return ($".{other}", "is no choice of this type of filter.");
        foreach ((string name, double? value) in new[]
        {
            ("sigma_mm", f.SigmaMm), ("cutoff", f.Cutoff), ("wavelength_mm", f.WavelengthMm), ("aspect_ratio", f.AspectRatio), ("radius_voxels", f.RadiusVoxels), ("bin_width", f.BinWidth),
        })
        {
            if (value is { } v && !ProfileChecks.IsPositive(v))
                yield return ($".{name}", "must be a positive number.");
        }
        foreach ((string name, int? value) in new[]
        {
            ("orientations", f.Orientations), ("level", f.Level), ("energy_distance", f.EnergyDistance), ("bin_count", f.BinCount),
        })
        {
            if (value < 1)
                yield return ($".{name}", "must be 1 or more.");
        }
        if (f.Samples is < 1 or > 31)
            yield return (".samples", "must be 1 to 31.");
        if (f.Subdivisions is < 0 or > 5)
            yield return (".subdivisions", "must be 0 to 5.");
        if (f.Degree < 0)
            yield return (".degree", "must not be negative.");
        if (f.Type == FilterKind.SphericalBinaryPattern && f.Kurtosis == true == f.Degree is not null)
            yield return ("", "needs a degree, or kurtosis, and not both.");
        if (f.Size is { } size && (size < 1 || size % 2 == 0))
            yield return (".size", "must be odd.");
        if (f.BinWidth is not null && f.BinCount is not null)
            yield return (".bin_count", "and bin_width exclude each other.");
        int letters = f is { Type: FilterKind.StationaryWavelet, SliceAxis: not null } ? 2 : 3;
        if (f.Band is { } band && (band.Length != letters || band.Any(c => c is not ('L' or 'H'))))
            yield return (".band", $"'{band}' is not {letters} of L and H.");
        if (f.FilterBank is { } bank && !Radiomics.DiscreteWavelets.Has(bank))
            yield return (".filter_bank", $"'{bank}' is no discrete wavelet; use haar, dmey or one of the db, sym, coif, bior and rbio families.");
        if (f.Kernel is { } kernel && (kernel.Length is not (4 or 6) || kernel.Chunk(2).Any(p => new string(p) is not ("L3" or "E3" or "S3" or "L5" or "E5" or "S5" or "W5" or "R5"))))
            yield return (".kernel", $"'{kernel}' is not made of two or three of L3, E3, S3, L5, E5, S5, W5 and R5.");
        if (f.Name is { } name2 && (name2.Length == 0 || name2.Contains('_', StringComparison.Ordinal)))
            yield return (".name", "must not be empty nor hold an underscore, which parts the image type from the feature.");
    }
}
