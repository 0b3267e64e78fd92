using HccPipeline.Contracts.Drift;
using HccPipeline.ModelWorker.Drift;
using HccPipeline.Persistence.Models;
using HccPipeline.Statistics.Discrimination;
using HccPipeline.Statistics.Drift;
using HccPipeline.Testing;
using Xunit;

namespace HccPipeline.ModelWorker.Tests.Drift;

public sealed class DriftAssessorTests
{
    private static readonly DriftSettings Quick = new() { ChartRuns = 300 };
    private static readonly SimulatedRegistry InControl = new() { Seed = 4, WithFeatures = true };
    private static readonly SimulatedRegistry Changed = InControl with { ChangedCenter = 3 };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void Assess_Twice_GivesTheSameBytesWhateverTheOrderOfCentres()
    {
        DriftInput input = Changed.Build(8);
        // Within a centre the order of patients is that of the charts; the centres may come in any order.
        DriftInput regrouped = input with { Patients = [.. input.Patients.GroupBy(p => p.Center).Reverse().SelectMany(c => c)] };

        byte[] first = CanonicalJson.Write(DriftAssessor.Assess(input, Quick, Ct));

        Assert.Equal(first, CanonicalJson.Write(DriftAssessor.Assess(input, Quick, Ct)));
        DriftDocument read = CanonicalJson.Read<DriftDocument>(first);
        Assert.Equal(first, CanonicalJson.Write(read));
        Assert.Equal(read.Windows.Where(w => w.Center is not null), DriftAssessor.Assess(regrouped, Quick, Ct).Windows.Where(w => w.Center is not null));
    }

    [Fact]
    public void Assess_Window_HasTheNumbersOfItsPatients()
    {
        DriftInput input = InControl.Build(8);
        WindowDocument window = DriftAssessor.Assess(input, Quick, Ct).Windows.Single(w => w is { Center: "C02", Window: "2023Q3" });
        DriftPatient[] patients = [.. input.Patients.Where(p => p is { Center: "C02", Window: "2023Q3" })];
        double[] cases = [.. patients.Where(p => p.Progression == true).Select(p => p.Score!.Value)];
        double[] controls = [.. patients.Where(p => p.Progression == false).Select(p => p.Score!.Value)];

        Assert.Equal((40, 40, cases.Length, 40, 0), (window.Patients, window.Mature, window.Cases, window.Prospective, window.Retrospective));
        Assert.Equal(cases.SelectMany(a => controls.Select(b => a > b ? 1.0 : a == b ? 0.5 : 0)).Average(), window.Auc!.Value, 1e-12);
        Assert.Equal(patients.Average(p => Math.Pow((p.Progression == true ? 1 : 0) - p.Score!.Value, 2)), window.Brier!.Value, 1e-12);
        Assert.Equal(cases.Length / patients.Sum(p => p.Score!.Value), window.ObservedToExpected!.Value, 1e-12);
        Assert.InRange(window.Auc.Value, window.Auc.Lower, window.Auc.Upper);
        // Where calibration in the large is right, the shifted probabilities add up to the cases.
        Assert.Equal(cases.Length, patients.Sum(p => Expit(Logit(p.Score!.Value) + window.CalibrationInTheLarge!.Value)), 1e-6);
    }

    [Fact]
    public void Assess_ChangedScanner_CallsForActionInItsCentreAlone()
    {
        DriftDocument document = DriftAssessor.Assess(Changed.Build(6), Quick, Ct);

        FindingDocument[] actions = [.. document.Findings.Where(f => f.Level == AlertLevels.Action && f.Center is not null)];
        Assert.NotEmpty(actions);
        Assert.All(actions, f => Assert.Equal("C03", f.Center));
        Assert.All(document.Windows.Where(w => w is { Center: "C03", Window: "2024Q1" or "2024Q2" }), w => Assert.Equal(DriftVerdicts.Drift, w.Verdict));
        ScannerDocument scanner = Assert.Single(document.Scanners, s => s.IsNew);
        Assert.Equal(("C03", "2024Q1", "Other B", 40), (scanner.Center, scanner.Window, scanner.Name, scanner.Patients));
        FindingDocument[] features = [.. document.Findings.Where(f => f is { Kind: "features", Center: not null })];
        Assert.Equal([("C03", "2024Q1"), ("C03", "2024Q2"), ("C03", "2024Q3")], features.Select(f => (f.Center, f.Window)));
        Assert.All(features, f => Assert.Contains("x1 (", f.Summary, StringComparison.Ordinal));
        FeatureDriftDocument moved = document.Features.Single(f => f is { Center: "C03", Name: "x1", Window: "2024Q3" });
        Assert.True(moved.AdjustedP < 0.01);
        Assert.InRange(moved.Effect!.Value, 0.7, 1.7);   // it was moved by 1.2
    }

