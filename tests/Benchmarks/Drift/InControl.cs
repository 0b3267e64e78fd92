using System.Diagnostics;
using System.Globalization;
using System.Text;
using HccPipeline.Contracts.Drift;
using HccPipeline.ModelWorker.Drift;
using HccPipeline.Statistics.Discrimination;
using HccPipeline.Testing;

namespace HccPipeline.Benchmarks.Drift;

/// <summary>Registries without any drift: how often each alert comes by chance. And registries in which one scanner changes: how soon it is seen.</summary>
internal static class InControl
{
    public static int Run(int registries, bool isRecorded)
    {
        long start = Stopwatch.GetTimestamp();
        StringBuilder table = new();
        table.AppendLine("| registries | centres | patients a centre and quarter | learned from | false action alerts, 95 % interval | declared, at most | false watches of a centre and window | rollback proposals |");
        table.AppendLine("| ---: | ---: | ---: | ---: | --- | ---: | ---: | ---: |");
        foreach ((int centers, int perCenter, int training) in new[] { (6, 40, 2), (6, 40, 1), (6, 7, 2), (3, 40, 1), (1, 78, 1) })
            table.AppendLine(False(registries, new() { Seed = 0, Centers = centers, PerCenter = perCenter, TrainingWindows = training }));
        table.AppendLine();
        table.AppendLine("| registries | patients a centre and quarter | action alert in the changed centre, quarters after the change: 1, 2, 3 | any alert there in the first quarter | false action alerts elsewhere | AUC there before and after |");
        table.AppendLine("| ---: | ---: | --- | ---: | ---: | --- |");
        foreach (int perCenter in new[] { 40, 20, 7 })
            table.AppendLine(Seen(registries, new() { Seed = 0, PerCenter = perCenter, ChangedCenter = 3, WithFeatures = true }));
        Console.WriteLine(table);
        Console.WriteLine($"{Stopwatch.GetElapsedTime(start).TotalSeconds:F0} s");
        if (isRecorded)
            DriftDocumentFile.Write(table.ToString());
        return 0;
    }

    private static string False(int registries, SimulatedRegistry kind)
    {
        DriftSettings settings = new();
        int actions = 0, watches = 0, rollbacks = 0, windows = 0;
        for (int seed = 1; seed <= registries; seed++)
        {
            DriftDocument document = DriftAssessor.Assess((kind with { Seed = seed }).Build(kind.Windows), settings, CancellationToken.None);
            if (document.Findings.Any(f => f.Level == AlertLevels.Action)) actions++;
            if (document.Findings.Any(f => f.Level == AlertLevels.RollbackProposal)) rollbacks++;
            watches += document.Findings.Where(f => f.Level == AlertLevels.Watch).Select(f => (f.Center, f.Window)).Distinct().Count();
            windows += document.Windows.Count;
        }
        Proportion share = Proportion.Estimate(actions, registries);
        double declared = settings.FalseActionRate * (kind.Windows - kind.TrainingWindows) / 4.0;
        return string.Create(CultureInfo.InvariantCulture, $"| {registries} | {kind.Centers} | {kind.PerCenter} | {kind.TrainingWindows * kind.Centers * kind.PerCenter} | {actions}: {100 * share.Value:F1} % ({100 * share.ExactLower:F1} to {100 * share.ExactUpper:F1}) | {100 * declared:F1} % | {100.0 * watches / windows:F1} % | {rollbacks} |");
    }

    private static string Seen(int registries, SimulatedRegistry kind)
    {
        DriftSettings settings = new();
        string center = SimulatedRegistry.CenterName(kind.ChangedCenter);
        int[] seen = new int[3];
        int any = 0, elsewhere = 0;
        double before = 0, after = 0;
        for (int seed = 1; seed <= registries; seed++)
        {
            SimulatedRegistry registry = kind with { Seed = seed };
            // The quarter of the change is over and its outcomes are awaited.
            DriftDocument document = DriftAssessor.Assess(registry.Build(kind.ChangedFrom - 1), settings, CancellationToken.None);
            DriftDocument later = DriftAssessor.Assess((registry with { WithFeatures = false }).Build(kind.Windows), settings, CancellationToken.None);
            for (int q = 0; q < seen.Length; q++)
            {
                string window = SimulatedRegistry.WindowName(kind.ChangedFrom + q);
                if (later.Findings.Any(f => f.Level == AlertLevels.Action && f.Center == center && string.CompareOrdinal(f.Window, window) <= 0)) seen[q]++;
            }
            if (document.Findings.Any(f => f.Center == center && string.CompareOrdinal(f.Window, SimulatedRegistry.WindowName(kind.ChangedFrom)) >= 0)) any++;
            if (later.Findings.Any(f => f.Level == AlertLevels.Action && f.Center is not null && f.Center != center)) elsewhere++;
            (double Before, double After) auc = Aucs(registry, center);
            before += auc.Before / registries;
            after += auc.After / registries;
        }
        return string.Create(CultureInfo.InvariantCulture, $"| {registries} | {kind.PerCenter} | {string.Join(", ", seen.Select(s => string.Create(CultureInfo.InvariantCulture, $"{100.0 * s / registries:F0} %")))} | {100.0 * any / registries:F0} % | {elsewhere} | {before:F2}, {after:F2} |");
    }

    private static (double Before, double After) Aucs(SimulatedRegistry registry, string center)
    {
        string from = SimulatedRegistry.WindowName(registry.ChangedFrom);
        var there = registry.Build(registry.Windows).Patients.Where(p => p.Center == center).ToLookup(p => string.CompareOrdinal(p.Window, from) >= 0);
        return (Auc(there[false]), Auc(there[true]));

        static double Auc(IEnumerable<DriftPatient> patients) =>
            RocCurve.Compute([.. patients.Select(p => p.Score!.Value)], [.. patients.Select(p => p.Progression == true ? 1.0 : 0.0)]).Auc;
    }
}
