namespace HccPipeline.Cli.Synth;

/// <summary>An ellipsoid with axes along the patient's.</summary>
/// <param name="X">Centre, left, mm.</param>
/// <param name="Y">Centre, posterior, mm.</param>
/// <param name="Z">Centre, superior, mm.</param>
/// <param name="RadiusX">Radius, mm.</param>
/// <param name="RadiusY">Radius, mm.</param>
/// <param name="RadiusZ">Radius, mm.</param>
internal readonly record struct Ellipsoid(float X, float Y, float Z, float RadiusX, float RadiusY, float RadiusZ)
{
    private readonly float _scaleX = 1 / RadiusX, _scaleY = 1 / RadiusY, _scaleZ = 1 / RadiusZ;

    /// <summary>Squared distance from the centre in radii: at most 1 inside.</summary>
    public float Level(float x, float y, float z)
    {
        float u = (x - X) * _scaleX, v = (y - Y) * _scaleY, w = (z - Z) * _scaleZ;
        return u * u + v * v + w * w;
    }

    public bool Holds(float x, float y, float z) => Level(x, y, z) <= 1;

    /// <summary>The same organ in another person: moved by up to a few millimetres and scaled by a few per cent.</summary>
    public Ellipsoid Varied(RandomSource random, double moveMm, double scale) => new(
        X + (float)random.NextBetween(-moveMm, moveMm), Y + (float)random.NextBetween(-moveMm, moveMm), Z + (float)random.NextBetween(-moveMm, moveMm),
        RadiusX * (float)random.NextBetween(1 - scale, 1 + scale), RadiusY * (float)random.NextBetween(1 - scale, 1 + scale),
        RadiusZ * (float)random.NextBetween(1 - scale, 1 + scale));
}
