using HccPipeline.Statistics.Numerics;

namespace HccPipeline.Statistics.Discrimination;

/// <summary>Distinct scores in ascending order with the number of cases and controls that share each one:
/// all that an ROC curve, an AUC and its DeLong variance depend on.</summary>
internal sealed class ScoreGroups
{
    private ScoreGroups(double[] score, int[] cases, int[] controls, int caseTotal, int controlTotal)
    {
        Score = score;
        Cases = cases;
        Controls = controls;
        CaseTotal = caseTotal;
        ControlTotal = controlTotal;
    }

    public double[] Score { get; }

    public int[] Cases { get; }

    public int[] Controls { get; }

    public int CaseTotal { get; }

    public int ControlTotal { get; }

    /// <summary>Sorts cases and controls apart and merges them: two plain sorts are faster than one sort of pairs.</summary>
    public static ScoreGroups From(ReadOnlySpan<double> scores, ReadOnlySpan<double> y)
    {
        Require.SameLength(scores.Length, y.Length, nameof(y));
        Require.Finite(scores, nameof(scores));
        int n1 = Require.BothClasses(y, nameof(y));
        (double[] cases, double[] controls) = Split(scores, y, n1);
        StableSort.Sort(cases);
        StableSort.Sort(controls);
        return Merge(cases, controls);
    }

    /// <summary>Scores of the cases and of the controls, each in row order.</summary>
    public static (double[] Cases, double[] Controls) Split(ReadOnlySpan<double> scores, ReadOnlySpan<double> y, int caseTotal)
    {
        double[] cases = new double[caseTotal];
        double[] controls = new double[scores.Length - caseTotal];
        int i1 = 0, i0 = 0;
        for (int i = 0; i < scores.Length; i++)
        {
            if (y[i] == 1) cases[i1++] = scores[i];
            else controls[i0++] = scores[i];
        }
        return (cases, controls);
    }

    /// <summary>Area under the curve: an exact count of half pairs, divided once.</summary>
    public double Auc()
    {
        long halfPairs = 0, below = 0;
        for (int g = 0; g < Score.Length; g++)
        {
            halfPairs += Cases[g] * ((2 * below) + Controls[g]);
            below += Controls[g];
        }
        return halfPairs / (2.0 * CaseTotal * ControlTotal);
    }

    /// <summary>The same scores held by other rows, as many cases and controls as before.</summary>
    public ScoreGroups WithCounts(int[] cases, int[] controls) => new(Score, cases, controls, CaseTotal, ControlTotal);

    private static ScoreGroups Merge(double[] cases, double[] controls)
    {
        int n1 = cases.Length, n0 = controls.Length, groups = 0;
        double[] score = new double[n1 + n0];
        int[] inCases = new int[n1 + n0];
        int[] inControls = new int[n1 + n0];
        for (int a = 0, b = 0; a < n1 || b < n0; groups++)
        {
            double next = a == n1 ? controls[b] : b == n0 ? cases[a] : Math.Min(cases[a], controls[b]);
            int a0 = a, b0 = b;
            while (a < n1 && cases[a] == next) a++;
            while (b < n0 && controls[b] == next) b++;
            score[groups] = next;
            inCases[groups] = a - a0;
            inControls[groups] = b - b0;
        }
        Array.Resize(ref score, groups);
        Array.Resize(ref inCases, groups);
        Array.Resize(ref inControls, groups);
        return new ScoreGroups(score, inCases, inControls, n1, n0);
    }
}
