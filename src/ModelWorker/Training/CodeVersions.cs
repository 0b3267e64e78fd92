namespace HccPipeline.ModelWorker.Training;

/// <summary>What a version calls the program that trained it. What fills missing values is part of how a version came about: the same snapshot is
/// trained on again when it changes.</summary>
internal static class CodeVersions
{
    private const string Medians = ", missing values filled with medians";
    private const string Imputed = ", missing values imputed";

    /// <summary>Program and treatment of missing values in one text.</summary>
    public static string Of(string program, MissingValues missing) => missing switch
    {
        MissingValues.Median => program + Medians,
        MissingValues.Multiple => program + Imputed,
        _ => program,
    };

    /// <summary>The treatment of missing values behind such a text.</summary>
    public static MissingValues MissingValuesOf(string codeVersion) =>
        codeVersion.EndsWith(Medians, StringComparison.Ordinal) ? MissingValues.Median
        : codeVersion.EndsWith(Imputed, StringComparison.Ordinal) ? MissingValues.Multiple
        : MissingValues.Refuse;
}
