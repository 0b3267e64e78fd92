using System.Buffers.Binary;
using HccPipeline.Imaging;

namespace HccPipeline.Dicom;

/// <summary>Makes a parametric map object (PS3.3, A.75): one frame for each slice, values as floating point numbers, what they measure and in which unit.</summary>
public static class ParametricMapWriter
{
    private static readonly string[] ImageType = ["DERIVED", "PRIMARY", "VOLUME", "QUANTITY"];

    /// <summary>A map of <see cref="float"/> values, Float Pixel Data (7FE0,0008).</summary>
    /// <param name="study">Patient and study of the images.</param>
    /// <param name="description">The object.</param>
    /// <param name="source">The series that it was computed from.</param>
    /// <param name="map">The values; their grid need not be that of the source, but lies in its frame of reference.</param>
    public static DicomInstance Create(StudyDescription study, ParametricMapDescription description, ParametricMapSource source, Volume<float> map)
    {
        byte[] pixels = new byte[checked(map.Voxels.Length * sizeof(float))];
        ValueRange range = new();
        for (int i = 0; i < map.Voxels.Length; i++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(pixels.AsSpan(i * sizeof(float)), map.Voxels[i]);
            range.Add(map.Voxels[i]);
        }
        DicomDataset dataset = Describe(study, description, source, map.Geometry, range)
            .SetNumber(DicomTags.BitsAllocated, 32)
            .SetBytes(DicomTags.FloatPixelData, DicomVr.OF, pixels);
        if (description.PaddingValue is { } padding)
            dataset.SetNumber(DicomTags.FloatPixelPaddingValue, padding).SetNumber(DicomTags.FloatPixelPaddingRangeLimit, padding);
        return new(dataset);
    }

    /// <summary>A map of <see cref="double"/> values, Double Float Pixel Data (7FE0,0009).</summary>
    /// <param name="study">Patient and study of the images.</param>
    /// <param name="description">The object.</param>
    /// <param name="source">The series that it was computed from.</param>
    /// <param name="map">The values; their grid need not be that of the source, but lies in its frame of reference.</param>
    public static DicomInstance Create(StudyDescription study, ParametricMapDescription description, ParametricMapSource source, Volume<double> map)
    {
        byte[] pixels = new byte[checked(map.Voxels.Length * sizeof(double))];
        ValueRange range = new();
        for (int i = 0; i < map.Voxels.Length; i++)
        {
            BinaryPrimitives.WriteDoubleLittleEndian(pixels.AsSpan(i * sizeof(double)), map.Voxels[i]);
            range.Add(map.Voxels[i]);
        }
        DicomDataset dataset = Describe(study, description, source, map.Geometry, range)
            .SetNumber(DicomTags.BitsAllocated, 64)
            .SetBytes(DicomTags.DoubleFloatPixelData, DicomVr.OD, pixels);
        if (description.PaddingValue is { } padding)
            dataset.SetNumber(DicomTags.DoubleFloatPixelPaddingValue, padding).SetNumber(DicomTags.DoubleFloatPixelPaddingRangeLimit, padding);
        return new(dataset);
    }

    private static DicomDataset Describe(StudyDescription study, ParametricMapDescription description, ParametricMapSource source, Geometry grid, ValueRange range)
    {
        DicomDataset dataset = new();
        study.WriteTo(dataset);
        description.Equipment.WriteTo(dataset);
        WriteSeries(dataset, study, description, source);
        dataset.SetString(DicomTags.ImageType, ImageType)
            .SetString(DicomTags.ContentQualification, "RESEARCH")
            .SetNumber(DicomTags.SamplesPerPixel, 1)
            .SetString(DicomTags.PhotometricInterpretation, "MONOCHROME2")
            .SetNumber(DicomTags.NumberOfFrames, grid.SizeZ)
            .SetNumber(DicomTags.Rows, grid.SizeY)
            .SetNumber(DicomTags.Columns, grid.SizeX)
            .SetString(DicomTags.BurnedInAnnotation, "NO")
            .SetString(DicomTags.RecognizableVisualFeatures, "NO")
            .SetString(DicomTags.LossyImageCompression, "00")
            .SetString(DicomTags.PresentationLUTShape, "IDENTITY")
            .SetEmpty(DicomTags.AcquisitionContextSequence);
        ParametricMapFrames.Write(dataset, description, source, grid, range, ImageType);
        return dataset;
    }

    private static void WriteSeries(DicomDataset dataset, StudyDescription study, ParametricMapDescription description, ParametricMapSource source)
    {
        string time = DicomTime.Format(study.StudyTime);
        dataset.SetString(DicomTags.SOPClassUID, DicomUids.ParametricMapStorage)
            .SetString(DicomTags.SOPInstanceUID, description.SopInstanceUid)
            .SetString(DicomTags.Modality, "MR")
            .SetString(DicomTags.SeriesInstanceUID, description.SeriesInstanceUid)
            .SetNumber(DicomTags.SeriesNumber, description.SeriesNumber)
            .SetString(DicomTags.SeriesDescription, description.Description)
            .SetDate(DicomTags.SeriesDate, study.StudyDate)
            .SetString(DicomTags.SeriesTime, time)
            .SetDate(DicomTags.ContentDate, study.StudyDate)
            .SetString(DicomTags.ContentTime, time)
            .SetNumber(DicomTags.InstanceNumber, description.InstanceNumber)
            .SetString(DicomTags.FrameOfReferenceUID, source.FrameOfReferenceUid)
            .SetEmpty(DicomTags.PositionReferenceIndicator)
            .SetString(DicomTags.ContentLabel, description.ContentLabel)
            .SetEmpty(DicomTags.ContentDescription)
            .SetEmpty(DicomTags.ContentCreatorName);
    }
}

/// <summary>Smallest and largest of the numbers among the values of a map; 0 and 0 without any.</summary>
internal sealed class ValueRange
{
    private double _smallest = double.PositiveInfinity;
    private double _largest = double.NegativeInfinity;

    /// <summary>Smallest number.</summary>
    public double Smallest => _smallest <= _largest ? _smallest : 0;

    /// <summary>Largest number.</summary>
    public double Largest => _smallest <= _largest ? _largest : 0;

    /// <summary>Takes a value in; NaN and infinities are no numbers.</summary>
    public void Add(double value)
    {
        if (!double.IsFinite(value))
            return;
        _smallest = Math.Min(_smallest, value);
        _largest = Math.Max(_largest, value);
    }
}
