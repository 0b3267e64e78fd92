using System.Text.Encodings.Web;
using System.Text.Json;

namespace HccPipeline.Cli.Output;

/// <summary>What <c>--json</c> prints: camel case, indented, one document on standard output.</summary>
internal static class Json
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    private static readonly JsonSerializerOptions OneLine = new(Options) { WriteIndented = false };

    public static string Text<T>(T value) => JsonSerializer.Serialize(value, Options);

    /// <summary>The same in one line.</summary>
    public static string Line<T>(T value) => JsonSerializer.Serialize(value, OneLine);

    public static void Print<T>(T value) => Console.WriteLine(Text(value));
}