    [Fact]
    public void Assess_LastClosedWindowOfTwoPatients_WaitsAndEveryOtherIsLookedAtOnce()
    {
        DriftInput input = Changed.Build(8);
        DriftPatient[] last = [.. input.Patients.Where(p => p.Window == "2024Q4").Take(2)];
        DriftInput few = input with { Patients = [.. input.Patients.Where(p => p.Window != "2024Q4"), .. last] };

        DriftDocument document = DriftAssessor.Assess(few, Quick, Ct);

        Assert.Equal(few.Patients.Count, document.Looks.Where(l => l.Center is null).Sum(l => l.Patients));
        Assert.Equal(("2024Q4", 2, 0), document.Looks.Where(l => l.Center is null).Select(l => (l.Window, l.Patients, l.Tested)).Last());
        Assert.All(document.Looks.Where(l => l.Window != "2024Q4"), l => Assert.Equal((l.Window, 5), (l.FirstWindow, l.Tested)));
        Assert.Equal(["2024Q1", "2024Q2", "2024Q3"], document.Findings.Where(f => f is { Kind: "features", Center: "C03" }).Select(f => f.Window));
        // What the last look of a scope compared is all there.
        Assert.Equal(5, document.Features.Count(f => f is { Center: null, Window: "2024Q3", P: not null }));
    }

    [Fact]
    public void Assess_WindowsOfTooFew_AreLookedAtTogether()
    {
        DriftDocument document = DriftAssessor.Assess((InControl with { PerCenter = 2 }).Build(8), Quick, Ct);

        Assert.Equal([("2023Q3", "2024Q1", 6), ("2024Q2", "2024Q4", 6)], document.Looks.Where(l => l.Center == "C02").Select(l => (l.FirstWindow, l.Window, l.Patients)));
        Assert.Equal(6, document.Looks.Count(l => l is { Center: null, Patients: 12 }));   // of all together each window is enough
    }

    [Fact]
    public void Assess_AnotherWindowCloses_ChangesNothingOfEarlierLooks()
    {
        DriftDocument before = DriftAssessor.Assess(Changed.Build(5), Quick, Ct), after = DriftAssessor.Assess(Changed.Build(6), Quick, Ct);

        Assert.Equal(before.Looks, after.Looks.Where(l => l.Window != "2024Q3"));
        Assert.Equal(
            before.Findings.Where(f => f.Kind == "features"), after.Findings.Where(f => f.Kind == "features" && f.Window != "2024Q3"));
    }

    [Fact]
    public void Assess_RegistriesWithoutDrift_FeaturesAreFoundNoOftenerThanTheirRate()
    {
        FeatureLookDocument[][] windows =
        [
            .. Enumerable.Range(1, 12).SelectMany(seed => DriftAssessor.Assess((InControl with { Seed = seed, PerCenter = 12 }).Build(8), Quick, Ct).Looks
                .GroupBy(l => l.Window).Select(w => w.ToArray())),
        ];
        int found = windows.Count(w => w.Any(l => l.Moved > 0));

        Assert.Equal(12 * 6, windows.Length);
        Assert.True(Proportion.Estimate(found, windows.Length).ExactLower <= Quick.FalseDiscoveryRate, $"{found} of {windows.Length} windows.");
    }

    [Fact]
    public void Assess_Power_IsThatOfTheTestThatTheVerdictRestsOn()
    {
        DriftDocument document = DriftAssessor.Assess((InControl with { WithFeatures = false }).Build(8), Quick, Ct);

        WindowDocument[] tested = [.. document.Windows.Where(w => w.AucFall is not null)];
        Assert.NotEmpty(tested);
        Assert.All(tested, w => Assert.Equal(
            AucDropPower.Compute(document.Reference!.Auc.Value, (double)w.Cases / w.Mature, document.Reference.Patients, w.Mature, Quick.RelevantDrop, w.AucFall!.Level, Quick.TargetPower).Power,
            w.Power!.Power, 1e-12));
        Assert.All(document.Windows.Where(w => w.Verdict == DriftVerdicts.Stable), w => Assert.InRange(w.Power!.Power, Quick.TargetPower, 1));
    }

