using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using Dapper;
using HccPipeline.Persistence.Audit;
using HccPipeline.Persistence.Registry;

namespace HccPipeline.Persistence.Access;

/// <summary>Access tokens: made, checked, revoked. Every change is audited in the transaction that makes it.</summary>
public sealed class AccessTokenRepository(DbDataSource database, AuditLog audit, TimeProvider clock)
{
    /// <summary>Longest life of a token.</summary>
    public static readonly TimeSpan LongestLife = TimeSpan.FromDays(3 * 366);

    private const int LongestName = 100;

    private const string Insert = """
        INSERT INTO access_token (token_id, name, role, center_code, secret_sha256, created_ms, expires_ms)
        VALUES (@TokenId, @Name, @Role, @CenterCode, @Hash, @CreatedMs, @ExpiresMs)
        """;

    private const string Select = "SELECT token_id, name, role, center_code, created_ms, expires_ms, revoked_ms FROM access_token";

    private const string SelectValidByName = Select + " WHERE name = @Name AND revoked_ms IS NULL AND expires_ms > @NowMs";

    private const string Revoke = "UPDATE access_token SET revoked_ms = @NowMs WHERE token_id = @TokenId AND revoked_ms IS NULL";

    private long NowMs => clock.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Makes a token.</summary>
    /// <param name="name">Whose it is.</param>
    /// <param name="role">What the holder may do.</param>
    /// <param name="centerCode">The only centre that the holder sees; null for all.</param>
    /// <param name="life">How long it is valid.</param>
    /// <param name="actor">Who makes it.</param>
    /// <param name="ct">Cancels.</param>
    /// <exception cref="AccessException">The name is empty, too long or in use, or the life too long.</exception>
    public async Task<IssuedToken> CreateAsync(string name, AccessRole role, string? centerCode, TimeSpan life, string actor, CancellationToken ct)
    {
        name = name.Trim();
        if (name.Length is 0 or > LongestName || name.Any(char.IsControl))
            throw new AccessException($"A token needs a name of 1 to {LongestName} letters: whose it is.");
        if (life <= TimeSpan.Zero || life > LongestLife)
            throw new AccessException($"A token is valid for at most {LongestLife.Days} days.");
        string secret = TokenSecret.Create();
        long now = NowMs;
        AccessToken token = new()
        {
            TokenId = RandomNumberGenerator.GetHexString(16, lowercase: true),
            Name = name,
            Role = role,
            CenterCode = centerCode,
            CreatedMs = now,
            ExpiresMs = now + (long)life.TotalMilliseconds,
        };
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        await using DbTransaction transaction = await db.BeginTransactionAsync(ct);
        Unit unit = new(db, transaction, ct);
        await AuditLog.HoldAsync(unit);   // of two tokens with one name, the second waits here and then sees the first
        if ((await unit.QueryAsync<Row>(SelectValidByName, new { Name = name, NowMs = now })).Any())
            throw new AccessException($"'{name}' has a valid token already; revoke it, or give the new one another name.");
        await unit.ExecuteAsync(Insert, new
        {
            token.TokenId, token.Name, Role = NameOf(role), token.CenterCode, Hash = TokenSecret.Hash(secret), token.CreatedMs, token.ExpiresMs,
        });
        await audit.AppendAsync(unit, new(actor, "create-token", SubjectOf(token), "access for " + name, Detail(token)));
        await transaction.CommitAsync(ct);
        return new(token, secret);
    }

    /// <summary>All tokens, the latest first.</summary>
    public async Task<IReadOnlyList<AccessToken>> ListAsync(CancellationToken ct)
    {
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        return [.. (await db.QueryAsync<Row>(new CommandDefinition(Select + " ORDER BY created_ms DESC, token_id", cancellationToken: ct))).Select(r => r.ToToken())];
    }

    /// <summary>Revokes a token at once and for good.</summary>
    /// <param name="token">Its key, or the name of a valid one.</param>
    /// <param name="actor">Who revokes it.</param>
    /// <param name="reason">Why.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>The token; null when there is none that could be revoked.</returns>
    public async Task<AccessToken?> RevokeAsync(string token, string actor, string reason, CancellationToken ct)
    {
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        await using DbTransaction transaction = await db.BeginTransactionAsync(ct);
        Unit unit = new(db, transaction, ct);
        await AuditLog.HoldAsync(unit);
        long now = NowMs;
        Row? row = (await unit.QueryAsync<Row>(Select + " WHERE token_id = @Token AND revoked_ms IS NULL", new { Token = token })).SingleOrDefault()
            ?? (await unit.QueryAsync<Row>(SelectValidByName, new { Name = token, NowMs = now })).SingleOrDefault();
        if (row is null)
            return null;
        await unit.ExecuteAsync(Revoke, new { row.TokenId, NowMs = now });
        AccessToken revoked = row.ToToken() with { RevokedMs = now };
        await audit.AppendAsync(unit, new(actor, "revoke-token", SubjectOf(revoked), reason, Detail(revoked)));
        await transaction.CommitAsync(ct);
        return revoked;
    }

    /// <summary>What a secret that somebody shows is worth now.</summary>
    public async Task<TokenCheck> CheckSecretAsync(string? secret, CancellationToken ct) => TokenSecret.IsWellFormed(secret)
        ? await CheckAsync(Select + " WHERE secret_sha256 = @Key", TokenSecret.Hash(secret!), ct)
        : new(TokenVerdict.Malformed, null);

    /// <summary>What a token that let its holder in is worth now.</summary>
    public Task<TokenCheck> CheckIdAsync(string tokenId, CancellationToken ct) => CheckAsync(Select + " WHERE token_id = @Key", tokenId, ct);

    private async Task<TokenCheck> CheckAsync(string sql, string key, CancellationToken ct)
    {
        await using DbConnection db = await database.OpenConnectionAsync(ct);
        AccessToken? token = (await db.QuerySingleOrDefaultAsync<Row>(new CommandDefinition(sql, new { Key = key }, cancellationToken: ct)))?.ToToken();
        return new(
            token is null ? TokenVerdict.Unknown
            : token.RevokedMs is not null ? TokenVerdict.Revoked
            : token.ExpiresMs <= NowMs ? TokenVerdict.Expired
            : TokenVerdict.Valid,
            token);
    }

    private static string NameOf(AccessRole role) => role.ToString().ToLowerInvariant();

    private static string SubjectOf(AccessToken token) => $"token {token.TokenId}";

    private static Dictionary<string, string> Detail(AccessToken token) => new(StringComparer.Ordinal)
    {
        ["name"] = token.Name,
        ["role"] = NameOf(token.Role),
        ["center"] = token.CenterCode ?? "all",
        ["expires"] = DateTimeOffset.FromUnixTimeMilliseconds(token.ExpiresMs).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
    };

    private sealed record Row
    {
        public required string TokenId { get; init; }
        public required string Name { get; init; }
        public required string Role { get; init; }
        public string? CenterCode { get; init; }
        public required long CreatedMs { get; init; }
        public required long ExpiresMs { get; init; }
        public long? RevokedMs { get; init; }

        public AccessToken ToToken() => new()
        {
            TokenId = TokenId,
            Name = Name,
            Role = Enum.Parse<AccessRole>(Role, ignoreCase: true),
            CenterCode = CenterCode,
            CreatedMs = CreatedMs,
            ExpiresMs = ExpiresMs,
            RevokedMs = RevokedMs,
        };
    }
}
