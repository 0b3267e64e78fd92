namespace HccPipeline.Cli.Synth;

/// <summary>
/// The upper abdomen of one synthetic patient, from the top of the liver to the kidneys, as tissues at points of patient space:
/// LPS, mm, the origin in the middle of the body.
/// </summary>
/// <remarks>Ellipsoids with warped outlines: enough for contrast, neighbourhood and texture to be like those of a liver
/// examination; no claim to anatomy.</remarks>
public sealed class PhantomAnatomy
{
    private const float WallMm = 9, WarpMm = 3.5f, WarpPerMm = 0.022f, MuscleReferenceScale = 0.60f;

    private readonly TextureTile _tile;
    private readonly float _phase, _halfWidth, _halfDepth, _fatMm;
    private readonly Ellipsoid _rightLobe, _leftLobe, _spleen, _stomach, _gallbladder, _heart, _rightKidney, _leftKidney;
    private readonly Ellipsoid _aorta, _cava, _vertebra, _canal, _cord, _rightBack, _leftBack;
    private readonly Tube[] _veins;

    /// <summary>Draws a patient.</summary>
    /// <param name="tile">Noise that outlines follow.</param>
    /// <param name="seed">Seed of the registry.</param>
    /// <param name="patient">Position of the patient in the registry.</param>
    public PhantomAnatomy(TextureTile tile, int seed, int patient)
    {
        _tile = tile;
        RandomSource random = new((ulong)seed, RandomPurpose.Anatomy, patient);
        const float along = 400;
        _phase = (float)random.NextBetween(0, 64);
        _halfWidth = (float)random.NextBetween(150, 170);
        _halfDepth = (float)random.NextBetween(104, 120);
        _fatMm = (float)random.NextBetween(9, 22);
        _rightLobe = new Ellipsoid(-62, -6, 2, 80, 82, 82).Varied(random, 3, 0.03);
        _leftLobe = new Ellipsoid(-2, -52, 14, 66, 32, 46).Varied(random, 5, 0.08);
        _spleen = new Ellipsoid(98, 38, 18, 30, 44, 48).Varied(random, 5, 0.10);
        _stomach = new Ellipsoid(62, -34, 18, 40, 34, 42).Varied(random, 6, 0.10);
        _gallbladder = new Ellipsoid(-42, -62, -40, 15, 20, 26).Varied(random, 5, 0.15);
        _heart = new Ellipsoid(28, -46, 84, 52, 42, 34).Varied(random, 4, 0.05);
        _rightKidney = new Ellipsoid(-60, 52, -66, 26, 30, 44).Varied(random, 4, 0.08);
        _leftKidney = new Ellipsoid(62, 52, -52, 26, 30, 46).Varied(random, 4, 0.08);
        _aorta = new(10, 32, 0, 10, 10, along);
        _cava = new(-20, 28, 0, 13, 10, along);
        _vertebra = new(0, 54, 0, 23, 18, along);
        _canal = new(0, 81, 0, 11, 9, along);
        _cord = new(0, 81, 0, 5.5f, 5, along);
        _rightBack = new(-37, 80, 0, 27, 19, along);
        _leftBack = new(37, 80, 0, 27, 19, along);
        float lift = (float)random.NextBetween(-8, 8);
        _veins =
        [
            new(-22, 20, 52, -100, -22, 20 + lift, 4.5f), new(-22, 18, 54, -66, -50, 30 + lift, 4.5f), new(-20, 16, 56, -8, -58, 34 + lift, 4),
            new(-18, 0, -22, -52, -4, -8 + lift, 6), new(-52, -4, -8 + lift, -104, 22, -22 + lift, 4), new(-52, -4, -8 + lift, -92, -48, 0, 4),
            new(-30, -4, -16, -6, -52, 10 + lift, 4),
        ];
        Lesion = new(
            -72 + (float)random.NextBetween(-8, 8), -6 + (float)random.NextBetween(-12, 12), (float)random.NextBetween(-12, 12),
            (float)random.NextBetween(0.92, 1.10), (float)random.NextBetween(0.92, 1.08), (float)random.NextBetween(0, 64));
    }

    /// <summary>Place of the lesion.</summary>
    internal LesionPlace Lesion { get; }

