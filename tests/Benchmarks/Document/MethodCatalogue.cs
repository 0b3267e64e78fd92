namespace HccPipeline.Benchmarks.Document;

/// <summary>Every method of the room, section by section.</summary>
internal static class MethodCatalogue
{
    public static IReadOnlyList<MethodDescription> All { get; } =
        [.. RegressionMethods.All, .. PredictionMethods.All, .. SurvivalMethods.All, .. ComparisonMethods.All, .. MonitoringMethods.All];
}
