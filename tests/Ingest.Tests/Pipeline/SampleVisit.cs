using HccPipeline.Dicom;
using HccPipeline.Imaging;

namespace HccPipeline.Ingest.Tests.Pipeline;

/// <summary>Made DICOM files of one visit: T2, ADC, diffusion in one series, and a segmentation on T2.</summary>
internal sealed class SampleVisit
{
    private static readonly byte[] Key = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16];
    private static readonly Equipment Scanner = new("Maker", "Model");
    private readonly Geometry _grid = new() { SizeX = 12, SizeY = 10, SizeZ = 6, SpacingMm = new(1.5, 1.5, 5), Origin = new(-10, -20, 30) };
    private readonly StudyDescription _study;

    public SampleVisit(string patientId, DateOnly date)
    {
        _study = new()
        {
            PatientId = patientId,
            PatientName = "Doe^Jane",
            PatientBirthDate = new DateOnly(1950, 1, 2),
            StudyInstanceUid = Uid($"{patientId} {date:O}"),
            StudyDate = date,
            InstitutionName = "General Hospital",
            Description = "Liver of Jane Doe",
        };
    }

    public static string Uid(string name) => DicomUid.FromHmac(Key, name);

    public IReadOnlyList<DicomInstance> T2 => Images("T2", "t2_tse_tra", null, ["ORIGINAL", "PRIMARY"]);

    public IReadOnlyList<DicomInstance> Adc => Images("ADC", "ep2d_diff_ADC", null, ["DERIVED", "PRIMARY", "DIFFUSION", "ADC"]);

    public IReadOnlyList<DicomInstance> Dwi =>
    [
        .. ((double[])[50, 800]).SelectMany(b => Images("DWI", "ep2d_diff", b, ["ORIGINAL", "PRIMARY", "DIFFUSION", "NONE"])
            .Select(i => Change(i, d => d.SetString(DicomTags.SOPInstanceUID, Uid($"{i.SopInstanceUid} b{b}"))))),
    ];

    public DicomInstance Segmentation => SegmentationOn(T2, "Lesion", "Muscle reference");

    /// <summary>All files of the visit, by a name of their own.</summary>
    public IReadOnlyList<DicomInstance> All => [.. T2, .. Adc, Segmentation];

    public DicomInstance SegmentationOn(IReadOnlyList<DicomInstance> images, params string[] labels)
    {
        SegmentToWrite[] segments = [.. labels.Select((label, i) => new SegmentToWrite(label, CodedConcept.Tissue, new CodedConcept("1", "99X", "X"), Box(i)))];
        return SegmentationWriter.Create(
            _study,
            new()
            {
                SeriesInstanceUid = Uid($"{images[0].SeriesInstanceUid} seg series"),
                SopInstanceUid = Uid($"{images[0].SeriesInstanceUid} seg"),
                DimensionOrganizationUid = Uid("dimensions"),
                SeriesNumber = 100,
                Description = "SEG",
                Equipment = Scanner,
            },
            images, segments);
    }

    /// <summary>A copy with something changed.</summary>
    public static DicomInstance Change(DicomInstance instance, Action<DicomDataset> change)
    {
        DicomDataset copy = instance.Dataset.Copy();
        change(copy);
        return new(copy);
    }

    /// <summary>Writes instances as files <c>prefix-0001.dcm</c> and so on.</summary>
    public static void Write(string folder, string prefix, params IReadOnlyList<DicomInstance> instances)
    {
        Directory.CreateDirectory(folder);
        for (int i = 0; i < instances.Count; i++)
            DicomFile.Write(instances[i].Dataset, Path.Combine(folder, $"{prefix}-{i + 1:0000}.dcm"));
    }

    private IReadOnlyList<DicomInstance> Images(string name, string description, double? b, IReadOnlyList<string> imageType)
    {
        Volume<float> volume = new(_grid);
        for (int i = 0; i < volume.Voxels.Length; i++)
            volume.Voxels[i] = (i * 37 + name.Length * 101 + (int)(b ?? 0)) % 997;
        return MrImageWriter.Create(
            _study,
            new()
            {
                SeriesInstanceUid = Uid($"{_study.StudyInstanceUid} {name}"),
                FrameOfReferenceUid = Uid($"{_study.StudyInstanceUid} frame"),
                SeriesNumber = 1,
                Description = description,
                Equipment = Scanner,
                ImageType = imageType,
                BValue = b,
            },
            volume);
    }

    private Volume<byte> Box(int index)
    {
        Volume<byte> mask = new(_grid);
        for (int z = 1; z < 4; z++)
        {
            for (int y = 2; y < 6; y++)
                mask[2 + index * 4, y, z] = 1;
        }
        return mask;
    }
}
