namespace HccPipeline.Cli.Synth;

/// <summary>The imaging values besides the two predictors: correlated between visits and with the predictors, without further
/// information on the response.</summary>
/// <remarks>The volume of the drawn lesion carries no response either: response is judged on the viable tumour of all lesions, the
/// registry draws one.</remarks>
internal sealed class ImagingBackground
{
    private const double SirCorrelation = 0.45, AdcCorrelation = 0.40, LogVolumeMean = 10.5;

    private readonly CohortCore _core;
    private readonly double[] _preSir, _preAdc, _preVolume, _postVolume;
    private readonly double[] _preT2Variation, _postT2Variation, _preSpread, _postSpread, _preAsymmetry, _postAsymmetry;

    public ImagingBackground(CohortCore core, BalancedNormals normals)
    {
        _core = core;
        _preSir = Correlated(core.PostT2Sir, SirCorrelation, normals.Next(), 1.95, 0.55, 0.6, 4.5);
        _preAdc = Correlated(core.PostAdcMean, AdcCorrelation, normals.Next(), 1.14, 0.20, 0.45, 2.1);
        double[] size = normals.Next(), growth = normals.Next();
        _preVolume = Array.ConvertAll(size, v => Math.Clamp(Math.Exp(LogVolumeMean + 0.7 * v), 7_000, 170_000));
        _postVolume = [.. _preVolume.Zip(growth, (v, g) => Math.Clamp(v * Math.Exp(-0.10 + 0.30 * g), 6_000, 190_000))];
        _preT2Variation = LogNormal(0.16, 0.28, normals.Next());
        _postT2Variation = LogNormal(0.17, 0.28, normals.Next());
        _preSpread = Array.ConvertAll(normals.Next(), v => 0.27 + 0.09 * v);
        _postSpread = Array.ConvertAll(normals.Next(), v => 0.28 + 0.09 * v);
        _preAsymmetry = Array.ConvertAll(normals.Next(), v => Math.Clamp(0.10 + 0.20 * v, -0.35, 0.5));
        _postAsymmetry = Array.ConvertAll(normals.Next(), v => Math.Clamp(0.10 + 0.20 * v, -0.35, 0.5));
    }

    /// <summary>The examination before treatment of patient <paramref name="i"/>.</summary>
    public VisitPlan Pre(int i, DateOnly date) =>
        Visit(date, _preSir[i], _preT2Variation[i], _preAdc[i], _preSpread[i], _preAsymmetry[i], _preVolume[i]);

    /// <summary>The examination after treatment of patient <paramref name="i"/>.</summary>
    public VisitPlan Post(int i, DateOnly date) =>
        Visit(date, _core.PostT2Sir[i], _postT2Variation[i], _core.PostAdcMean[i], _postSpread[i], _postAsymmetry[i], _postVolume[i]);

    private static VisitPlan Visit(DateOnly date, double sir, double variation, double adc, double spread, double asymmetry, double volume) => new()
    {
        Date = date,
        T2Sir = sir,
        T2Variation = variation,
        AdcMean = adc,
        // Wider than this, too many voxels would fall below zero.
        AdcDeviation = Math.Clamp(spread, 0.08, 0.40 * adc),
        AdcAsymmetry = asymmetry,
        LesionVolumeMm3 = volume,
    };

    private static double[] Correlated(double[] other, double correlation, double[] noise, double mean, double deviation, double from, double to)
    {
        double center = other.Average(), spread = Math.Sqrt(other.Average(v => (v - center) * (v - center)));
        return [.. other.Zip(noise, (v, e) => Math.Clamp(
            mean + deviation * (correlation * (v - center) / spread + Math.Sqrt(1 - correlation * correlation) * e), from, to))];
    }

    private static double[] LogNormal(double median, double deviation, double[] noise) =>
        Array.ConvertAll(noise, v => median * Math.Exp(deviation * v));
}
