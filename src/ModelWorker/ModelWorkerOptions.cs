using System.ComponentModel.DataAnnotations;

namespace HccPipeline.ModelWorker;

/// <summary>Section <c>ModelWorker</c>.</summary>
public sealed class ModelWorkerOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "ModelWorker";

    /// <summary>Patients that must be ready before the first model is trained by itself; 0 to train by schedule or by hand only.</summary>
    [Range(0, 1_000_000)]
    public int MinimumPatients { get; set; } = 60;

    /// <summary>Newly ready patients after which the model is trained again by itself; 0 to train by schedule or by hand only.</summary>
    [Range(0, 1_000_000)]
    public int RetrainAfterNewPatients { get; set; } = 20;

    /// <summary>Cron expression of regular retraining, as <c>0 3 1 * *</c> (third hour of the first of each month); empty for none.</summary>
    public string Schedule { get; set; } = "";

    /// <summary>Time zone of <see cref="Schedule"/>, IANA name.</summary>
    [Required]
    public string TimeZone { get; set; } = "UTC";

    /// <summary>Seed of the cross-validation folds.</summary>
    public long Seed { get; set; } = 1;

    /// <summary>Folds of the cross-validation.</summary>
    [Range(3, 100)]
    public int Folds { get; set; } = 10;

    /// <summary>What to do about candidates that some patients lack: leave them out, or fill them inside the folds. A candidate that more than a
    /// third of the patients lack is left out in any case.</summary>
    public MissingValues MissingValues { get; set; }

    /// <summary>How often the sweeper looks for a cohort that grew and for versions without a report.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan SweepInterval { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>A training that has not said for so long that it goes on counts as dead, and its cohort is given to the next.</summary>
    [Range(typeof(TimeSpan), "00:00:02", "01:00:00")]
    public TimeSpan TrainingLease { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Policy of promotion (YAML); empty for <c>profiles/promotion.yaml</c>, which is built in.</summary>
    public string PromotionPolicy { get; set; } = "";

    /// <summary>Imaging candidates without the visit in front: each is offered as <c>pre_</c>, <c>post_</c> and <c>delta_</c>.</summary>
    /// <remarks>Few on purpose: with some dozens of events every further candidate costs more than it brings.</remarks>
    [MinLength(1)]
    public string[] ImagingCandidates { get; set; } =
    [
        "T2_SIR",
        "ADC_Mean",
        "ADC_original_firstorder_10Percentile",
        "ADC_original_firstorder_90Percentile",
        "T2_original_firstorder_Entropy",
        "T2_original_shape_VoxelVolume",
    ];

    /// <summary>Clinical candidates.</summary>
    [MinLength(1)]
    public string[] ClinicalCandidates { get; set; } =
    [
        "NLR", "PLR", "SII", "ALBI", "log_AFP", "age", "sex_male", "child_pugh", "ALT", "albumin", "bilirubin", "platelets", "ECOG", "PVTT", "HBV",
    ];
}
