using System.Security.Cryptography;
using System.Threading.Channels;
using HccPipeline.Dicom;
using HccPipeline.Persistence.Registry;
using Microsoft.Extensions.Options;

namespace HccPipeline.Ingest.Files;

/// <summary>
/// Reads files in batches: several at once within a batch, batches one after another, and the rows of one batch are written while the next
/// is read. Rows are written in the order of the files, whichever was read first.
/// </summary>
internal sealed class FilePipeline(
    FileReceiver receiver, InstanceRepository instances, WithdrawalRepository withdrawals, BatchWriter writer, IOptions<IngestOptions> options)
{
    private const int FilesPerBatch = 200;
    private const long BytesPerBatch = 64L << 20;

    /// <summary>Takes all files into the registry.</summary>
    /// <param name="files">In the order in which they count.</param>
    /// <param name="centerCode">Centre that all belong to; null when <paramref name="centerOf"/> has to tell.</param>
    /// <param name="centerOf">Centre of a patient ID.</param>
    /// <param name="tally">Counts what becomes of them.</param>
    /// <param name="ct">Cancels.</param>
    public async Task RunAsync(
        IReadOnlyList<FoundFile> files, string? centerCode, Func<string, string?> centerOf, IngestTally tally, CancellationToken ct)
    {
        await writer.BeginAsync(tally, ct);
        HashSet<string> withdrawn = (await withdrawals.ListAsync(ct)).Select(w => w.Pseudonym).ToHashSet(StringComparer.Ordinal);
        Channel<FileVerdict[]> channel = Channel.CreateBounded<FileVerdict[]>(new BoundedChannelOptions(1) { SingleReader = true, SingleWriter = true });
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        Task producer = Task.Run(async () =>
        {
            try
            {
                foreach (FoundFile[] batch in Batches(files))
                    await channel.Writer.WriteAsync(await ReadBatchAsync(batch, centerCode, centerOf, withdrawn, stop.Token), stop.Token);
                channel.Writer.Complete();
            }
            catch (Exception e)
            {
                channel.Writer.Complete(e);   // the reader throws it
            }
        }, CancellationToken.None);
        try
        {
            await foreach (FileVerdict[] batch in channel.Reader.ReadAllAsync(ct))
                await writer.WriteAsync(tally, batch, ct);
        }
        finally
        {
            await stop.CancelAsync();
            await producer;
        }
    }

    private static IEnumerable<FoundFile[]> Batches(IReadOnlyList<FoundFile> files)
    {
        List<FoundFile> batch = [];
        long bytes = 0;
        foreach (FoundFile file in files)
        {
            if (batch.Count > 0 && (batch.Count == FilesPerBatch || bytes + file.Length > BytesPerBatch))
            {
                yield return [.. batch];
                batch.Clear();
                bytes = 0;
            }
            batch.Add(file);
            bytes += file.Length;
        }
        if (batch.Count > 0)
            yield return [.. batch];
    }

    private async Task<FileVerdict[]> ReadBatchAsync(
        FoundFile[] batch, string? centerCode, Func<string, string?> centerOf, HashSet<string> withdrawn, CancellationToken ct)
    {
        ParallelOptions parallel = new()
        {
            MaxDegreeOfParallelism = options.Value.Parallelism > 0 ? options.Value.Parallelism : Environment.ProcessorCount,
            CancellationToken = ct,
        };
        FileVerdict[] verdicts = new FileVerdict[batch.Length];
        byte[]?[] contents = new byte[]?[batch.Length];
        await Parallel.ForAsync(0, batch.Length, parallel, async (i, token) =>
        {
            (verdicts[i], contents[i]) = await ReadAsync(batch[i], token);
        });
        IReadOnlySet<string> known = await instances.FindKnownSourcesAsync([.. verdicts.Select(v => v.Sha256).Distinct(StringComparer.Ordinal)], centerCode, ct);
        await Parallel.ForAsync(0, batch.Length, parallel, async (i, token) =>
        {
            if (contents[i] is { } content && !known.Contains(verdicts[i].Sha256))
                verdicts[i] = await JudgeAsync(verdicts[i], content, centerOf, withdrawn, token);
            contents[i] = null;
        });
        return verdicts;
    }

    private static async Task<(FileVerdict Verdict, byte[]? Content)> ReadAsync(FoundFile file, CancellationToken ct)
    {
        try
        {
            byte[] content = await File.ReadAllBytesAsync(file.Path, ct);
            return (new(file, Convert.ToHexStringLower(SHA256.HashData(content))), content);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Rejection rejection = new("unreadable", "The file can't be read; check its permissions and that it is not being written.");
            return (new(file, "") { Rejection = rejection }, null);
        }
    }

    private async Task<FileVerdict> JudgeAsync(
        FileVerdict verdict, byte[] content, Func<string, string?> centerOf, HashSet<string> withdrawn, CancellationToken ct)
    {
        (ReceivedInstance Instance, byte[] Blob) prepared;
        try
        {
            prepared = receiver.Prepare(content, verdict.Sha256, centerOf);
        }
        catch (DicomFileException e)
        {
            return verdict with { Rejection = RejectionCodes.Of(e) };
        }
        catch (FileRejectedException e)
        {
            return verdict with { Rejection = new(e.Code, e.Message) };
        }
        catch (Exception e) when (e is ArgumentException or FormatException or InvalidOperationException or ArithmeticException or IndexOutOfRangeException)
        {
            // A file that nobody foresaw must not end the batch. The message is not repeated: it may hold what the file says.
            return verdict with { Rejection = new("damaged", $"Its content can't be made sense of ({e.GetType().Name}); export it again, and report it if that does not help.") };
        }
        // Here already, so that nothing of it gets into the blob store.
        if (withdrawn.Contains(prepared.Instance.Pseudonym))
            return verdict with { Rejection = RejectionCodes.Withdrawn(prepared.Instance.Pseudonym) };
        return verdict with { Received = await receiver.StoreAsync(prepared.Instance, prepared.Blob, ct) };
    }
}
