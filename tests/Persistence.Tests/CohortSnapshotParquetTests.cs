using HccPipeline.Persistence.Cohort;
using Xunit;

namespace HccPipeline.Persistence.Tests;

public sealed class CohortSnapshotParquetTests
{
    private static CohortSnapshot Snapshot(bool reversed)
    {
        CohortPatient[] patients =
        [
            new() { Pseudonym = "P-b", CenterCode = "C1", EntryQuarter = "2022Q1", Response = "PD", PfsMonths = 3.25, PfsEvent = true },
            new() { Pseudonym = "P-a", CenterCode = "C2", EntryQuarter = "2023Q4" },
        ];
        double[] sir = [1.5, double.NaN], nlr = [4, 2.5];
        return reversed
            ? new([patients[1], patients[0]], new Dictionary<string, double[]> { ["post_T2_SIR"] = [sir[1], sir[0]], ["NLR"] = [nlr[1], nlr[0]] })
            : new(patients, new Dictionary<string, double[]> { ["NLR"] = nlr, ["post_T2_SIR"] = sir });
    }

    [Fact]
    public async Task WriteAsync_SameRowsInAnyOrder_GivesSameBytes()
    {
        CancellationToken ct = TestContext.Current.CancellationToken;
        Assert.Equal(await CohortSnapshotParquet.WriteAsync(Snapshot(false), ct), await CohortSnapshotParquet.WriteAsync(Snapshot(true), ct));
    }

    [Fact]
    public async Task ReadAsync_WrittenSnapshot_IsTheSameTable()
    {
        CancellationToken ct = TestContext.Current.CancellationToken;
        CohortSnapshot read = await CohortSnapshotParquet.ReadAsync(await CohortSnapshotParquet.WriteAsync(Snapshot(false), ct), ct);

        Assert.Equal(["P-a", "P-b"], read.Patients.Select(p => p.Pseudonym));
        Assert.Equal(Snapshot(false).Patients, read.Patients);
        Assert.Equal(["NLR", "post_T2_SIR"], read.FeatureNames);
        Assert.Equal([2.5, 4], read.Column("NLR").ToArray());
        Assert.Equal([double.NaN, 1.5], read.Column("post_T2_SIR").ToArray());
        Assert.Equal([0, 1], read.Progression());
    }
}
