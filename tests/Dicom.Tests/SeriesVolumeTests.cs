using HccPipeline.Imaging;

namespace HccPipeline.Dicom.Tests;

public sealed class SeriesVolumeTests
{
    private readonly Geometry _grid = Samples.ObliqueGrid();

    [Fact]
    public void Read_ImagesInAnyOrder_GivesBackTheVolume()
    {
        Volume<float> volume = Samples.Ramp(_grid);
        List<DicomInstance> images = [.. MrImageWriter.Create(Samples.Study(), Samples.Series(), volume)];
        string[] uids = [.. images.Select(i => i.SopInstanceUid)];
        images.Reverse(1, 3);
        SeriesVolume read = SeriesVolume.Read([.. images.Select(i => DicomFile.Read(DicomFile.ToBytes(i.Dataset)))]);
        Assert.True(read.Volume.Geometry.Coincides(_grid, 1e-6));
        Assert.True(read.Volume.Voxels.SequenceEqual(volume.Voxels));
        Assert.Equal(uids, read.SopInstanceUids);
        Assert.Equal(Samples.Uid("frame"), read.FrameOfReferenceUid);
    }

    [Fact]
    public void Read_RescaleDiffersBySlice_AppliesEachSlicesOwn()
    {
        List<DicomInstance> images = Images();
        images[3].Dataset.SetNumber(DicomTags.RescaleSlope, 0.5).SetNumber(DicomTags.RescaleIntercept, -10);
        Volume<float> expected = Samples.Ramp(_grid);
        Volume<float> read = SeriesVolume.Read(images).Volume;
        Assert.Equal(expected[2, 2, 2], read[2, 2, 2]);
        Assert.Equal(expected[2, 2, 3] * 0.5f - 10, read[2, 2, 3]);
    }

    [Theory]
    [InlineData(1, 8, 8, new byte[] { 0, 127, 128, 255 }, new float[] { 0, 127, -128, -1 })]
    [InlineData(0, 8, 8, new byte[] { 0, 127, 128, 255 }, new float[] { 0, 127, 128, 255 })]
    [InlineData(1, 16, 12, new byte[] { 0xFF, 0xF7, 0, 0x08, 0xFF, 0x0F, 1, 0xF0 }, new float[] { 2047, -2048, -1, 1 })]
    [InlineData(0, 16, 12, new byte[] { 0xFF, 0xF7, 0, 0x08, 0xFF, 0x0F, 1, 0xF0 }, new float[] { 2047, 2048, 4095, 1 })]
    [InlineData(1, 32, 32, new byte[] { 0, 0, 0, 128, 255, 255, 255, 255, 1, 0, 0, 0, 0, 0, 1, 0 }, new float[] { -2147483648f, -1, 1, 65536 })]
    public void Read_SignAndStoredBits_DecodesAsTheStandardSays(int representation, int allocated, int stored, byte[] pixels, float[] expected)
    {
        DicomInstance image = Images()[0];
        image.Dataset.SetNumber(DicomTags.Rows, 2).SetNumber(DicomTags.Columns, 2).SetNumber(DicomTags.BitsAllocated, allocated)
            .SetNumber(DicomTags.BitsStored, stored).SetNumber(DicomTags.HighBit, stored - 1).SetNumber(DicomTags.PixelRepresentation, representation)
            .SetBytes(DicomTags.PixelData, DicomVr.OW, pixels);
        Assert.Equal(expected, SeriesVolume.Read([image]).Volume.Voxels.ToArray());
    }

