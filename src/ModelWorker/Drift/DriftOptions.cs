using System.ComponentModel.DataAnnotations;
using HccPipeline.Contracts.Drift;

namespace HccPipeline.ModelWorker.Drift;

/// <summary>Section <c>Drift</c>.</summary>
public sealed class DriftOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Drift";

    /// <summary>Submodel that is watched.</summary>
    [RegularExpression("imaging|clinical|combined")]
    public string Submodel { get; set; } = "combined";

    /// <summary>Cron expression of regular assessments; empty for none.</summary>
    public string Schedule { get; set; } = "0 4 * * *";

    /// <summary>How often a model worker looks for new outcomes, scores and versions that call for an assessment.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan LookInterval { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Days after the last assessment of a response in a quarter until its outcomes count as all there.</summary>
    [Range(0, 365)]
    public int GraceDays { get; set; } = 14;

    /// <summary>Chance that a registry without any drift gets an action alert within a year.</summary>
    [Range(0.0001, 0.5)]
    public double FalseActionRate { get; set; } = 0.05;

    /// <summary>Windows to a false alarm of one chart of one centre.</summary>
    [Range(2, 1000)]
    public double InControlWindows { get; set; } = 20;

    /// <summary>Patients of each class that a window needs before it is tested.</summary>
    [Range(3, 1000)]
    public int MinimumPerClass { get; set; } = 8;

    /// <summary>Fall of the AUC that would matter.</summary>
    [Range(0.01, 0.4)]
    public double RelevantDrop { get; set; } = 0.15;

    /// <summary>Power against it from which a window without any sign may be called stable.</summary>
    [Range(0.5, 0.999)]
    public double TargetPower { get; set; } = 0.8;

    /// <summary>False discovery rate of the features of one window.</summary>
    [Range(0.0001, 0.5)]
    public double FalseDiscoveryRate { get; set; } = 0.05;

    /// <summary>Seed of limits and permutations.</summary>
    public long Seed { get; set; } = 1;

    /// <summary>Ask for a new version when an alert calls for action.</summary>
    public bool RetrainOnAction { get; set; } = true;

    /// <summary>Address that alerts are posted to; empty for none.</summary>
    public string WebhookUrl { get; set; } = "";

    /// <summary>Secret that posts are signed with; not looked at where <see cref="WebhookSecretFile"/> is set.</summary>
    public string WebhookSecret { get; set; } = "";

    /// <summary>File that holds the secret.</summary>
    public string WebhookSecretFile { get; set; } = "";

    /// <summary>The part that an assessment follows from.</summary>
    public DriftSettings ToSettings() => new()
    {
        FalseActionRate = FalseActionRate,
        InControlWindows = InControlWindows,
        MinimumPerClass = MinimumPerClass,
        RelevantDrop = RelevantDrop,
        TargetPower = TargetPower,
        FalseDiscoveryRate = FalseDiscoveryRate,
        Seed = Seed,
    };

    /// <summary>The secret from where it is kept.</summary>
    internal string ReadWebhookSecret() => WebhookSecretFile.Length > 0 ? File.ReadAllText(WebhookSecretFile).Trim() : WebhookSecret;

    /// <summary>Whether the webhook is off, or has an address and a secret to sign with.</summary>
    internal bool HasUsableWebhook() => WebhookUrl.Length == 0
        || (Uri.TryCreate(WebhookUrl, UriKind.Absolute, out Uri? address) && address.Scheme is "http" or "https"
            && (WebhookSecretFile.Length > 0 ? File.Exists(WebhookSecretFile) : WebhookSecret.Length > 0));
}
