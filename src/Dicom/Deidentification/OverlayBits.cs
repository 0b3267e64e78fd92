using System.Buffers.Binary;

namespace HccPipeline.Dicom;

/// <summary>Old images keep overlays, which may show text, in the bits of each sample that are not stored (PS3.5, 8.1.2).</summary>
internal static class OverlayBits
{
    /// <summary>Clears those bits in the pixels of a cleaned dataset where the source declares such an overlay.</summary>
    public static void Clear(DicomDataset source, DicomDataset clean)
    {
        // (60xx,0102) Overlay Bit Position is 0 for overlays with data of their own, which are removed with their group.
        bool embedded = source.Any(e => (e.Tag.Group & 0xFF00) == 0x6000 && e.Tag.Element == 0x0102 && source.GetIntOr(e.Tag, 0) != 0);
        if (!embedded || clean.Find(DicomTags.PixelData) is not { } pixels)
            return;
        PixelLayout layout = PixelLayout.Of(source);
        if (layout.BitsAllocated != 16 || layout.BitsStored == 16)
            return;
        int unused = 16 - layout.BitsStored;
        byte[] bytes = pixels.Value.ToArray();
        for (int i = 0; i + 1 < bytes.Length; i += 2)
        {
            ushort raw = (ushort)(BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(i)) << unused);
            ushort kept = layout.IsSigned ? (ushort)((short)raw >> unused) : (ushort)(raw >> unused);
            BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(i), kept);
        }
        clean.SetBytes(DicomTags.PixelData, pixels.Vr, bytes);
    }
}
