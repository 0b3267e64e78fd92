using System.Globalization;
using System.Text;

namespace HccPipeline.EndToEnd.Cluster;

/// <summary>Reads what a test looks at from an ExportTraceServiceRequest (OpenTelemetry protocol 1.x, trace_service.proto and trace.proto).</summary>
internal static class OtlpTraces
{
    public static IEnumerable<Span> Read(byte[] request)
    {
        foreach ((int _, ReadOnlyMemory<byte> resourceSpans) in Fields(request).Where(f => f.Number == 1))
        {
            (int Number, ReadOnlyMemory<byte> Value)[] parts = [.. Fields(resourceSpans)];
            Dictionary<string, string> resource = Attributes(parts.Where(p => p.Number == 1).SelectMany(p => Fields(p.Value)), 1);
            foreach ((int _, ReadOnlyMemory<byte> span) in parts.Where(p => p.Number == 2).SelectMany(p => Fields(p.Value)).Where(f => f.Number == 2))
            {
                (int Number, ReadOnlyMemory<byte> Value)[] fields = [.. Fields(span)];
                yield return new(
                    Convert.ToHexStringLower(fields.Single(f => f.Number == 1).Value.Span), Text(fields.Single(f => f.Number == 5).Value),
                    resource["service.name"], resource["service.instance.id"], Attributes(fields, 9));
            }
        }
    }

    private static Dictionary<string, string> Attributes(IEnumerable<(int Number, ReadOnlyMemory<byte> Value)> fields, int number)
    {
        Dictionary<string, string> attributes = new(StringComparer.Ordinal);
        foreach ((int _, ReadOnlyMemory<byte> pair) in fields.Where(f => f.Number == number))
        {
            (int Number, ReadOnlyMemory<byte> Value)[] keyAndValue = [.. Fields(pair)];
            string key = Text(keyAndValue.Single(f => f.Number == 1).Value);
            foreach ((int kind, ReadOnlyMemory<byte> value) in keyAndValue.Where(f => f.Number == 2).SelectMany(f => Fields(f.Value)).Where(f => f.Number is 1 or 3))
                attributes[key] = kind == 1 ? Text(value) : Number(value);
        }
        return attributes;
    }

    private static string Text(ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span);

    private static string Number(ReadOnlyMemory<byte> bytes)
    {
        int at = 0;
        return Varint(bytes.Span, ref at).ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>Fields of a protocol buffer; numbers come as their bytes.</summary>
    private static IEnumerable<(int Number, ReadOnlyMemory<byte> Value)> Fields(ReadOnlyMemory<byte> message)
    {
        int at = 0;
        while (at < message.Length)
        {
            ulong key = Varint(message.Span, ref at);
            int start = at;
            int length = (int)(key & 7) switch
            {
                0 => SkipVarint(message.Span, ref at),
                1 => 8,
                2 => (int)Varint(message.Span, ref at),
                5 => 4,
                var type => throw new InvalidDataException($"Wire type {type} is not in OTLP."),
            };
            if ((key & 7) == 2)
                start = at;
            at = start + length;
            yield return ((int)(key >> 3), message.Slice(start, length));
        }
    }

    private static int SkipVarint(ReadOnlySpan<byte> bytes, ref int at)
    {
        int start = at;
        Varint(bytes, ref at);
        return at - start;
    }

    private static ulong Varint(ReadOnlySpan<byte> bytes, ref int at)
    {
        ulong value = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte next = bytes[at++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
                return value;
        }
    }
}
