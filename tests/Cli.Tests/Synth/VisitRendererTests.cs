using HccPipeline.Cli.Synth;

namespace HccPipeline.Cli.Tests.Synth;

public sealed class VisitRendererTests
{
    private static readonly SyntheticRegistryOptions Options = new() { MatrixX = 96, MatrixY = 96, MatrixZ = 20 };
    private static readonly CohortPlan Plan = CohortPlan.Create(Options);
    private static readonly TextureTile Tile = new(Options.Seed);

    [Fact]
    public void Render_EveryCentre_HoldsThePlannedValuesInsideTheMasks()
    {
        foreach (PatientPlan patient in Plan.Patients.Take(16))
        {
            VisitImages images = Measured.Render(Options, Tile, patient, post: true);
            double[] adc = Measured.Adc(images);
            Assert.Equal(patient.Post.T2Sir, Measured.T2Sir(images), patient.Post.T2Sir * 1e-4);
            Assert.Equal(patient.Post.AdcMean, adc.Average(), 1e-4);
            double mean = adc.Average();
            Assert.Equal(patient.Post.AdcDeviation, Math.Sqrt(adc.Average(v => (v - mean) * (v - mean))), 0.01);
            Assert.Equal(patient.Post.LesionVolumeMm3, Measured.VolumeMm3(images.Lesion.OnT2), 0.10 * patient.Post.LesionVolumeMm3);
            Assert.Equal(patient.Post.LesionVolumeMm3, Measured.VolumeMm3(images.Lesion.OnAdc), 0.15 * patient.Post.LesionVolumeMm3);
        }
    }

    [Fact]
    public void Render_Diffusion_DecaysWithThePlannedAdc()
    {
        PatientPlan patient = Plan.Patients[1];
        VisitImages images = Measured.Render(Options, Tile, patient, post: false);
        Assert.Equal([0, 50, 400, 800], images.Diffusion.Select(d => d.BValue));
        double[][] signal = [.. images.Diffusion.Select(d => Measured.In(d.Image, images.Lesion.OnAdc))];
        double[] fitted = new double[signal[0].Length];
        for (int i = 0; i < fitted.Length; i++)
            fitted[i] = Math.Log(signal[0][i] / signal[3][i]) / 800 * 1000;
        Assert.Equal(patient.Pre.AdcMean, fitted.Average(), 0.06);
        Assert.True(signal[0].Average() > signal[1].Average() && signal[1].Average() > signal[2].Average() && signal[2].Average() > signal[3].Average());
    }

    [Fact]
    public void Render_Masks_LieInTheLiverAndInTheBackMuscle()
    {
        foreach (PatientPlan patient in Plan.Patients.Take(12))
        {
            PhantomAnatomy anatomy = new(Tile, Options.Seed, patient.Index);
            VisitImages images = Measured.Render(Options, Tile, patient, post: true);
            (int liver, int lesion, int muscle, int reference) = (0, 0, 0, 0);
            Imaging.Geometry grid = images.T2.Geometry;
            for (int z = 0; z < grid.SizeZ; z++)
            {
                for (int y = 0; y < grid.SizeY; y++)
                {
                    for (int x = 0; x < grid.SizeX; x++)
                    {
                        bool inLesion = images.Lesion.OnT2[x, y, z] != 0, inReference = images.Muscle.OnT2[x, y, z] != 0;
                        Assert.False(inLesion && inReference);
                        if (!inLesion && !inReference) continue;
                        Imaging.Vector3D at = grid.ToPatient(x, y, z);
                        Tissue tissue = anatomy.TissueAt((float)at.X, (float)at.Y, (float)at.Z);
                        lesion += inLesion ? 1 : 0;
                        reference += inReference ? 1 : 0;
                        liver += inLesion && tissue is Tissue.Liver or Tissue.LiverVein ? 1 : 0;
                        muscle += inReference && tissue == Tissue.Muscle ? 1 : 0;
                    }
                }
            }
            Assert.True(liver >= 0.95 * lesion, $"{patient.PatientId}: {liver} of {lesion} lesion voxels are in the liver");
            Assert.Equal(reference, muscle);
            Assert.True(reference >= 20, $"{reference} voxels of muscle");
        }
    }

    [Fact]
    public void Render_AfterTheDrift_ShiftsOneCentreOnly()
    {
        SyntheticRegistryOptions drifting = Options with { DriftAfter = new DateOnly(2023, 1, 1) };
        int shifted = 0;
        foreach (PatientPlan patient in Plan.Patients.Where(p => p.CenterIndex == 1 || p.Index % 12 == 0))
        {
            VisitImages images = Measured.Render(drifting, Tile, patient, post: true);
            bool expected = patient.Center == "C02" && patient.Post.Date >= drifting.DriftAfter;
            shifted += expected ? 1 : 0;
            Assert.Equal(expected, Measured.T2Sir(images) > 1.1 * patient.Post.T2Sir);
            Assert.Equal(expected, Measured.Adc(images).Average() < patient.Post.AdcMean - 0.1);
        }
        Assert.InRange(shifted, 3, 20);
    }

    [Fact]
    public void Scanners_OfTheCentres_DifferInScaleGridAndName()
    {
        ScannerProfile[] scanners = [.. Enumerable.Range(0, 4).Select(c => ScannerFleet.Of(Options, c, new(2022, 1, 1)))];
        Assert.Equal(4, scanners.Select(s => s.Model).Distinct().Count());
        Assert.Equal(4, scanners.Select(s => s.MuscleIntensity).Distinct().Count());
        Assert.Equal(4, scanners.Select(s => s.FieldOfViewMm / s.T2Matrix.Columns).Distinct().Count());
        Assert.True(scanners.Select(s => s.T2Slices).Distinct().Count() > 1 && scanners.Select(s => s.T2Matrix).Distinct().Count() > 1);
        Assert.All(scanners, s => Assert.Contains("Synthetic", s.Model, StringComparison.Ordinal));
    }
}
