using System.Text.RegularExpressions;
using HccPipeline.Hosting.Bus;
using Xunit;

namespace HccPipeline.Architecture.Tests;

/// <summary>Holds the list of queues that the dashboard asks the broker for against what the rooms register.</summary>
public sealed partial class QueueNamesTests
{
    [Fact]
    public void BusQueues_All_AreTheEndpointsOfTheRooms()
    {
        string[] sources = [.. Repository.Sources("src").Where(f => Path.GetFileName(f) != "BusQueues.cs").Select(File.ReadAllText)];
        Dictionary<string, string> constants = sources.SelectMany(s => Constant().Matches(s)).DistinctBy(m => m.Groups["name"].Value)
            .ToDictionary(m => m.Groups["name"].Value, m => m.Groups["value"].Value, StringComparer.Ordinal);
        IEnumerable<string> registered = sources.SelectMany(s => Registration().Matches(s))
            .Select(m => m.Groups["text"].Success ? m.Groups["text"].Value : constants[m.Groups["constant"].Value]);

        Assert.Equal(registered.Order(StringComparer.Ordinal), BusQueues.All.Order(StringComparer.Ordinal));
    }

    /// <summary>A name given at registration or by a definition: a text, or a constant of <c>BrickQueues</c>.</summary>
    [GeneratedRegex("""(\be\.Name|\bEndpointName) = ("(?<text>[a-z-]+)"|BrickQueues\.(?<constant>[A-Za-z]+))""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Registration();

    [GeneratedRegex("""public const string (?<name>Batch|Interactive) = "(?<value>feature-[a-z-]+)";""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Constant();
}
