using HccPipeline.Contracts;
using HccPipeline.Ingest.Classification;
using Xunit;

namespace HccPipeline.Ingest.Tests.Classification;

public sealed class ContrastPhasesTests
{
    [Fact]
    public void Assign_DynamicExamination_FollowsTheClock()
    {
        T1Series[] series =
        [
            new("pre", ImageKind.T1, 0),
            new("art", ImageKind.T1Enhanced, 300_000),
            new("pv", ImageKind.T1Enhanced, 345_000),
            new("late", ImageKind.T1Enhanced, 480_000),
            new("unsaid", ImageKind.T1, 350_000),
        ];
        IReadOnlyDictionary<string, Sequence> phases = ContrastPhases.Assign([.. series.Reverse()]);
        Assert.Equal(
            [Sequence.T1Pre, Sequence.T1Arterial, Sequence.T1Portal, Sequence.T1Delayed, Sequence.T1Portal], series.Select(s => phases[s.SeriesUid]));
    }

    [Fact]
    public void Assign_SaidPhases_StayWhateverTheClockSays() =>
        Assert.Equal(Sequence.T1Portal, ContrastPhases.Assign([new("a", ImageKind.T1Portal, 0), new("b", ImageKind.T1Arterial, 90_000)])["a"]);

    [Fact]
    public void Assign_NoContrastAnywhere_IsBeforeContrast() => Assert.Equal(Sequence.T1Pre, ContrastPhases.Assign([new("a", ImageKind.T1, 5)])["a"]);

    [Fact]
    public void Assign_ContrastWithoutTime_IsDelayed() => Assert.Equal(Sequence.T1Delayed, ContrastPhases.Assign([new("a", ImageKind.T1Enhanced, null)])["a"]);
}