    [Theory]
    [InlineData("2024Q2", true)]
    [InlineData("2024Q3", false)]
    public void OfWindows_TwoFalls_AreOneSignWhereTheWindowsFollowOneAnother(string second, bool isAction)
    {
        WindowDocument first = Fallen("2024Q1"), then = Fallen(second);
        WindowDocument[] between = isAction ? [] : [Fallen("2024Q2") with { AucFall = null, CalibrationChange = null }];

        FindingDocument[] found = [.. DriftFindings.OfWindows([first, .. between, then], new HashSet<string>())];

        Assert.Equal(isAction, found.Any(f => f is { Level: AlertLevels.Action, Kind: "consecutive-falls" }));
        Assert.Equal(2, found.Count(f => f.Kind == "auc-fall"));
        Assert.DoesNotContain(DriftFindings.OfWindows([first, Fallen("2024Q3")], new HashSet<string>()), f => f.Level == AlertLevels.Action);   // a quarter without anybody

        static WindowDocument Fallen(string window) => new()
        {
            Center = "C01", Window = window, State = WindowStates.Mature, Verdict = DriftVerdicts.Drift, Patients = 40, Refused = 0, Mature = 40, Cases = 20,
            Prospective = 40, Retrospective = 0, Auc = new(0.6, 0.5, 0.7), AucFall = new(-0.2, 0.06, 0.001, 0.01), CalibrationChange = new(0, 0.3, 1, 0.05),
        };
    }

    [Fact]
    public void Assess_FewPatients_AreInsufficientWithThePowerBesideNeverStable()
    {
        DriftDocument document = DriftAssessor.Assess((InControl with { PerCenter = 7 }).Build(8), Quick, Ct);

        WindowDocument[] centres = [.. document.Windows.Where(w => w.Center is not null)];
        Assert.DoesNotContain(centres, w => w.Verdict == DriftVerdicts.Stable);
        Assert.All(centres.Where(w => w.Verdict == DriftVerdicts.Insufficient && w.Power is not null), w => Assert.InRange(w.Power!.Power, 0, 0.5));
        Assert.Contains(centres, w => w.Verdict == DriftVerdicts.Insufficient);
        Assert.All(centres, w => Assert.Null(w.AucFall));
    }

    [Fact]
    public void Assess_PerfectWindow_HasAnIntervalThatKnowsHowFewItIs()
    {
        DriftInput input = InControl.Build(8);
        DriftPatient[] patients = [.. input.Patients.Select(p => p is { Center: "C02", Window: "2023Q3" } ? p with { Score = p.Progression == true ? 0.9 : 0.1 } : p)];

        WindowDocument window = DriftAssessor.Assess(input with { Patients = patients }, Quick, Ct).Windows.Single(w => w is { Center: "C02", Window: "2023Q3" });

        int pairs = Math.Min(window.Cases, window.Mature - window.Cases);
        Assert.Equal((1.0, 1.0), (window.Auc!.Value, window.Auc.Upper));
        Assert.Equal(0.025, Math.Pow(window.Auc.Lower, pairs), 1e-12);
        Assert.Null(window.CalibrationSlope);   // the classes are separated
    }

    [Fact]
    public void Assess_ManyPatientsWithoutDrift_AreStableWithThePowerBeside()
    {
        DriftDocument document = DriftAssessor.Assess((InControl with { PerCenter = 100, WithFeatures = false }).Build(8), Quick, Ct);

        WindowDocument[] together = [.. document.Windows.Where(w => w.Center is null && w.Verdict == DriftVerdicts.Stable)];
        Assert.True(together.Length >= 4);
        Assert.All(together, w => Assert.InRange(w.Power!.Power, Quick.TargetPower, 1));
    }

    [Fact]
    public void Assess_WindowsWithoutTheirOutcomes_AreAwaitedAndNotTested()
    {
        DriftInput input = InControl.Build(4);
        DriftDocument document = DriftAssessor.Assess(input, Quick, Ct);

        Assert.All(document.Windows.Where(w => w.State != WindowStates.Mature), w => Assert.Equal((DriftVerdicts.Awaited, null, null), (w.Verdict, w.AucFall, w.CalibrationChange)));
        Assert.Equal("2024Q4", document.Period);
        Assert.All(document.Charts, c => Assert.Equal(["2023Q3", "2023Q4"], c.Windows.Distinct()));
    }

    [Fact]
    public void Assess_NoHeldOutScores_FirstPatientsBecomeTheReference()
    {
        DriftInput input = InControl.Build(8);
        DriftDocument document = DriftAssessor.Assess(input with { Learned = [.. input.Learned.Select(p => p with { Score = null })] }, Quick, Ct);

        Assert.Equal(("first-patients", 240), (document.Reference!.Source, document.Reference.Patients));
        Assert.All(document.Windows.Where(w => w.Window == "2023Q3"), w => Assert.Equal(DriftVerdicts.Reference, w.Verdict));
        Assert.All(document.Windows.Where(w => w.Window != "2023Q3"), w => Assert.NotEqual(DriftVerdicts.Reference, w.Verdict));
        Assert.DoesNotContain(document.Windows, w => w.Window == "2023Q3" && w.AucFall is not null);
    }

