using HccPipeline.Testing;
using HccPipeline.Imaging;
using HccPipeline.Radiomics;

namespace HccPipeline.Conformance;

/// <summary>IBSI 2's consensus response maps of the digital phantoms: every voxel within 1% of the map's intensity range.</summary>
public sealed class IbsiTwoTests
{
    private const double Tolerance = 0.01;

    public static TheoryData<string> Maps =>
    [
        "id_1_checkerboard_CT_1A1_mean", "id_1_checkerboard_CT_1A2_mean", "id_1_checkerboard_CT_1A3_mean", "id_1_checkerboard_CT_1A4_mean",
        "id_1_impulse_CT_1B1_mean", "id_2_impulse_CT_2A_log_s3.0", "id_2_checkerboard_CT_2B_log_s5.0", "id_2_checkerboard_CT_2C_log_s5.0",
        "id_3_impulse_CT_3A1_laws_E5L5S5", "id_3_impulse_CT_3A2_laws_E5L5S5_invar", "id_3_impulse_CT_3A3_laws_E5L5S5_energy_delta_7_invar",
        "id_3_checkerboard_CT_3B1_laws_E3W5R5", "id_3_checkerboard_CT_3B2_laws_E3W5R5_invar", "id_3_checkerboard_CT_3B3_laws_E3W5R5_energy_delta_7_invar",
        "id_3_checkerboard_CT_3C1_laws_L5S5", "id_3_checkerboard_CT_3C2_laws_L5S5_invar", "id_3_checkerboard_CT_3C3_laws_L5S5_energy_delta_7_invar",
        "id_4_impulse_CT_4A1_gabor_s_10.0_g_0.5_l_4.0_t_0.3333333333333333_3D",
        "id_4_impulse_CT_4A2_gabor_s_10.0_g_0.5_l_4.0_t_0.0_tstep_0.25_3D_invar",
        "id_4_sphere_CT_4B1_gabor_s_20.0_g_2.5_l_8.0_t_1.25_3D", "id_4_sphere_CT_4B2_gabor_s_20.0_g_2.5_l_8.0_t_0.0_tstep_0.125_3D_invar",
        "id_5_impulse_CT_5A1_wavelet_db2_LHL_level_1", "id_5_impulse_CT_5A2_wavelet_db2_LHL_invar_level_1",
        "id_6_sphere_CT_6A1_wavelet_coif1_HHL_level_1", "id_6_sphere_CT_6A2_wavelet_coif1_HHL_invar_level_1",
        "id_7_checkerboard_CT_7A1_wavelet_haar_LLL_invar_level_2", "id_7_checkerboard_CT_7A2_wavelet_haar_HHH_invar_level_2",
        "NCT Dresden-1641816755670-id_8_checkerboard_CT_8A1_wavelet_simoncelli_B_level_1",
        "NCT Dresden-1641816755670-id_8_checkerboard_CT_8A2_wavelet_simoncelli_B_level_2",
        "NCT Dresden-1641816755670-id_8_checkerboard_CT_8A3_wavelet_simoncelli_B_level_3",
    ];

    [Theory]
    [MemberData(nameof(Maps))]
    public void Response_EveryVoxel_IsWithinOnePercent(string map)
    {
        string[] part = map[map.IndexOf("id_", StringComparison.Ordinal)..].Split('_');
        Volume<float> image = Nifti.Read(ConformanceData.Require($"ibsi-2/digital_phantom_nifti/{part[2]}/image/{part[2]}.nii.gz"));
        Volume<float> reference = Nifti.Read(ConformanceData.Require($"ibsi-2/response_maps/{map}.nii.gz"));
        Volume<float> ours = Respond(part[4], image);
        float[] r = reference.Voxels.ToArray();
        double range = (double)r.Max() - r.Min(), worst = 0;
        for (int i = 0; i < r.Length; i++)
            worst = Math.Max(worst, Math.Abs(ours.Voxels[i] - r[i]));
        ConformanceReport.Add(map[map.IndexOf("id_", StringComparison.Ordinal)..], 100 * worst / range, worst <= Tolerance * range);
        Assert.True(worst <= Tolerance * range, $"{map}: off by {100 * worst / range:G4}% of the range {range:G6}");
    }

