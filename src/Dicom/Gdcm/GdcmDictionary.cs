using System.Collections.Concurrent;
using gdcm;

namespace HccPipeline.Dicom.Gdcm;

/// <summary>Value representations: GDCM's names for them, and those of tags whose file does not say.</summary>
internal static class GdcmDictionary
{
    private static readonly VR.VRType[] ToGdcm = Array.ConvertAll(Enum.GetValues<DicomVr>(), vr => Enum.Parse<VR.VRType>(vr.ToString()));
    private static readonly Dictionary<VR.VRType, DicomVr> FromGdcm = Enum.GetValues<DicomVr>().ToDictionary(vr => ToGdcm[(int)vr]);
    private static readonly ConcurrentDictionary<DicomTag, DicomVr> Known = new();

    /// <summary>GDCM's representation, or null where it is none of the standard's (as when the file did not say).</summary>
    public static DicomVr? FromGdcmVr(VR.VRType vr) => FromGdcm.TryGetValue(vr, out DicomVr known) ? known : null;

    /// <summary>The representation in GDCM's words.</summary>
    public static VR.VRType ToGdcmVr(DicomVr vr) => ToGdcm[(int)vr];

    /// <summary>Representation of a public tag by the dictionary; UN for one that it lacks.</summary>
    /// <remarks>Where the standard leaves a choice between US and SS, US: what differs are pixel limits, which nothing here reads.</remarks>
    public static DicomVr VrOf(DicomTag tag) => Known.GetOrAdd(tag, static t =>
    {
        if (t.Element == 0)
            return DicomVr.UL;
        if (t.IsPrivate)
            return t.Element is >= 0x10 and <= 0xFF ? DicomVr.LO : DicomVr.UN;
        using Global global = Global.GetInstance();
        using Dicts dicts = global.GetDicts();
        using Tag gdcmTag = new(t.Number);
        using DictEntry entry = dicts.GetDictEntry(gdcmTag);
        using VR vr = entry.GetVR();
        VR.VRType type = vr.GetVRField();
        return type switch
        {
            VR.VRType.US_SS or VR.VRType.US_SS_OW or VR.VRType.US_OW => DicomVr.US,
            VR.VRType.OB_OW => DicomVr.OW,
            _ => FromGdcmVr(type) ?? DicomVr.UN,
        };
    });
}
