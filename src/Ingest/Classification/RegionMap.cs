using HccPipeline.Contracts;
using HccPipeline.Dicom;

namespace HccPipeline.Ingest.Classification;

/// <summary>Tells which region a segment encloses: by its label, which whoever drew it chose, then by its coded type.</summary>
/// <remarks>The label goes first because coded types are filled in carelessly: files are about in which a muscle carries the code of the
/// liver. A segment of the whole liver is no region: the reference tissue is liver away from the lesion, and has to say so.</remarks>
public static class RegionMap
{
    // Coding scheme, code, region; SNOMED CT and the SNOMED RT codes that older files carry.
    private static readonly Dictionary<(string Scheme, string Code), Region> Codes = new()
    {
        [("SCT", "4147007")] = Region.Lesion,      // mass
        [("SCT", "52988006")] = Region.Lesion,     // lesion
        [("SCT", "108369006")] = Region.Lesion,    // neoplasm
        [("SCT", "86049000")] = Region.Lesion,     // neoplasm, primary
        [("SCT", "25370001")] = Region.Lesion,     // hepatocellular carcinoma
        [("SRT", "M-03000")] = Region.Lesion,
        [("SRT", "M-01100")] = Region.Lesion,
        [("SRT", "M-8FFFF")] = Region.Lesion,
        [("SRT", "M-81703")] = Region.Lesion,
        [("SCT", "71616004")] = Region.MuscleReference,   // skeletal and/or smooth muscle
        [("SCT", "91727004")] = Region.MuscleReference,   // skeletal muscle tissue
        [("SCT", "127954009")] = Region.MuscleReference,  // skeletal muscle
        [("SRT", "T-13001")] = Region.MuscleReference,
        [("SRT", "T-13000")] = Region.MuscleReference,
        [("SCT", "78961009")] = Region.SpleenReference,
        [("SRT", "T-C3000")] = Region.SpleenReference,
    };

    /// <summary>Region of a segment; null where neither label nor code is one that the pipeline knows.</summary>
    /// <param name="label">Segment Label (0062,0005).</param>
    /// <param name="type">Segmented Property Type (0062,000F).</param>
    public static Region? Of(string label, CodedConcept? type) =>
        FromLabel(new DescriptionWords(label)) ?? (type is null ? null : Codes.TryGetValue((type.Scheme, type.Value), out Region region) ? region : null);

    private static Region? FromLabel(DescriptionWords words)
    {
        if (words.HasStart("muscle", "psoas", "paraspinal", "erector"))
            return Region.MuscleReference;
        if (words.HasStart("spleen", "splenic"))
            return Region.SpleenReference;
        bool liver = words.HasStart("liver", "hepatic", "parenchyma");
        bool lesion = words.HasStart("lesion", "tumor", "tumour", "hcc", "mass", "nodule", "gtv");
        if (lesion)
            return words.HasStart("non", "peri", "necro") ? null : Region.Lesion;
        return liver && words.HasStart("ref", "parenchyma", "background", "normal") ? Region.LiverReference : null;
    }
}
