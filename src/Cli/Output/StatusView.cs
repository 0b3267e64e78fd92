using HccPipeline.Persistence.Runs;
using HccPipeline.Persistence.Status;
using HccPipeline.Persistence.Workers;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace HccPipeline.Cli.Output;

/// <summary>The state of a registry on a screen.</summary>
internal static class StatusView
{
    private const int MostQuarantinedShown = 20;

    /// <summary>All of it.</summary>
    public static IRenderable Of(RegistryStatus status)
    {
        List<IRenderable> parts = [Registry(status)];
        if (status.Extraction.Bricks.Count > 0)
            parts.Add(Bricks(status.Extraction));
        parts.Add(Workers(status.Extraction.Workers));
        if (status.Extraction.Quarantined.Count > 0)
            parts.Add(Quarantined(status.Extraction.Quarantined));
        return new Rows(parts);
    }

    /// <summary>What changes while work goes on, in one line for a log.</summary>
    public static string Line(RegistryStatus status)
    {
        ExtractionStatus now = status.Extraction;
        return $"studies {status.StudiesExtracted}/{status.StudiesReady}, runs {now.RunsOpen} open {now.RunsHeld} held {now.RunsDone} done, "
            + $"bricks {now.Bricks.Sum(b => b.Done + b.Rejected)} done {now.Bricks.Sum(b => b.Left)} left {now.Bricks.Sum(b => b.Quarantined)} in quarantine, "
            + $"workers {now.Workers.Count}{(now.Bricks.Any(b => b.Left > 0) ? $", {Pace(now)}" : "")}";
    }

    private static Table Registry(RegistryStatus status)
    {
        Table table = new Table().Border(TableBorder.Simple).HideHeaders().AddColumn("").AddColumn(new TableColumn("").RightAligned());
        table.AddRow("Patients", $"{status.Patients}");
        table.AddRow("Clinical records", $"{status.ClinicalRecords}");
        table.AddRow("Studies", $"{status.Studies}");
        table.AddRow("  ready for extraction", $"{status.StudiesReady}");
        table.AddRow("  extracted", $"{status.StudiesExtracted}");
        if (status.StudiesHeld > 0)
            table.AddRow("  held by bricks in quarantine", $"{status.StudiesHeld}");
        Add("  waiting for", status.StudiesWaiting);
        Add("  without a visit, need", status.StudiesWithoutVisit);
        table.AddRow("Runs open", $"{status.Extraction.RunsOpen}");
        if (status.Extraction.RunsHeld > 0)
            table.AddRow("  held by bricks in quarantine", $"{status.Extraction.RunsHeld}");
        table.AddRow("  done", $"{status.Extraction.RunsDone}");
        Add("Bricks without values:", status.BricksRejected);
        table.AddRow("Patients ready to learn from", $"{status.PatientsReady}");
        Add("  waiting for", status.PatientsWaiting);
        Add("In quarantine:", status.Quarantine);
        table.AddRow("Model versions", $"{status.ModelVersions}");
        table.AddRow("Champion", status.Champion is { } champion ? $"version {champion}" : "none yet");
        return table;

        void Add(string label, IReadOnlyList<CountOf> counts)
        {
            foreach (CountOf count in counts)
                table.AddRow(Markup.Escape($"{label} {count.Name}"), $"{count.Count}");
        }
    }

    private static Table Bricks(ExtractionStatus status)
    {
        Table table = new Table().Border(TableBorder.Simple).Caption(Pace(status)).AddColumn("bricks");
        foreach (string column in new[] { "done", "rejected", "in flight", "waiting", "blocked", "quarantined" })
            table.AddColumn(new TableColumn(column).RightAligned());
        foreach (BrickCounts kind in status.Bricks)
            table.AddRow(Markup.Escape(kind.Kind), $"{kind.Done}", $"{kind.Rejected}", $"{kind.Pending}", $"{kind.Waiting}", $"{kind.Blocked}", $"{kind.Quarantined}");
        return table;
    }

    private static IRenderable Workers(IReadOnlyList<WorkerProcess> workers)
    {
        if (workers.Count == 0)
            return new Text("No worker is alive ('hcc serve' starts one).");
        Table table = new Table().Border(TableBorder.Simple).AddColumn("worker").AddColumn("roles").AddColumn(new TableColumn("bricks at a time").RightAligned()).AddColumn("version");
        foreach (WorkerProcess worker in workers)
            table.AddRow(Markup.Escape(worker.WorkerId), Markup.Escape(worker.Roles), $"{worker.Slots}", Markup.Escape(worker.Version));
        return table;
    }

    /// <summary>Bricks in quarantine, each with its reason.</summary>
    public static Table Quarantined(IReadOnlyList<QuarantinedBrick> bricks)
    {
        Table table = new Table().Border(TableBorder.Simple).AddColumn("run").AddColumn(new TableColumn("brick").RightAligned()).AddColumn("kind").AddColumn("reason");
        foreach (QuarantinedBrick brick in bricks.Take(MostQuarantinedShown))
            table.AddRow(ShortRun(brick), $"{brick.Key.BrickIndex}", Markup.Escape(brick.Kind), Markup.Escape(brick.Reason));
        if (bricks.Count > MostQuarantinedShown)
            table.Caption($"and {bricks.Count - MostQuarantinedShown} more ('--json' lists all)");
        return table;
    }

    /// <summary>As much of a run's key as tells it from others.</summary>
    public static string ShortRun(QuarantinedBrick brick) => brick.Key.RunId[..Math.Min(12, brick.Key.RunId.Length)];

    private static string Pace(ExtractionStatus status)
    {
        List<string> parts = [];
        if (status.BricksPerSecond is { } bricks)
            parts.Add($"{bricks:G3} bricks/s");
        if (status.VoxelsPerSecond is { } voxels)
            parts.Add($"{voxels:G3} voxels/s");
        if (status.SecondsLeft is > 0 and { } seconds)
            parts.Add($"{Duration(seconds)} left");
        return parts.Count == 0 ? "nothing done of late" : string.Join(", ", parts);
    }

    private static string Duration(double seconds) => seconds switch
    {
        < 90 => $"{Math.Ceiling(seconds):F0} s",
        < 5400 => $"{seconds / 60:F0} min",
        _ => $"{seconds / 3600:F1} h",
    };
}
