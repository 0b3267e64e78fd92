using System.ComponentModel.DataAnnotations;

namespace HccPipeline.Persistence.Blobs;

/// <summary>Section <c>Blobs</c>: where blobs and volumes live.</summary>
public sealed class BlobOptions : IValidatableObject
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Blobs";

    /// <summary>The kind of store.</summary>
    public BlobProvider Provider { get; set; } = BlobProvider.Files;

    /// <summary>Root folder for <see cref="BlobProvider.Files"/>; absolute, shared by all workers.</summary>
    public string Root { get; set; } = "";

    /// <summary>Address of an S3-compatible store, <c>http://host:port</c>; empty for Amazon's own in <see cref="Region"/>.</summary>
    public string ServiceUrl { get; set; } = "";

    /// <summary>Bucket; it must exist.</summary>
    public string Bucket { get; set; } = "";

    /// <summary>Folder within the bucket; empty for none.</summary>
    public string Prefix { get; set; } = "";

    /// <summary>Region that requests are signed for.</summary>
    public string Region { get; set; } = "us-east-1";

    /// <summary>Access key; ignored when <see cref="AccessKeyFile"/> is set.</summary>
    public string AccessKey { get; set; } = "";

    /// <summary>File that holds the access key, for secrets mounted as files.</summary>
    public string? AccessKeyFile { get; set; }

    /// <summary>Secret key; ignored when <see cref="SecretKeyFile"/> is set.</summary>
    public string SecretKey { get; set; } = "";

    /// <summary>File that holds the secret key.</summary>
    public string? SecretKeyFile { get; set; }

    /// <summary>The access key, from its file where there is one.</summary>
    internal string ReadAccessKey() => AccessKeyFile is { Length: > 0 } file ? File.ReadAllText(file).Trim() : AccessKey;

    /// <summary>The secret key, from its file where there is one.</summary>
    internal string ReadSecretKey() => SecretKeyFile is { Length: > 0 } file ? File.ReadAllText(file).Trim() : SecretKey;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) => Provider == BlobProvider.S3 ? ValidateS3() : ValidateFiles();

    private IEnumerable<ValidationResult> ValidateFiles()
    {
        if (!Path.IsPathFullyQualified(Root))
            yield return new("Blobs:Root must be an absolute path.");
    }

    private IEnumerable<ValidationResult> ValidateS3()
    {
        if (ServiceUrl.Length > 0 && !(Uri.TryCreate(ServiceUrl, UriKind.Absolute, out Uri? address) && address.Scheme is "http" or "https"))
            yield return new("Blobs:ServiceUrl must be an http or https address.");
        if (Bucket.Length == 0)
            yield return new("Blobs:Bucket must name a bucket.");
        if (Prefix.Length > 0 && !ObjectName.IsOne(Prefix))
            yield return new("Blobs:Prefix must be letters, digits, '.', '_', '-' and '/' between.");
        if (Region.Length == 0)
            yield return new("Blobs:Region must name a region; S3-compatible stores take us-east-1.");
        if (ProblemOf("AccessKey", AccessKey, AccessKeyFile) is { } accessKey)
            yield return new(accessKey);
        if (ProblemOf("SecretKey", SecretKey, SecretKeyFile) is { } secretKey)
            yield return new(secretKey);
    }

    private static string? ProblemOf(string key, string value, string? file) => file switch
    {
        { Length: > 0 } when !File.Exists(file) => $"Blobs:{key}File is not there or can't be read.",
        { Length: > 0 } => null,
        _ => value.Length == 0 ? $"Blobs:{key} or Blobs:{key}File must be set." : null,
    };
}

/// <summary>Kinds of stores.</summary>
public enum BlobProvider
{
    /// <summary>Files in a folder.</summary>
    Files,

    /// <summary>A bucket of Amazon S3 or of a store that speaks its protocol.</summary>
    S3,
}
