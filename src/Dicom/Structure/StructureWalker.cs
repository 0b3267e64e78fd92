using System.Buffers.Binary;
using System.Text;

namespace HccPipeline.Dicom;

/// <summary>Steps over the elements of an encoded dataset (PS3.5, 7) and stops where their chain breaks.</summary>
internal ref struct StructureWalker
{
    private const uint Item = 0xFFFEE000;
    private const uint ItemEnd = 0xFFFEE00D;
    private const uint SequenceEnd = 0xFFFEE0DD;
    private const uint Undefined = 0xFFFFFFFF;

    // No modality nests deeper; a file that does is an attack on the stack.
    private const int MaximumDepth = 32;

    private readonly ReadOnlySpan<byte> _bytes;
    private readonly bool _bigEndian;
    private readonly List<Range> _fragments = [];
    private bool _explicit;
    private DicomTag _tag;

    /// <summary>A walker at a position.</summary>
    public StructureWalker(ReadOnlySpan<byte> bytes, int position, bool bigEndian, bool isExplicit)
    {
        _bytes = bytes;
        _bigEndian = bigEndian;
        _explicit = isExplicit;
        Position = position;
    }

    /// <summary>Where the next element begins.</summary>
    public int Position { get; private set; }

    /// <summary>Steps over group 0002; gives the transfer syntax.</summary>
    public string WalkMetaInformation()
    {
        string? syntax = null;
        while (_bytes.Length - Position >= 8 && BinaryPrimitives.ReadUInt16LittleEndian(_bytes[Position..]) == 0x0002)
        {
            (_, uint length) = ReadHeader();
            ReadOnlySpan<byte> value = Take(length);
            if (_tag.Element == 0x0010)
                syntax = Encoding.ASCII.GetString(value).Trim(' ', '\0');
        }
        return syntax ?? throw new DicomFileException(_bytes.Length - Position < 8 ? DicomFault.Truncated : DicomFault.Damaged,
            "The file does not say how it is encoded (Transfer Syntax UID (0002,0010) is missing); copy it again from its source.");
    }

    /// <summary>Steps over all elements of a dataset to the end; gives the fragments of compressed pixels, the offset table first.</summary>
    public IReadOnlyList<Range> WalkDataset()
    {
        WalkElements(_bytes.Length, untilItemEnd: false, 0);
        return _fragments;
    }

    private void WalkElements(int end, bool untilItemEnd, int depth)
    {
        if (depth > MaximumDepth)
            throw Damaged($"sequences are nested more than {MaximumDepth} deep");
        DicomTag previous = default;
        while (Position < end)
        {
            (DicomVr? vr, uint length) = ReadHeader();
            if (untilItemEnd && _tag.Number == ItemEnd)
            {
                RequireEmpty(length);
                return;
            }
            if (_tag.Group is 0xFFFE or 0xFFFF or <= 0x0003 or 0x0005 or 0x0007)
                throw Damaged($"{_tag} has no place in a dataset");
            if (_tag <= previous)
                throw Damaged($"{_tag} follows {previous}");
            previous = _tag;
            WalkValue(vr, length, depth);
            if (Position > end)
                throw Damaged($"{previous} is longer than the item that it is part of");
        }
        if (untilItemEnd)
            throw Truncated();
    }

    private void WalkValue(DicomVr? vr, uint length, int depth)
    {
        bool isExplicit = _explicit;
        if (length == Undefined && vr is DicomVr.OB or DicomVr.OW && _tag == DicomTags.PixelData && depth == 0)
        {
            WalkFragments();
        }
        else if (vr == DicomVr.SQ || length == Undefined)
        {
            if (vr is not (DicomVr.SQ or DicomVr.UN or null))
                throw Damaged($"{_tag} has no length");
            // The items of an unknown element are implicit, whatever surrounds them (PS3.5, 6.2.2, note 2).
            _explicit &= vr != DicomVr.UN;
            WalkItems(length, depth);
            _explicit = isExplicit;
        }
        else
        {
            int start = Position;
            ReadOnlySpan<byte> value = Take(length);
            if (vr is null && value.Length >= 8 && IsItem(value))
            {
                Position = start;
                WalkItems(length, depth);
            }
        }
    }

    private void WalkItems(uint length, int depth)
    {
        int end = length == Undefined ? _bytes.Length : checked(Position + Take(length).Length);
        if (length != Undefined)
            Position = end - (int)length;
        while (Position < end)
        {
            (_, uint itemLength) = ReadHeader();
            if (length == Undefined && _tag.Number == SequenceEnd)
            {
                RequireEmpty(itemLength);
                return;
            }
            if (_tag.Number != Item)
                throw Damaged($"{_tag} stands where an item of a sequence should begin");
            if (itemLength != Undefined && itemLength > end - Position)
                throw end == _bytes.Length ? Truncated() : Damaged("an item is longer than its sequence");
            WalkElements(itemLength == Undefined ? end : Position + (int)itemLength, itemLength == Undefined, depth + 1);
        }
        if (length == Undefined)
            throw Truncated();
    }

    private void WalkFragments()
    {
        while (true)
        {
            (_, uint length) = ReadHeader();
            if (_tag.Number == SequenceEnd)
            {
                RequireEmpty(length);
                return;
            }
            if (_tag.Number != Item || length == Undefined)
                throw Damaged("the compressed pixels are not a sequence of fragments");
            _fragments.Add(Position..(Position + Take(length).Length));
        }
    }

    /// <summary>Tag, representation (null where none is written) and length.</summary>
    private (DicomVr? Vr, uint Length) ReadHeader()
    {
        if (_bytes.Length - Position < 8)
            throw Truncated();
        ReadOnlySpan<byte> header = _bytes[Position..];
        _tag = new DicomTag(Word(header), Word(header[2..]));
        Position += 8;
        if (!_explicit || _tag.Group == 0xFFFE)
            return (null, Long(header[4..]));
        if (!Enum.TryParse(Encoding.ASCII.GetString(header.Slice(4, 2)), out DicomVr vr) || !char.IsAsciiLetterUpper((char)header[4]))
            throw Damaged($"{_tag} has no known value representation");
        if (vr is not (DicomVr.OB or DicomVr.OD or DicomVr.OF or DicomVr.OL or DicomVr.OV or DicomVr.OW or DicomVr.SQ or DicomVr.SV
            or DicomVr.UC or DicomVr.UN or DicomVr.UR or DicomVr.UT or DicomVr.UV))
        {
            return (vr, Word(header[6..]));
        }
        if (_bytes.Length - Position < 4)
            throw Truncated();
        Position += 4;
        return (vr, Long(header[8..]));
    }

    private ReadOnlySpan<byte> Take(uint length)
    {
        if (length > _bytes.Length - Position)
            throw Truncated();
        ReadOnlySpan<byte> value = _bytes.Slice(Position, (int)length);
        Position += (int)length;
        return value;
    }

    private readonly bool IsItem(ReadOnlySpan<byte> value) => new DicomTag(Word(value), Word(value[2..])).Number == Item;

    private readonly ushort Word(ReadOnlySpan<byte> bytes) =>
        _bigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes);

    private readonly uint Long(ReadOnlySpan<byte> bytes) =>
        _bigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);

    private readonly void RequireEmpty(uint length)
    {
        if (length != 0)
            throw Damaged($"the delimiter {_tag} has a length");
    }

    private readonly DicomFileException Truncated() => new(DicomFault.Truncated,
        $"The file ends inside {DicomTags.Describe(_tag)}, at byte {_bytes.Length}; copy it again from its source.");

    private readonly DicomFileException Damaged(string what) => new(DicomFault.Damaged,
        $"The file is damaged near byte {Position}: {what}; copy it again from its source.");
}
