using HccPipeline.Contracts.Models;
using HccPipeline.Persistence.Cohort;
using HccPipeline.Reporting.Validation;

namespace HccPipeline.Reporting.Tests.Fixtures;

/// <summary>A manifest of a snapshot: every patient with two runs, two patients left out, every third scan in the window of the response.</summary>
internal static class Manifests
{
    public const string Profile = """
        {"name":"test","convention":"PyRadiomics","t2Ratio":{"reference":"MuscleReference"},"adc":{"source":"map-or-fit","method":"log-linear","lowestBValue":0},
         "features":{"t2":{"normalisation":{"method":"None"},"interpolation":{"spacing":"1"},"original":true,"filters":[],"binWidth":25,"classes":["firstorder","glcm"]},
                     "adc":{"normalisation":{"method":"None"},"interpolation":null,"original":true,"filters":[],"binWidth":0.025,"classes":["firstorder"]}}}
        """;

    public static ReportSubject Subject() => SmallCohort.Subject() with
    {
        Manifest = Of(SmallCohort.Snapshot(), new string('e', 64)), ManifestSha256 = new string('9', 64), ProfileJson = Profile,
    };

    public static SnapshotManifest Of(CohortSnapshot snapshot, string snapshotSha256) => new()
    {
        Schema = SnapshotManifest.CurrentSchema,
        SnapshotSha256 = snapshotSha256,
        ProfileSha256 = new string('f', 64),
        Rules = new EligibilityRules
        {
            PreMriMaximumDays = 14, PostMriDay = 56, PostMriToleranceDays = 14, RequiredValues = ["NLR"], ResponseDay = 56, ResponseToleranceDays = 7, RequireClosedWindow = true,
        },
        Incorporation = new IncorporationCheck { WindowFirstDay = 49, WindowLastDay = 63, PatientCount = snapshot.Patients.Count, Count = (snapshot.Patients.Count + 2) / 3 },
        Patients =
        [
            .. snapshot.Patients.Select((p, i) => new IncludedPatient
            {
                Pseudonym = p.Pseudonym, CenterCode = p.CenterCode, EntryQuarter = p.EntryQuarter, PreRunId = $"pre-{i}", PreDay = -3, PostRunId = $"post-{i}", PostDay = i % 3 == 0 ? 56 : 70,
                OutcomeRevision = i == 4 ? 2 : 1, Label = i == 4 ? "adjudicated" : "mature", PostScanDefinesResponse = i % 3 == 0,
            }),
        ],
        LeftOut =
        [
            new LeftOutPatient("patient-out-1", "BER", "pending", [new("outcome", "a mature outcome", null), new("pre-mri", "an MRI before treatment", "day -30")]),
            new LeftOutPatient("patient-out-2", "KYO", "pending", [new("outcome", "a mature outcome", null)]),
        ],
        Withdrawn = 1,
    };
}
