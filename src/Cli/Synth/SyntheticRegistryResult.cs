namespace HccPipeline.Cli.Synth;

/// <summary>What was written.</summary>
/// <param name="AlreadyComplete">Whether the registry was there already, complete and with the same options, and was left as it is.</param>
/// <param name="Files">Number of DICOM files.</param>
/// <param name="Bytes">Size of the DICOM files.</param>
public sealed record SyntheticRegistryResult(bool AlreadyComplete, int Files, long Bytes);

/// <summary>How far the writing is.</summary>
/// <param name="PatientsDone">Patients written.</param>
/// <param name="Patients">Patients of the registry.</param>
/// <param name="Files">DICOM files written.</param>
/// <param name="Bytes">Bytes of DICOM files written.</param>
public sealed record SyntheticRegistryProgress(int PatientsDone, int Patients, int Files, long Bytes);

/// <summary>A registry that can't be written where it was asked for; the message says what to do.</summary>
public sealed class SyntheticRegistryException(string message) : Exception(message);
