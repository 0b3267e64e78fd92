using HccPipeline.Cli.Synth;
using HccPipeline.Imaging;

namespace HccPipeline.Cli.Tests.Synth;

/// <summary>Measurements inside masks, written without the code under test.</summary>
internal static class Measured
{
    public static double[] In(Volume<float> image, Volume<byte> mask)
    {
        List<double> values = [];
        for (int i = 0; i < image.Voxels.Length; i++)
        {
            if (mask.Voxels[i] != 0)
                values.Add(image.Voxels[i]);
        }
        return [.. values];
    }

    public static double T2Sir(VisitImages images) => In(images.T2, images.Lesion.OnT2).Average() / In(images.T2, images.Muscle.OnT2).Average();

    public static double[] Adc(VisitImages images) => [.. In(images.Adc, images.Lesion.OnAdc).Select(v => v / 1000).Order()];

    public static double VolumeMm3(Volume<byte> mask) => mask.Voxels.ToArray().Sum(v => v) * mask.Geometry.VoxelVolumeMm3;

    /// <summary>Quantile of sorted values, linear between them.</summary>
    public static double Quantile(double[] sorted, double share)
    {
        double at = (sorted.Length - 1) * share;
        int low = (int)at;
        return sorted[low] + (at - low) * (sorted[Math.Min(low + 1, sorted.Length - 1)] - sorted[low]);
    }

    /// <summary>Entropy of a histogram with bins of 25, bits.</summary>
    public static double Entropy(double[] values)
    {
        const double width = 25;
        double start = Math.Floor(values.Min() / width) * width;
        return -values.GroupBy(v => (int)((v - start) / width)).Select(bin => (double)bin.Count() / values.Length).Sum(p => p * Math.Log2(p));
    }

    public static VisitImages Render(SyntheticRegistryOptions options, TextureTile tile, PatientPlan patient, bool post)
    {
        VisitPlan visit = post ? patient.Post : patient.Pre;
        return VisitRenderer.Render(
            tile, new PhantomAnatomy(tile, options.Seed, patient.Index), visit, ScannerFleet.Of(options, patient.CenterIndex, visit.Date),
            new RandomSource((ulong)options.Seed, RandomPurpose.Visit, 2 * patient.Index + (post ? 1 : 0)));
    }
}
