using System.Net;
using Amazon.Runtime;
using Amazon.S3;

namespace HccPipeline.Persistence.Blobs;

/// <summary>What goes wrong with an S3 store, in words for a person.</summary>
/// <param name="place">The store.</param>
internal sealed class S3Failures(string place)
{
    /// <summary>Runs a call.</summary>
    /// <exception cref="ObjectStoreException">The store can't be reached or refuses.</exception>
    public async Task<T> TranslateAsync<T>(Func<Task<T>> call, CancellationToken ct)
    {
        try
        {
            return await call();
        }
        catch (Exception e) when (IsFault(e, ct))
        {
            throw new ObjectStoreException($"The blob store ({place}) {Describe(e)}", e);
        }
    }

    /// <summary>Runs a call that asks for one object.</summary>
    /// <returns>Null when there is none.</returns>
    /// <exception cref="ObjectStoreException">The store can't be reached or refuses.</exception>
    public async Task<T?> FindAsync<T>(Func<Task<T>> call, CancellationToken ct) where T : class
    {
        try
        {
            return await TranslateAsync(call, ct);
        }
        catch (ObjectStoreException e) when (e.InnerException is AmazonS3Exception { StatusCode: HttpStatusCode.NotFound, ErrorCode: not "NoSuchBucket" })
        {
            return null;
        }
    }

    // The client reports its own time limit as a cancellation that nobody asked for.
    private static bool IsFault(Exception e, CancellationToken ct) =>
        e is AmazonServiceException or AmazonClientException or HttpRequestException or IOException || (e is OperationCanceledException && !ct.IsCancellationRequested);

    private static string Describe(Exception e) => e switch
    {
        AmazonS3Exception { ErrorCode: "NoSuchBucket" } => "does not exist: make the bucket, or correct Blobs:Bucket and Blobs:ServiceUrl.",
        AmazonS3Exception { ErrorCode: "InvalidAccessKeyId" or "SignatureDoesNotMatch" or "AuthorizationHeaderMalformed" } s3 =>
            $"does not know the key ({s3.ErrorCode}): correct Blobs:AccessKey, Blobs:SecretKey and Blobs:Region, or their files.",
        AmazonS3Exception { StatusCode: HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized } s3 =>
            $"refuses the request ({s3.ErrorCode}): the key of Blobs:AccessKey needs to list, read, write and delete there.",
        AmazonS3Exception { StatusCode: >= HttpStatusCode.Continue } s3 => $"answers {(int)s3.StatusCode} {s3.ErrorCode}: {s3.Message}",
        OperationCanceledException => "does not answer in time.",
        _ => $"can't be reached: {e.Message}",
    };
}
