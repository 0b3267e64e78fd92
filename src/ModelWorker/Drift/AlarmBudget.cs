using HccPipeline.Contracts.Drift;
using HccPipeline.Statistics.Drift;

namespace HccPipeline.ModelWorker.Drift;

/// <summary>Shares the declared rate of false action alerts out: to four windows a year, to every centre and all together, and in each half to
/// either way by which an action is confirmed. The halves add up to the whole at most, however the signs depend on one another.</summary>
/// <param name="PerWay">Chance of a false action in one window of one centre, one way.</param>
internal sealed record AlarmBudget(double PerWay)
{
    private const int WindowsPerYear = 4, Ways = 2, Charts = 2;
    private const double LargestLevel = 0.05;

    public static AlarmBudget Of(DriftSettings settings, int scopes) =>
        new(settings.FalseActionRate / (WindowsPerYear * scopes * Ways));

    /// <summary>Patients to a false alarm of a chart, for so many windows of a size: 100, 200, 400, …, so that centres of like size share a limit
    /// and a patient more or less moves none.</summary>
    public static double RunLength(double patientsPerWindow, DriftSettings settings)
    {
        double length = 100;
        while (length < settings.InControlWindows * patientsPerWindow) length *= 2;
        return length;
    }

    /// <summary>Level of the calibration test that is to confirm a chart: a chart alarms by chance in so many of such windows.</summary>
    /// <param name="patients">Patients of the window.</param>
    /// <param name="runLength">Patients to a false alarm of one chart.</param>
    public double CalibrationLevel(int patients, double runLength) => Math.Min(LargestLevel, PerWay / Math.Min(1, Charts * patients / runLength));

    /// <summary>Level of the AUC's fall in each of two successive windows.</summary>
    /// <param name="reference">Variance of the reference's AUC.</param>
    /// <param name="before">Variance of the AUC of the window before; null where this is the first.</param>
    /// <param name="now">Variance of the AUC of the window.</param>
    public double FallLevel(double reference, double? before, double now)
    {
        double shared = reference == 0 ? 0 : reference / Math.Sqrt((reference + (before ?? now)) * (reference + now));
        return Math.Min(LargestLevel, ConsecutiveFalls.Level(PerWay, Math.Min(shared, 0.99)));
    }
}
