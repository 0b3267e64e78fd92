using HccPipeline.Statistics.Linear;

namespace HccPipeline.Statistics.Calibration;

/// <summary>Bootstrap resamples of rows.</summary>
internal static class BootstrapRows
{
    /// <summary>As many rows as there are outcomes, drawn with replacement, again until both classes are present.</summary>
    public static int[] Draw(double[] y, SplitMix64 random)
    {
        int[] rows = new int[y.Length];
        int events;
        do
        {
            events = 0;
            for (int i = 0; i < rows.Length; i++)
            {
                rows[i] = random.NextBelow(rows.Length);
                if (y[rows[i]] == 1) events++;
            }
        }
        while (events == 0 || events == rows.Length);
        return rows;
    }
}
