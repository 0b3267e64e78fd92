using System.Globalization;
using System.Runtime.InteropServices;
using HccPipeline.Imaging;

namespace HccPipeline.Dicom;

/// <summary>Makes a series of classic MR images (PS3.3, A.4): one slice each, unsigned 16 bit.</summary>
public static class MrImageWriter
{
    /// <summary>The images of a volume, one for each slice in the order of z.</summary>
    /// <param name="study">Patient and study.</param>
    /// <param name="series">The series.</param>
    /// <param name="volume">Intensities from 0 to 65535, stored rounded to integers.</param>
    /// <returns>Objects for <see cref="DicomFile.ToBytes"/>. SOP Instance UIDs are the series UID with the slice number added.</returns>
    /// <exception cref="ArgumentException">An intensity does not fit 16 bits.</exception>
    public static IReadOnlyList<DicomInstance> Create(StudyDescription study, MrSeriesDescription series, Volume<float> volume)
    {
        Geometry grid = volume.Geometry;
        (ushort[] stored, ushort smallest, ushort largest) = Quantise(volume);
        DicomDataset common = CommonPart(study, series, grid, smallest, largest);
        DicomInstance[] instances = new DicomInstance[grid.SizeZ];
        int frame = grid.SizeX * grid.SizeY;
        for (int z = 0; z < grid.SizeZ; z++)
        {
            Vector3D position = grid.ToPatient(0, 0, z);
            byte[] pixels = MemoryMarshal.AsBytes(stored.AsSpan(z * frame, frame)).ToArray();
            DicomDataset dataset = common.Copy()
                .SetString(DicomTags.SOPInstanceUID, string.Create(CultureInfo.InvariantCulture, $"{series.SeriesInstanceUid}.{z + 1}"))
                .SetNumber(DicomTags.InstanceNumber, z + 1)
                .SetNumber(DicomTags.ImagePositionPatient, position.X, position.Y, position.Z)
                .SetNumber(DicomTags.SliceLocation, position.Dot(grid.ZAxis))
                .SetBytes(DicomTags.PixelData, DicomVr.OW, pixels);
            instances[z] = new DicomInstance(dataset);
        }
        return instances;
    }

    private static DicomDataset CommonPart(StudyDescription study, MrSeriesDescription series, Geometry grid, ushort smallest, ushort largest)
    {
        DicomDataset dataset = new();
        study.WriteTo(dataset);
        series.Equipment.WriteTo(dataset);
        WriteSeries(dataset, study, series);
        WriteAcquisition(dataset, series);
        double window = Math.Max(1, largest - smallest);
        return dataset
            .SetNumber(DicomTags.SliceThickness, series.SliceThicknessMm ?? grid.SpacingMm.Z)
            .SetNumber(DicomTags.SpacingBetweenSlices, grid.SpacingMm.Z)
            .SetNumber(DicomTags.ImageOrientationPatient, grid.XAxis.X, grid.XAxis.Y, grid.XAxis.Z, grid.YAxis.X, grid.YAxis.Y, grid.YAxis.Z)
            .SetNumber(DicomTags.PixelSpacing, grid.SpacingMm.Y, grid.SpacingMm.X)
            .SetNumber(DicomTags.SamplesPerPixel, 1)
            .SetString(DicomTags.PhotometricInterpretation, "MONOCHROME2")
            .SetNumber(DicomTags.Rows, grid.SizeY)
            .SetNumber(DicomTags.Columns, grid.SizeX)
            .SetNumber(DicomTags.BitsAllocated, 16)
            .SetNumber(DicomTags.BitsStored, 16)
            .SetNumber(DicomTags.HighBit, 15)
            .SetNumber(DicomTags.PixelRepresentation, 0)
            .SetNumber(DicomTags.WindowCenter, Math.Round(smallest + window / 2))
            .SetNumber(DicomTags.WindowWidth, window);
    }

    private static void WriteSeries(DicomDataset dataset, StudyDescription study, MrSeriesDescription series)
    {
        string time = DicomTime.Format(series.SeriesTime);
        dataset.SetString(DicomTags.SOPClassUID, DicomUids.MrImageStorage)
            .SetString(DicomTags.Modality, "MR")
            .SetString(DicomTags.ImageType, [.. series.ImageType])
            .SetString(DicomTags.SeriesInstanceUID, series.SeriesInstanceUid)
            .SetNumber(DicomTags.SeriesNumber, series.SeriesNumber)
            .SetString(DicomTags.SeriesDescription, series.Description)
            .SetDate(DicomTags.SeriesDate, study.StudyDate)
            .SetString(DicomTags.SeriesTime, time)
            .SetDate(DicomTags.AcquisitionDate, study.StudyDate)
            .SetString(DicomTags.AcquisitionTime, time)
            .SetDate(DicomTags.ContentDate, study.StudyDate)
            .SetString(DicomTags.ContentTime, time)
            .SetNumber(DicomTags.AcquisitionNumber, 1)
            .SetString(DicomTags.FrameOfReferenceUID, series.FrameOfReferenceUid)
            .SetEmpty(DicomTags.PositionReferenceIndicator)
            .SetString(DicomTags.PatientPosition, "HFS");
        if (series.ProtocolName.Length > 0)
            dataset.SetString(DicomTags.ProtocolName, series.ProtocolName);
    }

    private static void WriteAcquisition(DicomDataset dataset, MrSeriesDescription series)
    {
        dataset.SetString(DicomTags.ScanningSequence, [.. series.ScanningSequence])
            .SetString(DicomTags.SequenceVariant, [.. series.SequenceVariant])
            .SetEmpty(DicomTags.ScanOptions)
            .SetString(DicomTags.MRAcquisitionType, "2D")
            .SetNumber(DicomTags.MagneticFieldStrength, series.FieldStrengthTesla)
            .SetNumber(DicomTags.RepetitionTime, series.RepetitionTimeMs)
            .SetNumber(DicomTags.EchoTime, series.EchoTimeMs)
            .SetNumber(DicomTags.EchoTrainLength, series.EchoTrainLength)
            .SetNumber(DicomTags.FlipAngle, series.FlipAngleDegrees);
        if (series.BValue is { } b)
            dataset.SetNumber(DicomTags.DiffusionBValue, b);
        if (series.ContrastAgent.Length > 0)
            dataset.SetString(DicomTags.ContrastBolusAgent, series.ContrastAgent);
    }

    private static (ushort[] Stored, ushort Smallest, ushort Largest) Quantise(Volume<float> volume)
    {
        ReadOnlySpan<float> voxels = volume.Voxels;
        ushort[] stored = new ushort[voxels.Length];
        ushort smallest = ushort.MaxValue;
        ushort largest = 0;
        for (int i = 0; i < voxels.Length; i++)
        {
            float rounded = MathF.Round(voxels[i]);
            if (!(rounded >= 0 && rounded <= ushort.MaxValue))
                throw new ArgumentException($"Intensity {voxels[i]} does not fit 16 bits; scale the volume to 0…65535 first.", nameof(volume));
            stored[i] = (ushort)rounded;
            smallest = Math.Min(smallest, stored[i]);
            largest = Math.Max(largest, stored[i]);
        }
        return (stored, smallest, largest);
    }
}
