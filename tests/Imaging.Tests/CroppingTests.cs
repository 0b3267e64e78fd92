namespace HccPipeline.Imaging.Tests;

public sealed class CroppingTests
{
    private static readonly Geometry s_grid = new() { SizeX = 4, SizeY = 3, SizeZ = 2, SpacingMm = new(1, 2, 3), Origin = new(5, 6, 7) };

    [Fact]
    public void To_Box_KeepsVoxelsAndTheirPlaces()
    {
        Volume<float> volume = new(s_grid, [.. Enumerable.Range(0, 24).Select(i => (float)i)]);

        Volume<float> part = Cropping.To(volume, new(1, 1, 1, 2, 2, 1));

        Assert.Equal([17, 18, 21, 22], part.Voxels.ToArray());
        Assert.Equal(s_grid.ToPatient(1, 1, 1), part.Geometry.Origin);
    }

    [Fact]
    public void To_BoxBeyondTheGrid_IsRefused() => Assert.Throws<ArgumentException>(() => Cropping.To(new Volume<byte>(s_grid), new(3, 0, 0, 2, 1, 1)));

    [Theory]
    [InlineData(0.0005, true)]
    [InlineData(0.002, false)]
    public void IsWithin_OriginMoved_IsMeasuredByTheSpacing(double mm, bool within) =>
        Assert.Equal(within, s_grid.IsWithin(s_grid with { Origin = s_grid.Origin + new Vector3D(0, mm, 0) }, 1e-3));
}