    /// <summary>Whether a point lies in the core of the right paraspinal muscle, where the reference is measured.</summary>
    public bool IsMuscleReference(float x, float y)
    {
        float u = (x - _rightBack.X) / (_rightBack.RadiusX * MuscleReferenceScale), v = (y - _rightBack.Y) / (_rightBack.RadiusY * MuscleReferenceScale);
        return u * u + v * v <= 1;
    }

    /// <summary>The tissue at a point, the lesion left out.</summary>
    public Tissue TissueAt(float x, float y, float z)
    {
        float outer = Outline(x, y, 0);
        if (outer > 1)
            return Tissue.Air;
        float wx = x, wy = y;
        if (outer < 0.9f)
        {
            float warp = _tile.At(_phase + x * WarpPerMm, y * WarpPerMm, z * WarpPerMm);
            wx += WarpMm * warp;
            wy += WarpMm * _tile.At(y * WarpPerMm, _phase + x * WarpPerMm, 31 + z * WarpPerMm);
        }
        if (Back(x, y, z) is { } back)
            return back;
        if (Outline(x, y, _fatMm) > 1)
            return Tissue.Fat;
        return Outline(x, y, _fatMm + WallMm) > 1 ? Tissue.Muscle : Inside(wx, wy, z);
    }

    /// <summary>Below 1 inside the body outline, taken in by a depth in mm; an ellipse with fuller corners.</summary>
    private float Outline(float x, float y, float depthMm)
    {
        float u = x / (_halfWidth - depthMm), v = y / (_halfDepth - depthMm);
        return u * u + v * v - 0.22f * u * u * v * v;
    }

    private Tissue? Back(float x, float y, float z)
    {
        if (y < 30)
            return null;
        if (_canal.Holds(x, y, z))
            return _cord.Holds(x, y, z) ? Tissue.Cord : Tissue.Csf;
        if (_vertebra.Holds(x, y, z))
            return Tissue.Marrow;
        return _rightBack.Holds(x, y, z) || _leftBack.Holds(x, y, z) ? Tissue.Muscle : null;
    }

    private Tissue Inside(float x, float y, float z)
    {
        if (_aorta.Holds(x, y, z) || _cava.Holds(x, y, z))
            return Tissue.Vessel;
        if (z > Diaphragm(x, y))
            return _heart.Holds(x, y, z) ? Tissue.Heart : Tissue.Lung;
        if (_gallbladder.Holds(x, y, z))
            return Tissue.Gallbladder;
        if (_rightKidney.Holds(x, y, z) || _leftKidney.Holds(x, y, z))
            return Tissue.Kidney;
        if (_rightLobe.Holds(x, y, z) || _leftLobe.Holds(x, y, z))
        {
            foreach (Tube vein in _veins)
            {
                if (vein.Holds(x, y, z))
                    return Tissue.LiverVein;
            }
            return Tissue.Liver;
        }
        if (_spleen.Holds(x, y, z))
            return Tissue.Spleen;
        if (_stomach.Holds(x, y, z))
            return y < _stomach.Y - 12 ? Tissue.Air : Tissue.Stomach;
        // Loops of bowel in front, with fat between them; fat only towards the back.
        float loops = _tile.At(_phase + x * 0.085f, y * 0.085f, z * 0.085f);
        return loops > 0.05f + Math.Max(0, y + 5) / 22 ? Tissue.Bowel : Tissue.Fat;
    }

    /// <summary>Height of the diaphragm, mm: two domes, the right one higher.</summary>
    private static float Diaphragm(float x, float y)
    {
        float side = x < 10 ? (x + 60) / 85 : (x - 75) / 75;
        float top = x < 10 ? 74 : 66, forward = y / 105;
        return top - 26 * side * side - 26 * forward * forward;
    }

    /// <summary>A straight vessel between two points.</summary>
    private readonly record struct Tube(float X0, float Y0, float Z0, float X1, float Y1, float Z1, float Radius)
    {
        public bool Holds(float x, float y, float z)
        {
            float dx = X1 - X0, dy = Y1 - Y0, dz = Z1 - Z0, px = x - X0, py = y - Y0, pz = z - Z0;
            float t = Math.Clamp((px * dx + py * dy + pz * dz) / (dx * dx + dy * dy + dz * dz), 0, 1);
            float ex = px - t * dx, ey = py - t * dy, ez = pz - t * dz, radius = Radius * (1 - 0.35f * t);
            return ex * ex + ey * ey + ez * ez <= radius * radius;
        }
    }
}
