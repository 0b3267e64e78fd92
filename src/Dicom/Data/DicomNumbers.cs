using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;

namespace HccPipeline.Dicom;

/// <summary>Numbers in and out of element values, whatever their representation.</summary>
internal static class DicomNumbers
{
    /// <summary>All numbers of a value; null when it is not made of numbers.</summary>
    public static double[]? Read(DicomElement element)
    {
        ReadOnlySpan<byte> value = element.Value.Span;
        return element.Vr switch
        {
            DicomVr.DS or DicomVr.IS => ReadText(value),
            DicomVr.US or DicomVr.OW => ReadWords(value, 2, static b => BinaryPrimitives.ReadUInt16LittleEndian(b)),
            DicomVr.SS => ReadWords(value, 2, static b => BinaryPrimitives.ReadInt16LittleEndian(b)),
            DicomVr.UL or DicomVr.OL => ReadWords(value, 4, static b => BinaryPrimitives.ReadUInt32LittleEndian(b)),
            DicomVr.SL => ReadWords(value, 4, static b => BinaryPrimitives.ReadInt32LittleEndian(b)),
            DicomVr.FL or DicomVr.OF => ReadWords(value, 4, static b => BinaryPrimitives.ReadSingleLittleEndian(b)),
            DicomVr.FD or DicomVr.OD => ReadWords(value, 8, static b => BinaryPrimitives.ReadDoubleLittleEndian(b)),
            DicomVr.SV => ReadWords(value, 8, static b => BinaryPrimitives.ReadInt64LittleEndian(b)),
            DicomVr.UV or DicomVr.OV => ReadWords(value, 8, static b => BinaryPrimitives.ReadUInt64LittleEndian(b)),
            _ => null,
        };
    }

    /// <summary>Bytes of numbers in a representation.</summary>
    /// <exception cref="ArgumentException">The representation holds no numbers, or not this one.</exception>
    public static byte[] Write(DicomVr vr, ReadOnlySpan<double> values)
    {
        if (vr is DicomVr.DS or DicomVr.IS)
            return WriteText(vr, values);
        int size = vr.NumberSize();
        if (size == 0)
            throw new ArgumentException($"{vr} does not hold numbers.", nameof(vr));
        byte[] bytes = new byte[size * values.Length];
        for (int i = 0; i < values.Length; i++)
            WriteOne(vr, bytes.AsSpan(i * size, size), values[i]);
        return bytes;
    }

    /// <summary>A number as a decimal string: the shortest text that gives it back, or the closest of at most 16 characters.</summary>
    public static string FormatDecimal(double value)
    {
        if (!double.IsFinite(value))
            throw new ArgumentException("A decimal string holds finite numbers only.", nameof(value));
        string text = value.ToString("R", CultureInfo.InvariantCulture);
        for (int digits = 15; text.Length > 16; digits--)
            text = value.ToString($"G{digits}", CultureInfo.InvariantCulture);
        return text;
    }

    private static double[]? ReadText(ReadOnlySpan<byte> value)
    {
        value = value.TrimEnd(" \0"u8);
        if (value.IsEmpty)
            return [];
        double[] numbers = new double[value.Count((byte)'\\') + 1];
        int i = 0;
        foreach (Range range in value.Split((byte)'\\'))
        {
            if (!double.TryParse(value[range].Trim((byte)' '), NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i++]))
                return null;
        }
        return numbers;
    }

    private delegate double ReadWord(ReadOnlySpan<byte> bytes);

    private static double[] ReadWords(ReadOnlySpan<byte> value, int size, ReadWord read)
    {
        double[] numbers = new double[value.Length / size];
        for (int i = 0; i < numbers.Length; i++)
            numbers[i] = read(value.Slice(i * size, size));
        return numbers;
    }

    private static byte[] WriteText(DicomVr vr, ReadOnlySpan<double> values)
    {
        string[] parts = new string[values.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            parts[i] = vr == DicomVr.DS ? FormatDecimal(values[i])
                : checked((int)values[i]) == values[i] ? ((int)values[i]).ToString(CultureInfo.InvariantCulture)
                : throw new ArgumentException($"{values[i]} is not an integer.", nameof(values));
        }
        return System.Text.Encoding.ASCII.GetBytes(string.Join('\\', parts));
    }

    private static void WriteOne(DicomVr vr, Span<byte> bytes, double value)
    {
        switch (vr)
        {
            case DicomVr.US or DicomVr.OW:
                BinaryPrimitives.WriteUInt16LittleEndian(bytes, Exactly<ushort>(value));
                break;
            case DicomVr.SS:
                BinaryPrimitives.WriteInt16LittleEndian(bytes, Exactly<short>(value));
                break;
            case DicomVr.UL or DicomVr.OL or DicomVr.AT:
                BinaryPrimitives.WriteUInt32LittleEndian(bytes, Exactly<uint>(value));
                break;
            case DicomVr.SL:
                BinaryPrimitives.WriteInt32LittleEndian(bytes, Exactly<int>(value));
                break;
            case DicomVr.FL or DicomVr.OF:
                BinaryPrimitives.WriteSingleLittleEndian(bytes, (float)value);
                break;
            case DicomVr.SV:
                BinaryPrimitives.WriteInt64LittleEndian(bytes, Exactly<long>(value));
                break;
            case DicomVr.UV or DicomVr.OV:
                BinaryPrimitives.WriteUInt64LittleEndian(bytes, Exactly<ulong>(value));
                break;
            default:
                BinaryPrimitives.WriteDoubleLittleEndian(bytes, value);
                break;
        }
    }

    private static T Exactly<T>(double value) where T : struct, System.Numerics.IBinaryInteger<T>
    {
        T integer = T.CreateSaturating(value);
        return double.CreateChecked(integer) == value
            ? integer
            : throw new ArgumentException($"{value} does not fit an integer of {Marshal.SizeOf<T>() * 8} bits.", nameof(value));
    }
}
