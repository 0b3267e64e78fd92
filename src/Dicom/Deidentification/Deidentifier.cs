namespace HccPipeline.Dicom;

/// <summary>
/// De-identifies objects by the Basic Application Level Confidentiality Profile (PS3.15, annex E) with the option to retain longitudinal
/// temporal information with modified dates. Nothing that identifies a device or describes a patient is retained, but manufacturer,
/// model and software version, which the profile leaves alone.
/// </summary>
/// <remarks>
/// Names, birth date, free text, private elements, overlays and curves go, in sequences too. UIDs are replaced under a key, so that
/// objects still refer to one another; dates move by a number of days per patient, times of day stay. A segment label stays where it is
/// on the list of labels; else the meaning of its coded type stands in, or its number. A b-value that only a vendor's private element
/// states is written as the standard's.
/// </remarks>
public static class Deidentifier
{
    /// <summary>The de-identified object; the one given is left as it is.</summary>
    /// <exception cref="DicomFileException"><see cref="DicomFault.BurnedInAnnotation"/>: the pixels are declared to show who it is.</exception>
    public static DicomInstance Deidentify(DicomInstance instance, DeidentificationPlan plan)
    {
        if (instance.Dataset.GetStringOr(DicomTags.BurnedInAnnotation, "NO") == "YES")
        {
            throw new DicomFileException(DicomFault.BurnedInAnnotation,
                "The pixels are declared to show identifying text (Burned In Annotation is YES); use the original images, or clean the pixels and declare it.");
        }
        DicomDataset clean = Clean(instance.Dataset, plan);
        OverlayBits.Clear(instance.Dataset, clean);
        if (!clean.Contains(DicomTags.DiffusionBValue) && !FunctionalGroups.Has(clean) && DiffusionBValue.Of(instance.Dataset) is { } b)
            clean.SetNumber(DicomTags.DiffusionBValue, b);
        if (plan.SeriesDescription is { } description)
            clean.SetString(DicomTags.SeriesDescription, description);
        clean.SetString(DicomTags.PatientIdentityRemoved, "YES")
            .SetString(DicomTags.DeidentificationMethod, "PS3.15 Basic Profile", "Modified dates")
            .SetSequence(DicomTags.DeidentificationMethodCodeSequence,
                new CodedConcept("113100", "DCM", "Basic Application Confidentiality Profile").ToItem(),
                new CodedConcept("113107", "DCM", "Retain Longitudinal Temporal Information Modified Dates Option").ToItem())
            .SetString(DicomTags.LongitudinalTemporalInformationModified, "MODIFIED");
        return new DicomInstance(clean, instance.TransferSyntaxUid);
    }

    /// <summary>The UID that stands for another under a key; those that the standard defines stay.</summary>
    public static string RemapUid(ReadOnlySpan<byte> key, string uid) =>
        uid.Length == 0 || uid.StartsWith("1.2.840.10008.", StringComparison.Ordinal) ? uid : DicomUid.FromHmac(key, uid);

    private static DicomDataset Clean(DicomDataset dataset, DeidentificationPlan plan)
    {
        DicomDataset clean = new();
        foreach (DicomElement element in dataset)
            Clean(dataset, element, plan, clean);
        return clean;
    }

    private static void Clean(DicomDataset dataset, DicomElement element, DeidentificationPlan plan, DicomDataset clean)
    {
        DicomTag tag = element.Tag;
        switch (DeidentificationRules.For(tag, element.Vr))
        {
            case DeidentificationAction.Keep when element.Vr != DicomVr.SQ:
                clean.Set(element);
                break;
            case DeidentificationAction.Recurse when element.Vr == DicomVr.SQ:
                clean.SetSequence(tag, [.. element.Items.Select(item => Clean(item, plan))]);
                break;
            case DeidentificationAction.Empty:
                clean.SetEmpty(tag);
                break;
            case DeidentificationAction.RemapUid:
                clean.SetBytes(tag, DicomVr.UI, RemapUids(dataset, tag, plan));
                break;
            case DeidentificationAction.ShiftDate:
                DateShift.Apply(element, plan.DateShiftDays, clean);
                break;
            case DeidentificationAction.Pseudonym:
                clean.SetString(tag, plan.Pseudonym);
                break;
            case DeidentificationAction.CleanLabel:
                clean.SetString(tag, Labels.CleanLabel(dataset, tag, plan.Labels));
                break;
            case DeidentificationAction.CleanMeaning:
                clean.SetString(tag, Labels.CleanMeaning(dataset));
                break;
            case DeidentificationAction.Dummy:
                clean.SetString(tag, "DEIDENTIFIED");
                break;
            default:
                break;
        }
    }

    private static byte[] RemapUids(DicomDataset dataset, DicomTag tag, DeidentificationPlan plan)
    {
        string[] uids = dataset.GetStrings(tag);
        for (int i = 0; i < uids.Length; i++)
            uids[i] = RemapUid(plan.UidKey.Span, uids[i]);
        return System.Text.Encoding.ASCII.GetBytes(string.Join('\\', uids));
    }
}
