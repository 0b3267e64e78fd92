namespace HccPipeline.ModelWorker.Promotion;

/// <summary>What a new version may change, what it must hold, who decides and what happens when it does not hold: <c>profiles/promotion.yaml</c>.</summary>
public sealed class PromotionPolicy
{
    /// <summary>Layout of the file that this program reads.</summary>
    public const int CurrentSchema = 1;

    /// <summary>Layout of the file.</summary>
    public int Schema { get; set; }

    /// <summary>The model that is compared: imaging, clinical or combined.</summary>
    public string Model { get; set; } = "";

    /// <summary>What the new version may do differently.</summary>
    public AllowedChanges MayChange { get; set; } = new();

    /// <summary>What it must hold against the champion.</summary>
    public Requirements MustHold { get; set; } = new();

    /// <summary>People who must approve, 0 to 2.</summary>
    public int Approvals { get; set; }

    /// <summary>Who may approve; empty for anybody.</summary>
    public string[] Approvers { get; set; } = [];

    /// <summary><c>override</c> or <c>refuse</c>.</summary>
    public string OnFailure { get; set; } = "";
}

/// <summary>What a new version may do differently.</summary>
public sealed class AllowedChanges
{
    /// <summary>Coefficients of the same predictors.</summary>
    public bool Coefficients { get; set; }

    /// <summary>Which candidates were selected.</summary>
    public bool Predictors { get; set; }

    /// <summary>Which candidates were offered.</summary>
    public bool Candidates { get; set; }

    /// <summary>The extraction profile.</summary>
    public bool Profile { get; set; }

    /// <summary>The version of the program that trained, and what it does about missing values.</summary>
    public bool Program { get; set; }
}

/// <summary>What a new version must hold.</summary>
public sealed class Requirements
{
    /// <summary>Patients scored by both, at least.</summary>
    public int Patients { get; set; }

    /// <summary>Of the smaller class, at least.</summary>
    public int Events { get; set; }

    /// <summary>Confidence level of the interval of the AUC's gain.</summary>
    public double Confidence { get; set; }

    /// <summary>The lower limit of the gain in AUC lies above minus this.</summary>
    public double AucMargin { get; set; }

    /// <summary>Smallest and largest calibration slope.</summary>
    public double[] CalibrationSlope { get; set; } = [];

    /// <summary>Largest calibration in the large, log odds, either way.</summary>
    public double CalibrationInTheLarge { get; set; }

    /// <summary>Threshold probabilities of the net benefit.</summary>
    public double[] NetBenefitThresholds { get; set; } = [];

    /// <summary>Largest loss of net benefit at any of them.</summary>
    public double NetBenefitMargin { get; set; }

    /// <summary>Probability between low and high risk.</summary>
    public double ReclassificationThreshold { get; set; }

    /// <summary>Smallest net reclassification improvement.</summary>
    public double NetReclassification { get; set; }

    /// <summary>Smallest integrated discrimination improvement.</summary>
    public double IntegratedDiscrimination { get; set; }
}
