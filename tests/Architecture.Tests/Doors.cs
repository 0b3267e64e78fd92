using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace HccPipeline.Architecture.Tests;

/// <summary>Finds what a project or a source file of a room may not have; each finding is a sentence.</summary>
internal static partial class Doors
{
    private const string Product = "HccPipeline";

    // What a pure room has no use for. TimeProvider and Stopwatch are clocks too; reading a file through a stream is not forbidden.
    private static readonly string[] Impure =
    [
        "System.Data", "System.Net", "System.Diagnostics", "System.Timers", "Microsoft.Extensions", "Microsoft.AspNetCore", "Microsoft.Data",
        "MassTransit", "Dapper", "Npgsql", "Hangfire", "OpenTelemetry",
    ];

    private static readonly string[] Clocks = ["TimeProvider", "Stopwatch", "DateTime.Now", "DateTime.UtcNow", "DateTimeOffset.Now", "DateTimeOffset.UtcNow", "Environment.TickCount"];

    /// <summary>References of a project file that open a door the wrong way, and packages that the room may not use.</summary>
    public static IEnumerable<string> InProject(Room room, XDocument project)
    {
        foreach (string reference in Includes("ProjectReference"))
        {
            string other = Path.GetFileNameWithoutExtension(reference.Replace('\\', '/'));
            if (!room.MayKnow.Contains(other))
                yield return $"{room.Name} refers to {other}.";
        }
        if (room.MayUse is null)
            yield break;
        foreach (string package in Includes("PackageReference").Where(p => !room.MayUse.Contains(p)))
            yield return $"{room.Name} uses package {package}.";
        foreach (string framework in Includes("FrameworkReference"))
            yield return $"{room.Name} uses framework {framework}.";

        IEnumerable<string> Includes(string element) => project.Descendants(element).Select(e => (string?)e.Attribute("Include")).OfType<string>();
    }

    /// <summary>Names in a source file that belong to rooms or libraries behind a closed door.</summary>
    public static IEnumerable<string> InSource(Room room, string source)
    {
        string code = CommentsAndText().Replace(source, " ");
        foreach (string other in RoomNames().Matches(code).Select(m => m.Groups["room"].Value).Distinct())
        {
            if (other != room.Name && Room.House.Any(r => r.Name == other) && !room.MayKnow.Contains(other))
                yield return $"{room.Name} names {Product}.{other}.";
        }
        if (!Room.Pure.Contains(room.Name))
            yield break;
        foreach (string name in Usings().Matches(code).Select(m => m.Groups["name"].Value))
        {
            if (Impure.Any(i => name == i || name.StartsWith(i + ".", StringComparison.Ordinal)))
                yield return $"{room.Name} is pure and uses {name}.";
        }
        foreach (string clock in Clocks.Where(c => Regex.IsMatch(code, $@"\b{Regex.Escape(c)}\b", RegexOptions.None, TimeSpan.FromSeconds(1))))
            yield return $"{room.Name} is pure and reads {clock}.";
    }

    // Raw, verbatim and plain text, characters, and both kinds of comment; the first alternative that fits wins.
    [GeneratedRegex(@"""{3}.*?""{3}|@""(""""|[^""])*""|""(\\.|[^""\\\n])*""|'(\\.|[^'\\\n])+'|//[^\n]*|/\*.*?\*/", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex CommentsAndText();

    [GeneratedRegex(@"\bHccPipeline\.(?<room>[A-Za-z]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex RoomNames();

    [GeneratedRegex(@"^\s*(global\s+)?using\s+(static\s+)?([A-Za-z_]\w*\s*=\s*)?(?<name>[A-Za-z_][\w.]*)\s*;", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex Usings();
}
