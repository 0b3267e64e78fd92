using System.Security.Cryptography;
using Microsoft.AspNetCore.Components.Server.ProtectedBrowserStorage;

namespace HccPipeline.Reporting.Dashboard;

/// <summary>Remembers in the browser whether its owner wants dark colours.</summary>
internal sealed class ThemeMemory(ProtectedLocalStorage storage)
{
    private const string Key = "dark";

    /// <summary>What was chosen; null for nothing, so that the system's choice counts.</summary>
    public async Task<bool?> IsDarkAsync()
    {
        try
        {
            ProtectedBrowserStorageResult<bool> kept = await storage.GetAsync<bool>(Key);
            return kept.Success ? kept.Value : null;
        }
        catch (CryptographicException)   // kept under keys of another registry at the same address
        {
            return null;
        }
    }

    /// <summary>Keeps a choice.</summary>
    public Task KeepAsync(bool isDark) => storage.SetAsync(Key, isDark).AsTask();
}
