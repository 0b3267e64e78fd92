namespace HccPipeline.Cli.Synth;

/// <summary>What the scanner sees at one visit: the patient's anatomy with the lesion of that day.</summary>
internal sealed class VisitScene
{
    private const float CoarsePerMm = 0.13f, FinePerMm = 0.45f;
    private readonly TextureTile _tile;
    private readonly PhantomAnatomy _anatomy;
    private readonly LesionShape _lesion;
    private readonly float _phase, _asymmetry;

    public VisitScene(TextureTile tile, PhantomAnatomy anatomy, VisitPlan plan, float phase)
    {
        _tile = tile;
        _anatomy = anatomy;
        _phase = phase;
        _asymmetry = (float)plan.AdcAsymmetry;
        _lesion = new(tile, anatomy.Lesion, plan.LesionVolumeMm3);
    }

    /// <summary>The tissue at a point, LPS, mm.</summary>
    public Tissue TissueAt(float x, float y, float z) => _lesion.Holds(x, y, z) ? Tissue.Lesion : _anatomy.TissueAt(x, y, z);

    /// <summary>Whether a point belongs to the muscle reference: on the level of the lesion.</summary>
    public bool IsMuscleReference(float x, float y, float z, float sliceMm) =>
        Math.Abs(z - _lesion.Z) <= Math.Max(_lesion.HalfHeight * 0.6f, sliceMm) && _anatomy.IsMuscleReference(x, y);

    /// <summary>Texture of a tissue that is not the lesion, about ±1.</summary>
    public float Texture(Tissue tissue, float x, float y, float z) => tissue switch
    {
        // Muscle is streaky along the spine, the rest is grained.
        Tissue.Muscle => _tile.At(_phase + x * 0.5f, y * 0.5f, z * 0.08f),
        Tissue.Stomach or Tissue.Bowel => _tile.At(_phase + x * 0.25f, y * 0.25f, z * 0.25f),
        _ => 0.6f * _tile.At(_phase + x * CoarsePerMm, y * CoarsePerMm, z * CoarsePerMm)
            + 0.6f * _tile.At(_phase + x * FinePerMm, y * FinePerMm, z * FinePerMm),
    };

    /// <summary>T2 pattern inside the lesion, any scale: patches, grain, and a darker capsule.</summary>
    public float LesionT2(float x, float y, float z)
    {
        float depth = _lesion.Depth(x, y, z);
        return 0.9f * Patches(x, y, z) + 0.55f * _tile.At(_phase + x * FinePerMm, y * FinePerMm, z * FinePerMm) - (depth < 0.12f ? 0.8f : 0);
    }

    /// <summary>ADC pattern inside the lesion, any scale: the patches of T2 (necrosis is free water), own grain, and the planned asymmetry.</summary>
    public float LesionAdc(float x, float y, float z)
    {
        float pattern = 0.65f * Patches(x, y, z) + 0.75f * _tile.At(17 + x * 0.30f, _phase + y * 0.30f, z * 0.30f);
        return pattern + _asymmetry * (pattern * pattern - 1);
    }

    private float Patches(float x, float y, float z) => _tile.At(x * 0.16f, y * 0.16f, _phase + z * 0.16f);
}