    [Fact]
    public void Assess_MissingValuesAndRefusals_AreFoundWhereTheyAre()
    {
        DriftInput input = InControl.Build(8);
        DriftPatient[] patients = [.. input.Patients.Select((p, i) => p is { Center: "C05", Window: "2024Q4" } && i / 6 % 2 == 0
            ? p with { Features = [double.NaN, .. p.Features.Skip(1)], Score = null, IsRefused = true }
            : p)];

        DriftDocument document = DriftAssessor.Assess(input with { Patients = patients }, Quick, Ct);

        FindingDocument missing = Assert.Single(document.Findings, f => f is { Kind: "missing-values", Center: not null });
        Assert.Equal("C05", missing.Center);
        FindingDocument refused = Assert.Single(document.Findings, f => f is { Kind: "refusals", Center: not null });
        Assert.Equal(("C05", AlertLevels.Information), (refused.Center, refused.Level));
        Assert.Equal(20, document.Windows.Single(w => w is { Center: "C05", Window: "2024Q4" }).Refused);
    }

    [Fact]
    public void Assess_EarlierVersionIsBetterWhereActionIsCalledFor_ProposesIt()
    {
        DriftInput input = InControl.Build(8);
        // From 2024 on the model says what a coin says; the version before goes on as it did.
        Random coin = new(1);
        DriftPatient[] patients = [.. input.Patients.Select(p => string.CompareOrdinal(p.Window, "2024") > 0 ? p with { Score = 0.05 + (0.9 * coin.NextDouble()) } : p)];
        RivalScores before = new(7, [.. input.Patients.Select(p => p.Score)]), blind = new(6, [.. patients.Select(p => p.Score)]);

        DriftDocument document = DriftAssessor.Assess(input with { ModelVersion = 8, Patients = patients, Rivals = [blind, before] }, Quick, Ct);

        FindingDocument proposal = Assert.Single(document.Findings, f => f.Level == AlertLevels.RollbackProposal);
        Assert.Equal("rollback to version 7", proposal.Kind);
        Assert.DoesNotContain(DriftAssessor.Assess(input with { Rivals = [before] }, Quick, Ct).Findings, f => f.Level == AlertLevels.RollbackProposal);
    }

    [Fact]
    public void Assess_VersionThatIsNotWatched_HasItsWindowsAndNothingElse()
    {
        DriftDocument document = DriftAssessor.Assess(Changed.Build(8) with { IsWatched = false }, Quick, Ct);

        Assert.Equal(6 * 7, document.Windows.Count);
        Assert.Empty(document.Charts);
        Assert.Empty(document.Features);
        Assert.Empty(document.Findings);
    }

    /// <summary>Six centres lie below the declared rate, because the signs depend on one another and the shares are added up; their charts and tests must
    /// alarm nevertheless, so that the rate is not kept by seeing nothing: 6.8 % of the windows in docs/drift.md.</summary>
    [Fact]
    public void Assess_RegistriesWithoutDrift_CallForActionNoOftenerThanDeclaredAndWatchAsOftenAsMeasured()
    {
        const int Registries = 60;
        DriftDocument[] documents = [.. Enumerable.Range(1, Registries).Select(seed => DriftAssessor.Assess(new SimulatedRegistry { Seed = seed }.Build(8), Quick, Ct))];
        int actions = documents.Count(d => d.Findings.Any(f => f.Level == AlertLevels.Action));
        int watched = documents.Sum(d => d.Findings.Where(f => f.Level == AlertLevels.Watch).Select(f => (f.Center, f.Window)).Distinct().Count());

        double declared = Quick.FalseActionRate * 6 / 4;   // six windows
        Assert.True(Proportion.Estimate(actions, Registries).ExactLower <= declared, $"{actions} of {Registries} registries; {declared:P1} is declared.");
        Assert.InRange((double)watched / documents.Sum(d => d.Windows.Count), 0.04, 0.10);
    }

    /// <summary>One centre that learned from few: at the declared rate in docs/drift.md, neither above nor below what so many registries tell.</summary>
    [Fact]
    public void Assess_RegistriesOfOneCentreWithoutDrift_CallForActionAtTheDeclaredRate()
    {
        const int Registries = 100;
        int actions = Enumerable.Range(1, Registries).Count(seed => DriftAssessor.Assess(
            new SimulatedRegistry { Seed = seed, Centers = 1, PerCenter = 78, TrainingWindows = 1 }.Build(8), Quick, Ct).Findings.Any(f => f.Level == AlertLevels.Action));

        double declared = Quick.FalseActionRate * 7 / 4;   // seven windows
        Proportion share = Proportion.Estimate(actions, Registries);
        Assert.True(share.ExactLower <= declared && declared <= share.ExactUpper, $"{actions} of {Registries} registries; {declared:P1} is declared.");
    }

    private static double Logit(double p) => Math.Log(p / (1 - p));

    private static double Expit(double v) => 1 / (1 + Math.Exp(-v));
}
