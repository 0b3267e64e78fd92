using HccPipeline.Imaging;

namespace HccPipeline.Cli.Synth;

/// <summary>Renders the images of a visit so that, inside the masks, they hold exactly what the plan says.</summary>
public static class VisitRenderer
{
    /// <summary>The b-values of the protocol, s/mm².</summary>
    public static IReadOnlyList<int> BValues { get; } = [0, 50, 400, 800];

    private const float AdcGrain = 0.025f, LeastAdc = 0.02f, EchoPlanarNoise = 1.3f, DiffusionGain = 1.1f;

    /// <summary>Renders one visit. Pure: the stream decides positioning and noise.</summary>
    /// <param name="tile">Noise that textures are cut from.</param>
    /// <param name="anatomy">The patient.</param>
    /// <param name="plan">True values of the visit.</param>
    /// <param name="scanner">The scanner on that day; its drift is added to the true values.</param>
    /// <param name="random">Stream of the visit.</param>
    public static VisitImages Render(TextureTile tile, PhantomAnatomy anatomy, VisitPlan plan, ScannerProfile scanner, RandomSource random)
    {
        VisitScene scene = new(tile, anatomy, plan, (float)random.NextBetween(0, 64));
        Vector3D shift = new(random.NextBetween(-6, 6), random.NextBetween(-4, 4), random.NextBetween(-4, 4));
        Geometry t2Grid = ScanGrid.For(scanner, scanner.T2Matrix, scanner.T2Slices, shift);
        Geometry diffusionGrid = ScanGrid.For(scanner, scanner.DiffusionMatrix, scanner.DiffusionSlices, shift);
        TissueMap onT2 = TissueMap.Of(scene, t2Grid), onDiffusion = TissueMap.Of(scene, diffusionGrid);
        Volume<float> adc = Adc(scene, onDiffusion, plan, scanner, random);
        return new()
        {
            T2 = T2(scene, onT2, plan, scanner, random),
            Diffusion = Diffusion(scene, onDiffusion, adc, plan, scanner, random),
            Adc = adc,
            Lesion = (onT2.Lesion, onDiffusion.Lesion),
            Muscle = (onT2.Muscle, onDiffusion.Muscle),
        };
    }

    private static Volume<float> T2(VisitScene scene, TissueMap map, VisitPlan plan, ScannerProfile scanner, RandomSource random)
    {
        float sir = (float)(plan.T2Sir * scanner.T2SirFactor), variation = (float)plan.T2Variation;
        Volume<float> image = map.Paint((tissue, x, y, z) => tissue == Tissue.Lesion
            ? sir * (1 + variation * Math.Clamp(scene.LesionT2(x, y, z), -2.5f, 2.5f))
            : TissueContrast.Of(tissue) is var c ? c.T2 * (1 + c.Texture * scene.Texture(tissue, x, y, z)) : 0);
        float muscle = (float)scanner.MuscleIntensity;
        Finish(image, map, muscle, (float)scanner.Noise * muscle, random);
        double reference = MaskedValues.Mean(image.Voxels, map.Muscle.Voxels);
        MaskedValues.Standardise(image.Voxels, map.Lesion.Voxels, sir * reference, sir * reference * variation, least: 1);
        return image;
    }

    private static Volume<float> Adc(VisitScene scene, TissueMap map, VisitPlan plan, ScannerProfile scanner, RandomSource random)
    {
        float mean = (float)(plan.AdcMean + scanner.AdcShift), deviation = (float)plan.AdcDeviation;
        Volume<float> image = map.Paint((tissue, x, y, z) => tissue == Tissue.Lesion
            ? mean + deviation * scene.LesionAdc(x, y, z)
            : TissueContrast.Of(tissue) is var c ? c.Adc * (1 + c.Texture * scene.Texture(tissue, x, y, z)) : 0);
        InPlaneBlur.Apply(image);
        Span<float> voxels = image.Voxels;
        for (int i = 0; i < voxels.Length; i++)
        {
            // Vendors blank the background of the map.
            float value = map.Tissues[i] is Tissue.Air or Tissue.Lung ? 0 : Math.Max(voxels[i] + AdcGrain * ReceiverNoise.Next(random), LeastAdc);
            voxels[i] = MathF.Round(1000 * value);
        }
        MaskedValues.Standardise(voxels, map.Lesion.Voxels, 1000 * mean, 1000 * deviation, least: 1000 * LeastAdc);
        return image;
    }

    private static (int, Volume<float>)[] Diffusion(
        VisitScene scene, TissueMap map, Volume<float> adc, VisitPlan plan, ScannerProfile scanner, RandomSource random)
    {
        float lesion = (float)plan.T2Sir * DiffusionGain, gain = (float)scanner.MuscleIntensity;
        Volume<float> unweighted = map.Paint((tissue, x, y, z) => tissue == Tissue.Lesion
            ? lesion
            : TissueContrast.Of(tissue) is var c ? c.Diffusion * (1 + c.Texture * scene.Texture(tissue, x, y, z)) : 0);
        InPlaneBlur.Apply(unweighted);
        (int, Volume<float>)[] series = new (int, Volume<float>)[BValues.Count];
        for (int k = 0; k < series.Length; k++)
        {
            Volume<float> image = new(map.Grid);
            Span<float> voxels = image.Voxels, start = unweighted.Voxels, map6 = adc.Voxels;
            for (int i = 0; i < voxels.Length; i++)
                voxels[i] = start[i] * gain * MathF.Exp(-BValues[k] * 1e-6f * map6[i]);
            ReceiverNoise.Add(voxels, (float)scanner.Noise * gain * EchoPlanarNoise, random);
            foreach (ref float voxel in voxels)
                voxel = MathF.Round(voxel);
            series[k] = (BValues[k], image);
        }
        return series;
    }

    /// <summary>Point spread, coil sensitivity, gain, noise, and whole numbers.</summary>
    private static void Finish(Volume<float> image, TissueMap map, float gain, float noise, RandomSource random)
    {
        InPlaneBlur.Apply(image);
        Geometry grid = map.Grid;
        float tiltX = (float)random.NextBetween(-0.08, 0.08), tiltY = (float)random.NextBetween(-0.08, 0.08);
        for (int z = 0; z < grid.SizeZ; z++)
        {
            Span<float> slice = image.Slice(z);
            for (int y = 0; y < grid.SizeY; y++)
            {
                float v = 2f * y / grid.SizeY - 1;
                for (int x = 0; x < grid.SizeX; x++)
                {
                    float u = 2f * x / grid.SizeX - 1;
                    slice[y * grid.SizeX + x] *= gain * (1 + tiltX * u + tiltY * v + 0.10f * (u * u + v * v - 0.5f));
                }
            }
        }
        ReceiverNoise.Add(image.Voxels, noise, random);
        foreach (ref float voxel in image.Voxels)
            voxel = MathF.Round(voxel);
    }
}
