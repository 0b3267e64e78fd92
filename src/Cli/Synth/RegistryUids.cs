using System.Text;
using HccPipeline.Dicom;

namespace HccPipeline.Cli.Synth;

/// <summary>Unique identifiers of a registry: the same options give the same ones, other options give others.</summary>
internal sealed class RegistryUids(SyntheticRegistryOptions options)
{
    private readonly byte[] _key = Encoding.UTF8.GetBytes($"synthetic registry: {options}");

    /// <summary>The identifier of a study, series, instance or frame of reference.</summary>
    /// <param name="what">Name that is unique in the registry.</param>
    public string Of(string what) => DicomUid.FromHmac(_key, what);
}