    /// <summary>The configurations of the IBSI 2 manual, table 4.1.</summary>
    private static Volume<float> Respond(string test, Volume<float> image) => test switch
    {
        "1A1" => SmoothingFilters.Mean(image, 15, Boundary.Zero),
        "1A2" => SmoothingFilters.Mean(image, 15, Boundary.Nearest),
        "1A3" => SmoothingFilters.Mean(image, 15, Boundary.Periodic),
        "1A4" => SmoothingFilters.Mean(image, 15, Boundary.Mirror),
        "1B1" => SmoothingFilters.Mean(image, 15, Boundary.Zero, planar: true),
        "2A" => SmoothingFilters.LaplacianOfGaussian(image, 3, Boundary.Zero),
        "2B" => SmoothingFilters.LaplacianOfGaussian(image, 5, Boundary.Mirror),
        "2C" => SmoothingFilters.LaplacianOfGaussian(image, 5, Boundary.Mirror, planar: true),
        "3A1" => LawsFilter.Apply(image, "E5L5S5", Boundary.Zero),
        "3A2" => LawsFilter.Apply(image, "E5L5S5", Boundary.Zero, Pooling.Max),
        "3A3" => LawsFilter.Apply(image, "E5L5S5", Boundary.Zero, Pooling.Max, 7),
        "3B1" => LawsFilter.Apply(image, "E3W5R5", Boundary.Mirror),
        "3B2" => LawsFilter.Apply(image, "E3W5R5", Boundary.Mirror, Pooling.Max),
        "3B3" => LawsFilter.Apply(image, "E3W5R5", Boundary.Mirror, Pooling.Max, 7),
        "3C1" => LawsFilter.Apply(image, "L5S5", Boundary.Mirror),
        "3C2" => LawsFilter.Apply(image, "L5S5", Boundary.Mirror, Pooling.Max),
        "3C3" => LawsFilter.Apply(image, "L5S5", Boundary.Mirror, Pooling.Max, 7),
        "4A1" => GaborFilter.Apply(image, new() { SigmaMm = 10, WavelengthMm = 4, AspectRatio = 0.5, OrientationTurns = 1.0 / 6 }, Boundary.Zero),
        "4A2" => GaborFilter.Apply(image, new() { SigmaMm = 10, WavelengthMm = 4, AspectRatio = 0.5, Orientations = 4, OrthogonalPlanes = true }, Boundary.Zero),
        "4B1" => GaborFilter.Apply(image, new() { SigmaMm = 20, WavelengthMm = 8, AspectRatio = 2.5, OrientationTurns = 5.0 / 8 }, Boundary.Mirror),
        "4B2" => GaborFilter.Apply(image, new() { SigmaMm = 20, WavelengthMm = 8, AspectRatio = 2.5, Orientations = 8, OrthogonalPlanes = true }, Boundary.Mirror),
        "5A1" => SeparableWavelet.Apply(image, WaveletFamily.Daubechies2, "LHL", 1, Boundary.Zero),
        "5A2" => SeparableWavelet.Apply(image, WaveletFamily.Daubechies2, "LHL", 1, Boundary.Zero, Pooling.Average),
        "6A1" => SeparableWavelet.Apply(image, WaveletFamily.Coiflet1, "HHL", 1, Boundary.Periodic),
        "6A2" => SeparableWavelet.Apply(image, WaveletFamily.Coiflet1, "HHL", 1, Boundary.Periodic, Pooling.Average),
        "7A1" => SeparableWavelet.Apply(image, WaveletFamily.Haar, "LLL", 2, Boundary.Mirror, Pooling.Average),
        "7A2" => SeparableWavelet.Apply(image, WaveletFamily.Haar, "HHH", 2, Boundary.Mirror, Pooling.Average),
        "8A1" => SimoncelliWavelet.BandPass(image, 1),
        "8A2" => SimoncelliWavelet.BandPass(image, 2),
        "8A3" => SimoncelliWavelet.BandPass(image, 3),
        _ => throw new ArgumentException($"IBSI 2 test {test} is not known here.", nameof(test)),
    };
}
