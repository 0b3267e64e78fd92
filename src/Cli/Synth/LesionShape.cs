namespace HccPipeline.Cli.Synth;

/// <summary>An irregular ellipsoid of a given volume.</summary>
internal sealed class LesionShape
{
    private const float Irregularity = 0.10f, LobesPerDirection = 1.6f;
    private const int SamplesPerAxis = 28;
    private readonly TextureTile _tile;
    private readonly Ellipsoid _ellipsoid;
    private readonly float _phase;

    /// <summary>Shapes the lesion.</summary>
    /// <param name="tile">Noise that the outline follows.</param>
    /// <param name="anatomy">Place and proportions in this patient; the same for both visits.</param>
    /// <param name="volumeMm3">Volume, mm³.</param>
    public LesionShape(TextureTile tile, in LesionPlace anatomy, double volumeMm3)
    {
        _tile = tile;
        _phase = anatomy.Phase;
        double radius = Math.Cbrt(3 * volumeMm3 / (4 * Math.PI));
        _ellipsoid = Scaled(anatomy, radius);
        _ellipsoid = Scaled(anatomy, radius * Math.Cbrt(volumeMm3 / MeasuredVolume()));
    }

    /// <summary>Centre, superior, mm.</summary>
    public float Z => _ellipsoid.Z;

    /// <summary>Half the extent from foot to head, mm, with room for the irregular outline.</summary>
    public float HalfHeight => _ellipsoid.RadiusZ * (1 + 3 * Irregularity);

    /// <summary>Whether the lesion holds a point.</summary>
    public bool Holds(float x, float y, float z) => Depth(x, y, z) >= 0;

    /// <summary>0 at the outline, 1 in the centre, negative outside.</summary>
    public float Depth(float x, float y, float z)
    {
        float level = _ellipsoid.Level(x, y, z);
        if (level > 2.2f)
            return -1;
        float distance = MathF.Sqrt(level);
        if (distance < 0.3f)
            return 1 - distance;
        float k = LobesPerDirection / distance;
        float lobe = _tile.At(
            _phase + (x - _ellipsoid.X) / _ellipsoid.RadiusX * k, _phase + (y - _ellipsoid.Y) / _ellipsoid.RadiusY * k,
            (z - _ellipsoid.Z) / _ellipsoid.RadiusZ * k);
        return 1 - distance / (1 + Irregularity * Math.Clamp(lobe, -3, 3));
    }

    private static Ellipsoid Scaled(in LesionPlace place, double radius) => new(place.X, place.Y, place.Z,
        (float)(radius * place.StretchX), (float)(radius * place.StretchY), (float)(radius / (place.StretchX * place.StretchY)));

    private double MeasuredVolume()
    {
        double step = 2.8 / SamplesPerAxis;
        int inside = 0;
        for (int k = 0; k < SamplesPerAxis; k++)
        {
            for (int j = 0; j < SamplesPerAxis; j++)
            {
                for (int i = 0; i < SamplesPerAxis; i++)
                {
                    float x = (float)((i + 0.5) * step - 1.4), y = (float)((j + 0.5) * step - 1.4), z = (float)((k + 0.5) * step - 1.4);
                    if (Holds(_ellipsoid.X + x * _ellipsoid.RadiusX, _ellipsoid.Y + y * _ellipsoid.RadiusY, _ellipsoid.Z + z * _ellipsoid.RadiusZ))
                        inside++;
                }
            }
        }
        return inside * step * step * step * _ellipsoid.RadiusX * _ellipsoid.RadiusY * _ellipsoid.RadiusZ;
    }
}

/// <summary>Where the lesion of a patient lies and how it is stretched.</summary>
/// <param name="X">Centre, left, mm.</param>
/// <param name="Y">Centre, posterior, mm.</param>
/// <param name="Z">Centre, superior, mm.</param>
/// <param name="StretchX">Radius along x over the mean radius.</param>
/// <param name="StretchY">Radius along y over the mean radius.</param>
/// <param name="Phase">Where in the noise the outline is read.</param>
internal readonly record struct LesionPlace(float X, float Y, float Z, float StretchX, float StretchY, float Phase);
