using System.ComponentModel.DataAnnotations;

namespace HccPipeline.ModelWorker.Guards;

/// <summary>Section <c>Guards</c>: what a cohort must have before it is learned from.</summary>
public sealed class GuardOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Guards";

    /// <summary>AUC that the model is expected to have: the sample size by Riley's criteria follows from it; 0 to ask for none.</summary>
    [Range(0, 0.99)]
    public double AnticipatedAuc { get; set; } = 0.8;

    /// <summary>Patients of the smaller class for each candidate of the model with most; 0 to ask for none.</summary>
    [Range(0, 1000)]
    public double EventsPerCandidate { get; set; } = 5;

    /// <summary>Smallest share of the smaller class.</summary>
    [Range(0, 0.5)]
    public double MinimumClassShare { get; set; } = 0.1;

    /// <summary>Largest share of missing values among those that the candidates have in the patients.</summary>
    [Range(0, 1)]
    public double MaximumMissingShare { get; set; } = 0.2;

    /// <summary>Table of two or more readers' readings of the same lesions, CSV with columns <c>feature</c>, <c>patient</c>, <c>reader</c> and
    /// <c>value</c>; empty where there is none: then agreement is not measured.</summary>
    public string ReaderTable { get; set; } = "";

    /// <summary>Smallest intraclass correlation, ICC(2,1), of a candidate in that table.</summary>
    [Range(0, 1)]
    public double MinimumReaderAgreement { get; set; } = 0.75;

    /// <summary>Why every training goes on although a guard refuses; empty to obey the guards. Kept with each version that needed it.</summary>
    public string Override { get; set; } = "";
}