    [Fact]
    public void Read_SliceMissing_NamesTheGap()
    {
        List<DicomInstance> images = Images();
        images.RemoveAt(2);
        DicomFileException error = Assert.Throws<DicomFileException>(() => SeriesVolume.Read(images));
        Assert.Equal(DicomFault.MissingSlice, error.Fault);
        double below = _grid.ToPatient(0, 0, 1).Dot(_grid.ZAxis);
        Assert.Contains($"8.00 mm between the slices at {below:F2} and {below + 8:F2} mm", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_DamagedSeries_SaysWhatIsWrong()
    {
        Assert.Equal(DicomFault.IrregularSpacing, FaultAfter(i => Move(i[4], _grid.ZAxis * 1.5)));
        Assert.Equal(DicomFault.InconsistentSeries, FaultAfter(i => Move(i[4], _grid.XAxis * 3)));
        Assert.Equal(DicomFault.DuplicateSlice, FaultAfter(i => i.Add(i[1])));
        Assert.Equal(DicomFault.InconsistentSeries, FaultAfter(i => i[1].Dataset.SetNumber(DicomTags.PixelSpacing, 1.5, 1.3)));
        Assert.Equal(DicomFault.InconsistentSeries, FaultAfter(i => i[1].Dataset.SetNumber(DicomTags.ImageOrientationPatient, 1, 0, 0, 0, 1, 0)));
        Assert.Equal(DicomFault.InconsistentSeries, FaultAfter(i => i[1].Dataset.SetString(DicomTags.FrameOfReferenceUID, "1.2.3")));
        Assert.Equal(DicomFault.NoPixelData, FaultAfter(i => i[1].Dataset.Remove(DicomTags.PixelData)));
        Assert.Equal(DicomFault.NoPixelData, FaultAfter(i => i.Clear()));
        Assert.Equal(DicomFault.Truncated, FaultAfter(i => i[1].Dataset.SetBytes(DicomTags.PixelData, DicomVr.OW, new byte[10])));
        Assert.Equal(DicomFault.MissingAttribute, FaultAfter(i => i[1].Dataset.Remove(DicomTags.ImagePositionPatient)));
        Assert.Equal(DicomFault.InvalidValue, FaultAfter(i => i[1].Dataset.SetNumber(DicomTags.ImageOrientationPatient, 1, 0, 0, 1, 0, 0)));
        Assert.Equal(DicomFault.InvalidValue, FaultAfter(i => i[1].Dataset.SetNumber(DicomTags.RescaleSlope, 0)));
        Assert.Equal(DicomFault.UnsupportedPixels, FaultAfter(i => i[1].Dataset.SetString(DicomTags.PhotometricInterpretation, "RGB")));
    }

    [Fact]
    public void Read_EnhancedMultiFrame_EqualsTheClassicSeries()
    {
        List<DicomInstance> classic = Images();
        Volume<float> expected = SeriesVolume.Read(classic).Volume;
        SeriesVolume read = SeriesVolume.Read([Enhanced(classic)]);
        Assert.True(read.Volume.Geometry.Coincides(expected.Geometry));
        for (int i = 0; i < expected.Voxels.Length; i++)
            Assert.Equal(expected.Voxels[i] * 2 + 1, read.Volume.Voxels[i]);
    }

    private static DicomInstance Enhanced(List<DicomInstance> classic)
    {
        DicomDataset dataset = classic[0].Dataset.Copy()
            .SetString(DicomTags.SOPClassUID, DicomUids.EnhancedMrImageStorage)
            .SetNumber(DicomTags.NumberOfFrames, classic.Count)
            .SetBytes(DicomTags.PixelData, DicomVr.OW, classic.SelectMany(i => i.Dataset.Find(DicomTags.PixelData)!.Value.ToArray()).ToArray())
            .SetSequence(DicomTags.SharedFunctionalGroupsSequence, new DicomDataset()
                .SetSequence(DicomTags.PixelMeasuresSequence, Only(classic[0], DicomTags.PixelSpacing))
                .SetSequence(DicomTags.PlaneOrientationSequence, Only(classic[0], DicomTags.ImageOrientationPatient))
                .SetSequence(DicomTags.PixelValueTransformationSequence,
                    new DicomDataset().SetNumber(DicomTags.RescaleSlope, 2).SetNumber(DicomTags.RescaleIntercept, 1)))
            .SetSequence(DicomTags.PerFrameFunctionalGroupsSequence, [.. classic.Select(i =>
                new DicomDataset().SetSequence(DicomTags.PlanePositionSequence, Only(i, DicomTags.ImagePositionPatient)))]);
        foreach (DicomTag tag in new[] { DicomTags.ImagePositionPatient, DicomTags.ImageOrientationPatient, DicomTags.PixelSpacing })
            dataset.Remove(tag);
        return DicomFile.Read(DicomFile.ToBytes(dataset));
    }

    private static DicomDataset Only(DicomInstance instance, DicomTag tag)
    {
        DicomDataset item = new();
        item.Set(instance.Dataset.Find(tag)!);
        return item;
    }

    private List<DicomInstance> Images() => [.. MrImageWriter.Create(Samples.Study(), Samples.Series(), Samples.Ramp(_grid))];

    private DicomFault FaultAfter(Action<List<DicomInstance>> damage)
    {
        List<DicomInstance> images = Images();
        damage(images);
        return Assert.Throws<DicomFileException>(() => SeriesVolume.Read(images)).Fault;
    }

    private static void Move(DicomInstance image, Vector3D by)
    {
        double[] p = image.Dataset.GetDoubles(DicomTags.ImagePositionPatient);
        image.Dataset.SetNumber(DicomTags.ImagePositionPatient, p[0] + by.X, p[1] + by.Y, p[2] + by.Z);
    }
}
