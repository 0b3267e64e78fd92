using System.Globalization;
using HccPipeline.Contracts;
using HccPipeline.Dicom;
using HccPipeline.FeatureWorker.Planning;
using HccPipeline.Imaging;

namespace HccPipeline.FeatureWorker.Extraction;

/// <summary>The phases of a contrast agent on one grid, each with the regions of the same segmentation.</summary>
/// <param name="Pre">Before contrast.</param>
/// <param name="Arterial">Arterial phase.</param>
/// <param name="Late">Delayed or portal venous phase; null without one.</param>
internal sealed record MeasuredPhases(MeasuredRegions Pre, MeasuredRegions Arterial, MeasuredRegions? Late)
{
    /// <summary>What stands first in every feature's name.</summary>
    public const string Name = "DCE";

    /// <param name="work">Which images are of which phase.</param>
    /// <param name="images">The images, in the order of the work.</param>
    /// <param name="segmentation">The segmentation.</param>
    /// <exception cref="BrickRejectedException">The phases lie in different places, or one can't be read; the reason names the series.</exception>
    /// <exception cref="DicomFileException">The segmentation does not lie on the phases.</exception>
    public static MeasuredPhases Of(BrickWork work, DicomInstance[] images, DicomInstance segmentation)
    {
        Phase[] phases = [.. images.Zip(work.Images).GroupBy(i => i.Second.Phase, i => i.First).Select(g => Phase.Read(g.Key, [.. g]))];
        Phase arterial = Array.Find(phases, p => p.Sequence == Sequence.T1Arterial)!;
        foreach (Phase other in phases)
            other.RequireSamePlace(arterial);
        return new(Regions(Sequence.T1Pre)!, Regions(Sequence.T1Arterial)!, Regions(Sequence.T1Delayed) ?? Regions(Sequence.T1Portal));

        MeasuredRegions? Regions(Sequence phase) => Array.Find(phases, p => p.Sequence == phase) is { } found
            ? new(work, segmentation, found.Series.Volume, found.Series.FrameOfReferenceUid)
            : null;
    }

    private sealed record Phase(Sequence? Sequence, string SeriesUid, SeriesVolume Series)
    {
        public static Phase Read(Sequence? sequence, DicomInstance[] images)
        {
            string uid = images[0].SeriesInstanceUid;
            try
            {
                return new(sequence, uid, SeriesVolume.Read(images));
            }
            catch (DicomFileException e)
            {
                throw new BrickRejectedException($"{sequence} series {uid}: {e.Message}", e);
            }
        }

        public void RequireSamePlace(Phase arterial)
        {
            if (Series.FrameOfReferenceUid != arterial.Series.FrameOfReferenceUid)
            {
                throw new BrickRejectedException(
                    $"{this} lies in frame of reference {Series.FrameOfReferenceUid}, {arterial} in {arterial.Series.FrameOfReferenceUid}; enhancement needs phases that are registered to one another.");
            }
            if (!Series.Volume.Geometry.Coincides(arterial.Series.Volume.Geometry))
            {
                throw new BrickRejectedException(
                    $"{this} lies on another grid than {arterial}: {Difference(Series.Volume.Geometry, arterial.Series.Volume.Geometry)}; enhancement needs phases on one grid, resample them to it.");
            }
        }

        public override string ToString() => $"{Sequence} series {SeriesUid}";

        private static string Difference(Geometry a, Geometry b) =>
            (a.SizeX, a.SizeY, a.SizeZ) != (b.SizeX, b.SizeY, b.SizeZ) ? $"{a.SizeX}×{a.SizeY}×{a.SizeZ} voxels, not {b.SizeX}×{b.SizeY}×{b.SizeZ}"
            : a.SpacingMm != b.SpacingMm ? $"voxels of {Text(a.SpacingMm)} mm, not {Text(b.SpacingMm)}"
            : a.Origin != b.Origin ? $"first voxel at {Text(a.Origin)} mm, not {Text(b.Origin)}"
            : "other directions of rows, columns and slices";

        private static string Text(Vector3D v) => string.Create(CultureInfo.InvariantCulture, $"({v.X:0.####}, {v.Y:0.####}, {v.Z:0.####})");
    }
}
