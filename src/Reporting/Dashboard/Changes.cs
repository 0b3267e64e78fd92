using System.Data.Common;
using HccPipeline.Persistence.Access;
using HccPipeline.Reporting.Access;
using HccPipeline.Reporting.Dashboard.Parts;
using MudBlazor;

namespace HccPipeline.Reporting.Dashboard;

/// <summary>Changes that somebody makes on a page: who may, why, and what became of it.</summary>
internal sealed class Changes(AccessSession session, IDialogService dialogs, ISnackbar snackbar)
{
    /// <summary>Makes a change without asking back.</summary>
    /// <param name="role">Role that it needs.</param>
    /// <param name="change">Makes it; returns what to say.</param>
    /// <param name="everyCentre">Whether it concerns all centres.</param>
    public async Task MakeAsync(AccessRole role, Func<Holder, Task<string>> change, bool everyCentre = false)
    {
        try
        {
            Holder holder = await session.RequireAsync(role, everyCentre, CancellationToken.None);
            snackbar.Add(await change(holder), MudBlazor.Severity.Success);
        }
        catch (Exception e) when (e is AccessException or InvalidOperationException or DbException or IOException)
        {
            snackbar.Add(e is DbException ? "The database does not answer; nothing was changed." : e.Message, MudBlazor.Severity.Error);
        }
    }

    /// <summary>Asks for a reason, and then makes the change.</summary>
    /// <param name="role">Role that it needs.</param>
    /// <param name="title">What is about to be done.</param>
    /// <param name="text">What will come of it.</param>
    /// <param name="action">The button.</param>
    /// <param name="change">Makes it with the reason; returns what to say.</param>
    /// <param name="everyCentre">Whether it concerns all centres.</param>
    public async Task MakeAsync(AccessRole role, string title, string text, string action, Func<Holder, string, Task<string>> change, bool everyCentre = false)
    {
        DialogParameters<ReasonDialog> parameters = new() { { d => d.Title, title }, { d => d.Text, text }, { d => d.Action, action } };
        IDialogReference dialog = await dialogs.ShowAsync<ReasonDialog>(title, parameters, new() { MaxWidth = MaxWidth.Small, FullWidth = true });
        if (await dialog.Result is { Canceled: false, Data: string reason })
            await MakeAsync(role, holder => change(holder, reason), everyCentre);
    }
}
