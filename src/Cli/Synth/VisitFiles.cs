using HccPipeline.Dicom;
using HccPipeline.Imaging;

namespace HccPipeline.Cli.Synth;

/// <summary>Makes the DICOM files of a visit and lays them out as a hospital's export does: study date, then a folder per series.</summary>
internal sealed class VisitFiles
{
    private static readonly Equipment SegmentationProgram = new("Synthetic Imaging", "HccPipeline synthetic registry");
    private readonly StudyDescription _study;
    private readonly ScannerProfile _scanner;
    private readonly RegistryUids _uids;
    private readonly string _visit, _folder;

    /// <summary>Files of one visit.</summary>
    /// <param name="patient">The patient.</param>
    /// <param name="plan">The visit.</param>
    /// <param name="scanner">The scanner on that day.</param>
    /// <param name="uids">Source of identifiers.</param>
    /// <param name="patientFolder">Folder of the patient.</param>
    public VisitFiles(PatientPlan patient, VisitPlan plan, ScannerProfile scanner, RegistryUids uids, string patientFolder)
    {
        _scanner = scanner;
        _uids = uids;
        _visit = $"{patient.PatientId} {plan.Date:yyyyMMdd}";
        _folder = Path.Combine(patientFolder, $"{plan.Date:yyyyMMdd}");
        _study = new()
        {
            PatientId = patient.PatientId,
            PatientName = $"SYNTHETIC^{patient.PatientId}",
            PatientBirthDate = patient.BirthDate,
            PatientSex = patient.IsMale ? "M" : "F",
            StudyInstanceUid = uids.Of($"{_visit} study"),
            StudyDate = plan.Date,
            StudyTime = new TimeOnly(8, 0).AddMinutes(patient.Index * 37 % 540),
            StudyId = $"S{patient.Index + 1:00000}",
            AccessionNumber = $"SYN{plan.Date:yyMMdd}{patient.Index % 1000:000}",
            Description = "SYNTHETIC MR Liver",
            InstitutionName = $"Synthetic Hospital {patient.Center}",
        };
    }

    /// <summary>Writes all series of the visit; files that exist are replaced.</summary>
    /// <returns>How many files were written, and their size.</returns>
    public (int Files, long Bytes) Write(VisitImages images, CancellationToken cancellation)
    {
        int files = 0;
        long bytes = 0;
        IReadOnlyList<DicomInstance> t2 = MrImageWriter.Create(_study, T2(), images.T2);
        Save(2, _scanner.T2Description, t2);
        for (int k = 0; k < images.Diffusion.Count; k++)
        {
            (int b, Volume<float> image) = images.Diffusion[k];
            cancellation.ThrowIfCancellationRequested();
            MrSeriesDescription series = Diffusion(3 + k, b);
            Save(series.SeriesNumber, series.Description, MrImageWriter.Create(_study, series, image));
        }
        MrSeriesDescription map = Adc(3 + images.Diffusion.Count);
        IReadOnlyList<DicomInstance> adc = MrImageWriter.Create(_study, map, images.Adc);
        Save(map.SeriesNumber, map.Description, adc);
        Save(101, "SEG T2", [Segmentation(101, "SEG T2", t2, images.Lesion.OnT2, images.Muscle.OnT2)]);
        Save(102, "SEG ADC", [Segmentation(102, "SEG ADC", adc, images.Lesion.OnAdc, images.Muscle.OnAdc)]);
        return (files, bytes);

        void Save(int number, string description, IReadOnlyList<DicomInstance> instances)
        {
            string folder = Path.Combine(_folder, $"{number:000}_{FolderName(description)}");
            Directory.CreateDirectory(folder);
            for (int i = 0; i < instances.Count; i++)
            {
                byte[] file = DicomFile.ToBytes(instances[i].Dataset);
                File.WriteAllBytes(Path.Combine(folder, $"IM{i + 1:0000}.dcm"), file);
                files++;
                bytes += file.Length;
            }
        }
    }

    private MrSeriesDescription T2() => Series(2, _scanner.T2Description) with
    {
        ImageType = ["ORIGINAL", "PRIMARY", "M", "ND"],
        ScanningSequence = ["SE"],
        SequenceVariant = ["SK"],
        EchoTimeMs = _scanner.T2TimesMs.Echo,
        RepetitionTimeMs = _scanner.T2TimesMs.Repetition,
        EchoTrainLength = 21,
        SliceThicknessMm = SliceThickness(_scanner.T2Slices),
    };

    private MrSeriesDescription Diffusion(int number, int bValue) => Series(number, $"{_scanner.DiffusionDescription} b{bValue}") with
    {
        ImageType = ["ORIGINAL", "PRIMARY", "DIFFUSION", "NONE"],
        ScanningSequence = ["EP"],
        EchoTimeMs = _scanner.DiffusionTimesMs.Echo,
        RepetitionTimeMs = _scanner.DiffusionTimesMs.Repetition,
        EchoTrainLength = 1,
        BValue = bValue,
        SliceThicknessMm = SliceThickness(_scanner.DiffusionSlices),
    };

    private MrSeriesDescription Adc(int number) => Series(number, $"{_scanner.DiffusionDescription}_ADC") with
    {
        ImageType = ["DERIVED", "PRIMARY", "DIFFUSION", "ADC"],
        ScanningSequence = ["EP"],
        EchoTimeMs = _scanner.DiffusionTimesMs.Echo,
        RepetitionTimeMs = _scanner.DiffusionTimesMs.Repetition,
        EchoTrainLength = 1,
        SliceThicknessMm = SliceThickness(_scanner.DiffusionSlices),
    };

    private MrSeriesDescription Series(int number, string description) => new()
    {
        SeriesInstanceUid = _uids.Of($"{_visit} series {number}"),
        FrameOfReferenceUid = _uids.Of($"{_visit} frame of reference"),
        SeriesNumber = number,
        Description = description,
        ProtocolName = description,
        Equipment = new(_scanner.Manufacturer, _scanner.Model, $"SYN-{_scanner.Model[^1]}", _scanner.Software),
        FieldStrengthTesla = _scanner.FieldStrengthTesla,
        SeriesTime = _study.StudyTime.AddMinutes(4 * number),
    };

    private DicomInstance Segmentation(int number, string description, IReadOnlyList<DicomInstance> images, Volume<byte> lesion, Volume<byte> muscle) =>
        SegmentationWriter.Create(
            _study,
            new()
            {
                SeriesInstanceUid = _uids.Of($"{_visit} series {number}"),
                SopInstanceUid = _uids.Of($"{_visit} segmentation {number}"),
                DimensionOrganizationUid = _uids.Of($"{_visit} dimensions {number}"),
                SeriesNumber = number,
                Description = description,
                Equipment = SegmentationProgram,
            },
            images,
            [
                new("Lesion", CodedConcept.MorphologicallyAbnormalStructure, CodedConcept.Mass, lesion),
                new("MuscleReference", CodedConcept.Tissue, CodedConcept.Muscle, muscle),
            ]);

    /// <summary>Slices leave a gap of a sixth of their distance, as abdominal protocols do.</summary>
    private double SliceThickness(int slices) => Math.Round(_scanner.CoverageMm / slices / 1.2, 1);

    private static string FolderName(string description) =>
        string.Concat(description.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_'));
}
