using System.Globalization;
using HccPipeline.Contracts.Models;
using HccPipeline.Reporting.Files;
using HccPipeline.Reporting.Validation;

namespace HccPipeline.Reporting.Figures;

/// <summary>The nomogram of a stored model as a picture of its own.</summary>
public static class NomogramDrawing
{
    /// <summary>Draws it over the ranges that the model was trained on.</summary>
    /// <param name="modelVersion">Number of the version.</param>
    /// <param name="model">One of its models.</param>
    /// <returns>An SVG document, UTF-8; null when the model has no predictor, or only predictors without effect.</returns>
    public static byte[]? Svg(int modelVersion, SubmodelDocument model)
    {
        if (NomogramResults.Of(model, linearPredictorRange: null) is not { } nomogram)
            return null;
        string title = string.Create(CultureInfo.InvariantCulture, $"Nomogram of the {model.Name} model, version {modelVersion}");
        string description = string.Create(CultureInfo.InvariantCulture,
            $"Read the points of each predictor ({string.Join(", ", nomogram.Predictors.Select(p => p.Name))}), add them, and read the probability of progression below the total.");
        return PageExtract.Picture(NomogramFigure.Draw(nomogram, new("nomogram", title, description)));
    }
}
