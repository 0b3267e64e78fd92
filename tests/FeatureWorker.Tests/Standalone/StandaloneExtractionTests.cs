using HccPipeline.Dicom;
using HccPipeline.FeatureWorker.Profiles;
using HccPipeline.FeatureWorker.Standalone;
using HccPipeline.Imaging;
using Xunit;

namespace HccPipeline.FeatureWorker.Tests.Standalone;

public sealed class StandaloneExtractionTests : IDisposable
{
    private readonly PhantomFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData("pyradiomics-default")]
    [InlineData("ibsi-e")]
    public void Run_DicomNiftiAndNrrd_GiveTheSameBits(string name)
    {
        HashedProfile profile = ProfileReader.ReadShipped(name);
        (string folder, IReadOnlyList<DicomInstance> instances) = _files.DicomImage();
        string segmentation = _files.DicomSegmentation(instances, PhantomFiles.MaskOf(1), PhantomFiles.MaskOf(2));

        ExtractionResult dicom = StandaloneExtraction.Run(new(folder, segmentation) { Label = "lesion" }, profile);
        ExtractionResult nifti = StandaloneExtraction.Run(
            new(_files.Nifti("image.nii.gz", PhantomFiles.Image), _files.Nifti("labels.nii", PhantomFiles.Labels)) { Label = "1" }, profile);
        ExtractionResult nrrd = StandaloneExtraction.Run(
            new(_files.Nrrd("image.nrrd", PhantomFiles.Image, "float"), _files.Nrrd("labels.nrrd", PhantomFiles.Labels, "uchar")) { Label = "1" }, profile);

        Assert.True(dicom.Features.Count >= 107);
        Assert.Equal(dicom.Features, nifti.Features);
        Assert.Equal(dicom.Features, nrrd.Features);
    }

    [Fact]
    public void Run_Case_SaysWhereValuesComeFrom()
    {
        HashedProfile profile = ProfileReader.ReadShipped("ibsi-c");
        string image = _files.Nifti("image.nii", PhantomFiles.Image), mask = _files.Nifti("mask.nii", PhantomFiles.MaskOf(1));

        ExtractionProvenance from = StandaloneExtraction.Run(new(image, mask), profile).Provenance;

        Assert.Equal((profile.Sha256, Mask.Count(PhantomFiles.MaskOf(1)), false), (from.ProfileSha256, from.MaskVoxels, from.MaskResampled));
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(image))), from.ImageSha256);
        Assert.NotEqual(from.ImageSha256, from.MaskSha256);
        Assert.Equal([14, 11, 7], from.GridBefore.Size);
        Assert.Equal([5, 4, 12], from.GridAfter.Size);   // ⌈14·0.7/2⌉, ⌈11·0.7/2⌉, ⌈7·3.3/2⌉
        Assert.Equal([2, 2, 2], from.GridAfter.SpacingMm);
    }

    [Fact]
    public void Run_RenamedDicomFiles_HaveOneHash()
    {
        (string folder, IReadOnlyList<DicomInstance> instances) = _files.DicomImage();
        string mask = _files.DicomSegmentation(instances, PhantomFiles.MaskOf(1));
        string before = StandaloneExtraction.Run(new(folder, mask), ProfileReader.ReadDefault()).Provenance.ImageSha256;
        File.Move(Path.Combine(folder, "0.dcm"), Path.Combine(folder, "9.dcm"));
        File.WriteAllText(Path.Combine(folder, "LICENSE"), "not an image");

        Assert.Equal(before, StandaloneExtraction.Run(new(folder, mask), ProfileReader.ReadDefault()).Provenance.ImageSha256);
    }

    [Fact]
    public void Run_SegmentationOnAFinerGridOfTheSameFrame_IsResampled()
    {
        (string folder, _) = _files.DicomImage();
        Geometry g = PhantomFiles.Grid, half = g with
        {
            SizeX = 2 * g.SizeX, SizeY = 2 * g.SizeY, SpacingMm = new(0.35, 0.35, 3.3), Origin = g.ToPatient(-0.25, -0.25, 0),
        };
        (_, IReadOnlyList<DicomInstance> finer) = _files.DicomImage("finer", new Volume<float>(half));
        Volume<byte> doubled = new(half);
        for (int i = 0; i < doubled.Voxels.Length; i++)
        {
            int x = i % half.SizeX, y = i / half.SizeX % half.SizeY, z = i / (half.SizeX * half.SizeY);
            doubled.Voxels[i] = PhantomFiles.MaskOf(1)[x / 2, y / 2, z];
        }

        ExtractionResult result = StandaloneExtraction.Run(new(folder, _files.DicomSegmentation(finer, doubled)), ProfileReader.ReadDefault());

        Assert.True(result.Provenance.MaskResampled);
        Assert.Equal(0.35, result.Provenance.MaskGrid!.SpacingMm[0], 1e-12);
        Assert.Equal(Mask.Count(PhantomFiles.MaskOf(1)), result.Provenance.MaskVoxels);
    }

    [Fact]
    public void Run_NiftiMaskOnAnotherGrid_IsRefusedUntilSaidToLieInTheSameSpace()
    {
        Geometry g = PhantomFiles.Grid;
        Volume<byte> part = new(g with { SizeX = 8, Origin = g.ToPatient(2, 0, 0) });
        part[3, 5, 3] = 1;
        ExtractionCase one = new(_files.Nifti("image.nii", PhantomFiles.Image), _files.Nifti("part.nii", part));

        Assert.Contains("frame of reference", Refused(one), StringComparison.Ordinal);
        ExtractionResult result = StandaloneExtraction.Run(one with { SameSpace = true }, ProfileReader.ReadDefault());

        Assert.Equal((true, 1), (result.Provenance.MaskResampled, result.Provenance.MaskVoxels));
        Assert.Equal(PhantomFiles.Image[5, 5, 3], result.Features.Single(f => f.Name == "original_firstorder_Mean").Value);
    }

    [Fact]
    public void Run_WhatCanNotBe_IsRefusedWithTheReason()
    {
        (string folder, IReadOnlyList<DicomInstance> instances) = _files.DicomImage();
        string image = _files.Nifti("image.nii", PhantomFiles.Image), labels = _files.Nifti("labels.nii", PhantomFiles.Labels);
        string segmentation = _files.DicomSegmentation(instances, PhantomFiles.MaskOf(1), PhantomFiles.MaskOf(2));

        Assert.Contains("several labels: 1, 2", Refused(new(image, labels)), StringComparison.Ordinal);
        Assert.Contains("no voxel of label 7", Refused(new(image, labels) { Label = "7" }), StringComparison.Ordinal);
        Assert.Contains("numbers, not names", Refused(new(image, labels) { Label = "Lesion" }), StringComparison.Ordinal);
        Assert.Contains("several segments: 1 'Lesion', 2 'Other 1'", Refused(new(folder, segmentation)), StringComparison.Ordinal);
        Assert.Contains("needs a DICOM image", Refused(new(image, segmentation) { Label = "1" }), StringComparison.Ordinal);
        Assert.Contains("is no mask", Refused(new(folder, folder)), StringComparison.Ordinal);
        Assert.Contains("absent.nii", Refused(new(_files.PathOf("absent.nii"), labels)), StringComparison.Ordinal);
        Assert.Contains("no stack 2", Refused(new(folder, segmentation) { Label = "1", Stack = 2 }), StringComparison.Ordinal);
    }

    [Fact]
    public void Run_ReferenceNormalisation_DividesByTheOtherLabel()
    {
        HashedProfile profile = ProfileReader.Read("features: { image: { normalisation: { method: reference-region }, classes: [firstorder], bin_count: 8 } }", "test");
        ExtractionCase one = new(_files.Nifti("image.nii", PhantomFiles.Image), _files.Nifti("labels.nii", PhantomFiles.Labels)) { Label = "1" };
        double Mean(int label) => Mask.Gather(PhantomFiles.Image, PhantomFiles.MaskOf(label)).Average(v => (double)v);

        Assert.Contains("--reference", Refused(one, profile), StringComparison.Ordinal);
        double value = StandaloneExtraction.Run(one with { Reference = "2" }, profile).Features.Single(f => f.Name == "original_firstorder_Mean").Value;

        Assert.Equal(Mean(1) / Mean(2), value, 1e-6);
    }

    [Fact]
    public void Run_PyRadiomicsMaskCorrection_TakesNearestVoxelsOrSaysWhyNot()
    {
        HashedProfile correct = ProfileReader.Read("setting: { correctMask: true, minimumROIDimensions: 1 }\nfeatureClass: { firstorder: [Mean] }", "Params.yaml");
        Geometry g = PhantomFiles.Grid;
        Volume<byte> part = new(g with { SizeX = 8, Origin = g.ToPatient(2.3, 0, 0) });
        (part[3, 5, 3], part[4, 5, 3]) = (1, 1);
        string image = _files.Nifti("image.nii", PhantomFiles.Image);

        ExtractionResult result = StandaloneExtraction.Run(new(image, _files.Nifti("part.nii", part)), correct);

        Assert.Equal((true, 2), (result.Provenance.MaskResampled, result.Provenance.MaskVoxels));
        Assert.Equal((PhantomFiles.Image[5, 5, 3] + PhantomFiles.Image[6, 5, 3]) / 2, result.Features.Single().Value, 1e-4);
        Volume<byte> beyond = part.On(part.Geometry with { Origin = g.ToPatient(9.5, 0, 0) });
        Assert.Contains("beyond the image", Refused(new(image, _files.Nifti("beyond.nii", beyond)), correct), StringComparison.Ordinal);
    }

    [Fact]
    public void Run_MaskALittleAway_NeedsTheTolerance()
    {
        Volume<byte> moved = PhantomFiles.MaskOf(1).On(PhantomFiles.Grid with { Origin = PhantomFiles.Grid.Origin + new Vector3D(0.05, 0, 0) });
        ExtractionCase one = new(_files.Nifti("image.nii", PhantomFiles.Image), _files.Nifti("moved.nii", moved));

        Assert.Contains("frame of reference", Refused(one, ProfileReader.Read("setting: { geometryTolerance: 0.01 }", "Params.yaml")), StringComparison.Ordinal);
        ExtractionResult result = StandaloneExtraction.Run(one, ProfileReader.Read("setting: { geometryTolerance: 0.1 }", "Params.yaml"));

        Assert.Equal((false, Mask.Count(moved)), (result.Provenance.MaskResampled, result.Provenance.MaskVoxels));
    }

    [Fact]
    public void Run_PyRadiomicsFileWithoutLabel_TakesTheFirstOfSeveral()
    {
        ExtractionCase one = new(_files.Nifti("image.nii", PhantomFiles.Image), _files.Nifti("labels.nii", PhantomFiles.Labels));

        Assert.Equal(Mask.Count(PhantomFiles.MaskOf(1)), StandaloneExtraction.Run(one, ProfileReader.ReadShipped("pyradiomics-default")).Provenance.MaskVoxels);
    }

    [Fact]
    public void Run_ImageTooSmallForAFilter_SaysWhichImageIsLeftOut()
    {
        ExtractionCase one = new(_files.Nifti("image.nii", PhantomFiles.Image), _files.Nifti("labels.nii", PhantomFiles.Labels)) { Label = "1" };

        ExtractionResult result = StandaloneExtraction.Run(one, ProfileReader.Read("imageType: { LoG: { sigma: [1.0, 9.0] } }\nfeatureClass: { firstorder: [Mean] }", "Params.yaml"));

        Assert.Equal("log-sigma-1-0-mm-3D_firstorder_Mean", result.Features.Single().Name);
        Assert.Contains("log-sigma-9-0-mm-3D", Assert.Single(result.Provenance.ImagesLeftOut), StringComparison.Ordinal);
    }

    private static string Refused(ExtractionCase one, HashedProfile? profile = null) =>
        Assert.Throws<ImageFileException>(() => StandaloneExtraction.Run(one, profile ?? ProfileReader.ReadDefault())).Message;
}
