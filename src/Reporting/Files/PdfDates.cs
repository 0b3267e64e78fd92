using System.Text;

namespace HccPipeline.Reporting.Files;

/// <summary>Takes the clock out of a printed page, so that the same page printed again by the same browser has the same bytes.</summary>
internal static class PdfDates
{
    private const string Fixed = "20000101000000";

    /// <summary>Sets the dates of creation and change, wherever the file has them, to the first second of 2000. Places in the file do not move.</summary>
    public static void Normalise(Span<byte> pdf)
    {
        foreach (string entry in (string[])["/CreationDate (D:", "/ModDate (D:", "/CreationDate(D:", "/ModDate(D:"])
        {
            byte[] mark = Encoding.ASCII.GetBytes(entry), date = Encoding.ASCII.GetBytes(Fixed);
            for (Span<byte> rest = pdf; rest.IndexOf(mark) is >= 0 and var at; rest = rest[(at + mark.Length)..])
                date.CopyTo(rest[(at + mark.Length)..]);
        }
    }
}
