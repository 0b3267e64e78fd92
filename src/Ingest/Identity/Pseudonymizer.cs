using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace HccPipeline.Ingest.Identity;

/// <summary>
/// Gives a patient of a centre a name that only the holder of the key can make again, and a number of days by which all dates of that
/// patient are moved.
/// </summary>
/// <remarks>Both are keyed HMAC-SHA-256 (FIPS 198-1) values of the centre's code and the patient ID, each with a purpose in front, so that
/// one tells nothing of the other. The same patient ID at two centres gives two pseudonyms.</remarks>
public sealed class Pseudonymizer
{
    private const int PseudonymHexDigits = 20;   // 80 bits: among a million patients two agree by chance once in 2·10¹² registries
    private readonly byte[] _key;
    private readonly int _maximumShiftDays;

    /// <summary>Takes the key and the range of the shift from the options.</summary>
    public Pseudonymizer(IOptions<IngestOptions> options)
    {
        _key = PseudonymKey.Parse(options.Value.PseudonymKey);
        _maximumShiftDays = options.Value.MaximumDateShiftDays;
    }

    /// <summary>Pseudonym and date shift of a patient.</summary>
    /// <param name="centerCode">Code of the centre.</param>
    /// <param name="patientId">Patient ID (0010,0020) as the centre writes it; white space around it does not count.</param>
    /// <exception cref="ArgumentException">The patient ID is empty.</exception>
    public PatientAlias AliasOf(string centerCode, string patientId)
    {
        string id = patientId.Trim(' ', '\0', '\t');
        if (id.Length == 0)
            throw new ArgumentException("A patient without an ID can't be told from another.", nameof(patientId));
        string center = CenterCode.Parse(centerCode);
        string pseudonym = "P-" + Convert.ToHexStringLower(Mac("pseudonym", center, id))[..PseudonymHexDigits];

        // 64 bits over at most 3,650 values: the bias of the remainder is below 10⁻¹⁵. Zero is left out: every patient's dates move.
        ulong draw = BinaryPrimitives.ReadUInt64BigEndian(Mac("date-shift", center, id));
        int days = (int)(draw % (ulong)(2 * _maximumShiftDays)) - _maximumShiftDays;
        return new(pseudonym, center, days < 0 ? days : days + 1);
    }

    /// <summary>A key for one purpose, derived from the pseudonym key: whoever holds it can't make pseudonyms with it.</summary>
    public byte[] DeriveKey(string purpose) => HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes("key\0" + purpose));

    private byte[] Mac(string purpose, string center, string patientId) =>
        HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes($"{purpose}\0{center}\0{patientId}"));
}

/// <summary>What stands for a patient behind the door of this room.</summary>
/// <param name="Pseudonym"><c>P-</c> and 20 hexadecimal digits.</param>
/// <param name="CenterCode">Code of the centre, upper case.</param>
/// <param name="DateShiftDays">Whole days added to every date of the patient; never 0. Intervals between dates stay.</param>
public sealed record PatientAlias(string Pseudonym, string CenterCode, int DateShiftDays)
{
    /// <summary>A date of this patient, moved.</summary>
    public DateOnly Shift(DateOnly date) => date.AddDays(DateShiftDays);
}
