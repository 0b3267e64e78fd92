using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.Serialization;

namespace HccPipeline.FeatureWorker.Profiles;

/// <summary>Enumerated values by name, <c>cubic-spline</c> for CubicSpline; another word is refused with those that are known.</summary>
internal sealed class NamedValueConverter : IYamlTypeConverter
{
    public bool Accepts(Type type) => (Nullable.GetUnderlyingType(type) ?? type).IsEnum;

    public object ReadYaml(IParser parser, Type type, ObjectDeserializer rootDeserializer)
    {
        Type named = Nullable.GetUnderlyingType(type) ?? type;
        Scalar scalar = parser.Consume<Scalar>();
        string wanted = Plain(scalar.Value);
        string[] names = [.. Enum.GetNames(named).Where(n => n != nameof(FilterKind.Unknown))];
        string? found = Array.Find(names, n => Plain(n) == wanted);
        return found is null
            ? throw new YamlException(scalar.Start, scalar.End, $"'{scalar.Value}' is not known; use {string.Join(", ", names.Select(n => Written(named, n)))}.")
            : Enum.Parse(named, found);
    }

    public void WriteYaml(IEmitter emitter, object? value, Type type, ObjectSerializer serializer) =>
        emitter.Emit(new Scalar(Written(type, value?.ToString() ?? "")));

    /// <summary>A value as profiles write it.</summary>
    public static string Written<T>(T value) where T : struct, Enum => Written(typeof(T), value.ToString());

    private static string Plain(string name) =>
        name.Replace("-", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();

    /// <summary>CubicSpline as cubic-spline; names of regions stand in data as they are, that of a convention is one word.</summary>
    private static string Written(Type type, string name) => type == typeof(Contracts.Region) ? name
        : type == typeof(Radiomics.Convention) ? name.ToLowerInvariant()
        : string.Concat(name.Select((c, i) => i > 0 && char.IsUpper(c) && char.IsLower(name[i - 1]) ? $"-{char.ToLowerInvariant(c)}" : $"{char.ToLowerInvariant(c)}"));
}
