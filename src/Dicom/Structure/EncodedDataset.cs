namespace HccPipeline.Dicom;

/// <summary>A dataset as a file holds it, its structure checked.</summary>
/// <param name="Bytes">The elements, without file meta information; never deflated.</param>
/// <param name="TransferSyntaxUid">How they are encoded.</param>
/// <param name="Fragments">Where the fragments of compressed pixels lie, the offset table first; none where pixels are native.</param>
internal sealed record EncodedDataset(ReadOnlyMemory<byte> Bytes, string TransferSyntaxUid, IReadOnlyList<Range> Fragments);
