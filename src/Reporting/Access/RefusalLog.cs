using System.Collections.Concurrent;
using HccPipeline.Persistence.Audit;
using Microsoft.AspNetCore.Http;

namespace HccPipeline.Reporting.Access;

/// <summary>Writes refusals into the audit. What the same address is refused again for the same reason within a minute is counted, not written:
/// who knocks a thousand times can't fill the database. A holder who is refused one thing after another gets a line for each: which they asked for matters,
/// and they can't name more than there is.</summary>
internal sealed class RefusalLog(AuditLog audit, TimeProvider clock)
{
    private const int LongestSubject = 200;
    private const int MostRemembered = 10_000;
    private static readonly TimeSpan Quiet = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<(string Remote, string Actor, string Reason, string Subject), Seen> _seen = new();

    /// <summary>Writes one down.</summary>
    /// <param name="context">The request.</param>
    /// <param name="actor">Whose token it was; null where that is not known.</param>
    /// <param name="reason">Why it was refused; never told to who asked.</param>
    public Task WriteAsync(HttpContext context, string? actor, string reason) =>
        WriteAsync(context.Connection.RemoteIpAddress?.ToString() ?? "unknown", actor, reason, $"{context.Request.Method} {context.Request.Path.ToUriComponent()}");

    /// <summary>Writes one down that a page met.</summary>
    /// <param name="remote">Address of who asked, or what stands for it.</param>
    /// <param name="actor">Whose token it was; null where that is not known.</param>
    /// <param name="reason">Why it was refused; never told to who asked.</param>
    /// <param name="subject">What was asked for.</param>
    public async Task WriteAsync(string remote, string? actor, string reason, string subject)
    {
        if (subject.Length > LongestSubject)
            subject = subject[..LongestSubject];
        (string, string, string, string) key = (remote, actor ?? "", reason, reason is OtherCentres.Reason or OtherCentres.ReasonOfAll ? subject : "");
        DateTimeOffset now = clock.GetUtcNow();
        if (_seen.Count >= MostRemembered)
            Forget(now);
        Seen seen = _seen.AddOrUpdate(key, _ => new(now, 0, IsFirst: true), (_, before) => now - before.Since < Quiet
            ? before with { More = before.More + 1, IsFirst = false }
            : new(now, 0, IsFirst: true) { Before = before.More });
        if (!seen.IsFirst)
            return;
        Dictionary<string, string> detail = new(StringComparer.Ordinal) { ["address"] = remote };
        if (seen.Before > 0)
            detail["like it before, not written"] = $"{seen.Before}";
        // A refusal is written even when who asked did not wait for the answer.
        await audit.AppendAsync(new(actor ?? "unknown", "refuse", subject, reason, detail), CancellationToken.None);
    }

    private void Forget(DateTimeOffset now)
    {
        foreach (var (key, seen) in _seen)
        {
            if (now - seen.Since >= Quiet)
                _seen.TryRemove(key, out _);
        }
    }

    private sealed record Seen(DateTimeOffset Since, int More, bool IsFirst)
    {
        public int Before { get; init; }
    }
}
