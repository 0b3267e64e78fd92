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

    public static string Text<T>(T value) => JsonSerializer.Serialize(value, Options);

    public static void Print<T>(T value) => Console.WriteLine(Text(value));
}
