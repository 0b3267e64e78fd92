using System.Text.RegularExpressions;
using HccPipeline.Dicom;
using HccPipeline.Ingest.Classification;
using HccPipeline.Ingest.Identity;
using HccPipeline.Persistence.Blobs;
using HccPipeline.Persistence.Registry;

namespace HccPipeline.Ingest.Files;

/// <summary>Verifies one file, de-identifies it and puts it into the blob store. Several threads may call at once.</summary>
internal sealed partial class FileReceiver
{
    private readonly Pseudonymizer _pseudonymizer;
    private readonly IBlobStore _blobs;
    private readonly byte[] _uidKey;

    public FileReceiver(Pseudonymizer pseudonymizer, IBlobStore blobs)
    {
        _pseudonymizer = pseudonymizer;
        _blobs = blobs;
        // One key for all centres: an object that two centres send stays one object, and the registry notices.
        _uidKey = pseudonymizer.DeriveKey("uid");
    }

    /// <summary>Verifies and de-identifies a file.</summary>
    /// <param name="content">Its bytes.</param>
    /// <param name="sourceSha256">Their hash.</param>
    /// <param name="centerOf">Centre of a patient ID; null when it can't be told.</param>
    /// <returns>The instance but for the key of its blob, and the bytes of that blob.</returns>
    /// <exception cref="DicomFileException">The file can't be used.</exception>
    /// <exception cref="FileRejectedException">The file is sound DICOM and still can't be used.</exception>
    public (ReceivedInstance Instance, byte[] Blob) Prepare(ReadOnlyMemory<byte> content, string sourceSha256, Func<string, string?> centerOf)
    {
        DicomInstance original = DicomFile.Read(content);
        bool segmentation = RequireModality(original);
        PatientAlias alias = AliasOf(original.Dataset, centerOf);
        SequenceGuess guess = segmentation ? new(null, "segmentation") : SequenceClassifier.Classify(ImageAttributes.Of(original.Dataset));
        if (guess.Kind is not null && original.Dataset.GetIntOr(DicomTags.NumberOfFrames, 1) > 1)
            SeriesVolume.Read([original]);   // its frames are a stack of their own, or the message says where not
        DicomInstance clean = Deidentifier.Deidentify(original, new DeidentificationPlan
        {
            UidKey = _uidKey,
            Pseudonym = alias.Pseudonym,
            DateShiftDays = alias.DateShiftDays,
            SeriesDescription = segmentation ? "Segmentation" : guess.Kind?.ToString(),
        });
        return (InstanceFacts.Of(original, clean, alias, guess, sourceSha256), DicomFile.ToBytes(clean.Dataset));
    }

    /// <summary>Puts the file of an instance into the blob store; its row is written later, so that no row ever lacks its blob.</summary>
    public async Task<ReceivedInstance> StoreAsync(ReceivedInstance instance, byte[] blob, CancellationToken ct) =>
        instance with { BlobSha256 = await _blobs.PutAsync(blob, ct) };

    /// <summary>Whether two stored files have the same pixels.</summary>
    public async Task<bool> HaveSamePixelsAsync(string firstBlobSha256, string secondBlobSha256, CancellationToken ct)
    {
        DicomDataset first = DicomFile.Read(await _blobs.GetAsync(firstBlobSha256, ct)).Dataset;
        DicomDataset second = DicomFile.Read(await _blobs.GetAsync(secondBlobSha256, ct)).Dataset;
        return first.Find(DicomTags.PixelData) is { } a && second.Find(DicomTags.PixelData) is { } b && a.Value.Span.SequenceEqual(b.Value.Span);
    }

    private static bool RequireModality(DicomInstance instance)
    {
        string modality = instance.Dataset.GetString(DicomTags.Modality);
        bool segmentation = modality == "SEG" && instance.SopClassUid is DicomUids.SegmentationStorage or DicomUids.LabelMapSegmentationStorage;
        if (!segmentation && modality != "MR")
        {
            string named = CodeString().IsMatch(modality) ? modality : "another";
            throw new FileRejectedException("unsupported-modality", $"Its modality is {named}; MR images and segmentations (SEG) are used. Leave other series out of the export.");
        }
        if (!instance.HasPixelData)
            throw new FileRejectedException("no-pixel-data", "It holds no pixels; export the images themselves.");
        return segmentation;
    }

    private PatientAlias AliasOf(DicomDataset dataset, Func<string, string?> centerOf)
    {
        string patientId = dataset.GetStringOr(DicomTags.PatientID, "").Trim();
        if (patientId.Length == 0)
            throw new FileRejectedException("missing-patient-id", "It has no Patient ID (0010,0020), so that nobody can tell whose it is; export it again with its full header.");
        string center = centerOf(patientId)
            ?? throw new FileRejectedException("unknown-center", "No centre was given, and no clinical table of this run names the patient's; ingest it again with --center.");
        return _pseudonymizer.AliasOf(center, patientId);
    }

    [GeneratedRegex("^[A-Z0-9_]{1,16}$", RegexOptions.CultureInvariant)]
    private static partial Regex CodeString();
}

/// <summary>A sound DICOM file that can't be used; the message says what a person can do.</summary>
internal sealed class FileRejectedException(string code, string message) : Exception(message)
{
    /// <summary>Reason, for programs.</summary>
    public string Code { get; } = code;
}
