using System.Diagnostics;
using HccPipeline.Reporting.Publication;
using Microsoft.Extensions.Options;

namespace HccPipeline.Reporting.Files;

/// <summary>Prints pages to PDF with Chromium, which runs without a window for the length of a page.</summary>
internal sealed class ChromiumPrinter(IOptions<ReportingOptions> options)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);
    private static readonly string[] UsualNames = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];

    /// <summary>Prints a page.</summary>
    /// <param name="page">A page that loads nothing.</param>
    /// <param name="ct">Cancels.</param>
    /// <exception cref="PdfUnavailableException">There is no browser, or it did not print; the message says what to do.</exception>
    public async Task<byte[]> PrintAsync(byte[] page, CancellationToken ct)
    {
        string browser = Find() ?? throw new PdfUnavailableException(
            (options.Value.Chromium is { Length: > 0 } given ? $"No PDF: Reporting:Chromium is {given}, which is not there." : "No PDF: Chromium is not installed.") + " On Debian or Ubuntu, as root: apt-get install chromium; elsewhere install Chromium or Chrome and set Reporting:Chromium to its path.");
        DirectoryInfo work = Directory.CreateTempSubdirectory("hcc-pdf-");
        try
        {
            string html = Path.Combine(work.FullName, "page.html"), pdf = Path.Combine(work.FullName, "page.pdf");
            await File.WriteAllBytesAsync(html, page, ct);
            await RunAsync(browser, work.FullName, html, pdf, ct);
            byte[] printed = await File.ReadAllBytesAsync(pdf, ct);
            PdfDates.Normalise(printed);
            return printed;
        }
        finally
        {
            Delete(work);
        }
    }

    private string? Find()
    {
        if (options.Value.Chromium is { Length: > 0 } given) return File.Exists(given) ? given : null;
        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return UsualNames.SelectMany(name => folders.Append("/usr/bin").Select(folder => Path.Combine(folder, name))).FirstOrDefault(File.Exists);
    }

    private static async Task RunAsync(string browser, string work, string html, string pdf, CancellationToken ct)
    {
        // The sandbox needs rights that containers do not give; the page is ours, holds no script and loads nothing.
        ProcessStartInfo start = new(browser,
        [
            "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-quic", "--no-first-run", "--disable-background-networking",
            "--disable-component-update", "--disable-sync", "--disable-extensions", "--font-render-hinting=none",
            $"--user-data-dir={Path.Combine(work, "profile")}", "--no-pdf-header-footer", $"--print-to-pdf={pdf}", new Uri(html).AbsoluteUri,
        ])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = work,
        };
        start.Environment["HOME"] = work;   // it writes caches there, and the service's own home may be read-only
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Limit);
        using Process process = Process.Start(start) ?? throw new PdfUnavailableException($"No PDF: {browser} did not start.");
        try
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync(limit.Token), errors = process.StandardError.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            if (process.ExitCode != 0 || !File.Exists(pdf))
                throw new PdfUnavailableException($"No PDF: {browser} ended with {process.ExitCode}: {LastLine(await errors, await output)}");
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            ct.ThrowIfCancellationRequested();
            throw new PdfUnavailableException($"No PDF: {browser} did not print the page within {Limit.TotalSeconds:F0} s.");
        }
    }

    private static string LastLine(params string[] texts) =>
        texts.SelectMany(t => t.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).LastOrDefault("it said nothing");

    // A child of the browser may still write its last file while the folder goes; what stays is small and in the system's temporary folder.
    private static void Delete(DirectoryInfo folder)
    {
        try
        {
            folder.Delete(recursive: true);
        }
        catch (IOException)
        {
            return;
        }
    }
}

/// <summary>A page could not be printed; the message says why and what to do. Everything else of the report is whole.</summary>
internal sealed class PdfUnavailableException(string message) : Exception(message);
