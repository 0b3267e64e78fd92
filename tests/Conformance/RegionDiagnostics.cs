using HccPipeline.Imaging;
using HccPipeline.Radiomics;

namespace HccPipeline.Conformance;

/// <summary>What IBSI's tables say of image and masks before and after interpolation and after re-segmentation.</summary>
internal static class RegionDiagnostics
{
    internal static void Add(Dictionary<string, double> to, Volume<float> image, Volume<byte> mask, PreparedRegion region)
    {
        // Before re-segmentation the intensity mask is the morphological one.
        AddImage(to, image, "init_img");
        AddImage(to, region.Image, "interp_img");
        AddRegion(to, image, mask, mask, "init_roi");
        AddRegion(to, region.Image, region.Shape, region.Shape, "interp_roi");
        AddRegion(to, region.Image, region.Shape, region.Intensity, "reseg_roi");
    }

    private static void AddImage(Dictionary<string, double> to, Volume<float> image, string stage)
    {
        Geometry g = image.Geometry;
        (to[$"img_dim_x_{stage}"], to[$"img_dim_y_{stage}"], to[$"img_dim_z_{stage}"]) = (g.SizeX, g.SizeY, g.SizeZ);
        (to[$"vox_dim_x_{stage}"], to[$"vox_dim_y_{stage}"], to[$"vox_dim_z_{stage}"]) = (g.SpacingMm.X, g.SpacingMm.Y, g.SpacingMm.Z);
        AddIntensities(to, image.Voxels.ToArray(), "", stage);
    }

    private static void AddRegion(Dictionary<string, double> to, Volume<float> image, Volume<byte> shape, Volume<byte> intensity, string stage)
    {
        Geometry g = image.Geometry;
        (to[$"int_mask_dim_x_{stage}"], to[$"int_mask_dim_y_{stage}"], to[$"int_mask_dim_z_{stage}"]) = (g.SizeX, g.SizeY, g.SizeZ);
        foreach ((string name, Volume<byte> mask) in new[] { ("int_mask", intensity), ("morph_mask", shape) })
        {
            VoxelBox box = Mask.BoundingBox(mask);
            (to[$"{name}_bb_dim_x_{stage}"], to[$"{name}_bb_dim_y_{stage}"], to[$"{name}_bb_dim_z_{stage}"]) = (box.SizeX, box.SizeY, box.SizeZ);
            to[$"{name}_vox_count_{stage}"] = Mask.Count(mask);
        }
        AddIntensities(to, Mask.Gather(image, intensity), "int_mask_", stage);
    }

    private static void AddIntensities(Dictionary<string, double> to, float[] values, string prefix, string stage)
    {
        to[$"{prefix}mean_int_{stage}"] = values.Average(v => (double)v);
        to[$"{prefix}min_int_{stage}"] = values.Min();
        to[$"{prefix}max_int_{stage}"] = values.Max();
    }
}
