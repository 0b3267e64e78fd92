using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using HccPipeline.Contracts.Models;

namespace HccPipeline.ModelWorker.Export;

/// <summary>A model as PMML 4.4, for other people's scoring engines: a logistic RegressionModel with the ranges it was trained on, outside of which and
/// without an input it gives no score, and records by which an engine can check itself.</summary>
/// <remarks>Source: Data Mining Group, PMML 4.4, General Structure, Regression and Model Verification. No clock and no host are in it: the same model gives
/// the same bytes.</remarks>
public static class PmmlWriter
{
    private const string Target = "outcome", Event = "progression", Other = "disease control", Probability = "probability_progression";
    private const int VerificationRecords = 5;
    private static readonly XNamespace Ns = "http://www.dmg.org/PMML-4_4";

    /// <summary>Writes one of the models of a version.</summary>
    /// <param name="modelVersion">Number of the version.</param>
    /// <param name="document">The version.</param>
    /// <param name="submodel"><c>imaging</c>, <c>clinical</c> or <c>combined</c>.</param>
    /// <returns>UTF-8 XML.</returns>
    public static byte[] Write(int modelVersion, ModelDocument document, string submodel)
    {
        SubmodelDocument model = document.Models.Single(m => m.Name == submodel);
        IReadOnlyList<PredictorDocument> predictors = model.Logistic.Predictors;
        XElement pmml = new(
            Ns + "PMML",
            new XAttribute("version", "4.4"),
            new XElement(
                Ns + "Header",
                new XAttribute("description", string.Create(CultureInfo.InvariantCulture,
                    $"Probability of progression of hepatocellular carcinoma by mRECIST: {submodel} model of version {modelVersion}, trained on {document.PatientCount} patients, snapshot {document.SnapshotSha256}, profile {document.ProfileSha256}. High risk at or above {model.Metrics.RiskThreshold:R}.")),
                new XElement(Ns + "Application", new XAttribute("name", "HccPipeline"), new XAttribute("version", document.CodeVersion))),
            new XElement(
                Ns + "DataDictionary",
                new XAttribute("numberOfFields", predictors.Count + 1),
                new XElement(
                    Ns + "DataField", new XAttribute("name", Target), new XAttribute("optype", "categorical"), new XAttribute("dataType", "string"),
                    new XElement(Ns + "Value", new XAttribute("value", Event)), new XElement(Ns + "Value", new XAttribute("value", Other))),
                predictors.Select(Field)),
            Regression(modelVersion, model));
        return Serialize(pmml);
    }

    private static XElement Field(PredictorDocument p) => new(
        Ns + "DataField", new XAttribute("name", p.Name), new XAttribute("optype", "continuous"), new XAttribute("dataType", "double"),
        new XElement(Ns + "Interval", new XAttribute("closure", "closedClosed"), new XAttribute("leftMargin", Number(p.Minimum)), new XAttribute("rightMargin", Number(p.Maximum))));

    private static XElement Regression(int modelVersion, SubmodelDocument model)
    {
        IReadOnlyList<PredictorDocument> predictors = model.Logistic.Predictors;
        return new(
            Ns + "RegressionModel",
            new XAttribute("modelName", string.Create(CultureInfo.InvariantCulture, $"{model.Name}_v{modelVersion}")),
            new XAttribute("functionName", "classification"),
            new XAttribute("algorithmName", $"LASSO selection ({model.Lasso.Rule}), logistic regression ({model.Logistic.Method})"),
            new XAttribute("normalizationMethod", "logit"),
            new XElement(
                Ns + "MiningSchema",
                new XElement(Ns + "MiningField", new XAttribute("name", Target), new XAttribute("usageType", "target")),
                predictors.Select(p => new XElement(
                    Ns + "MiningField", new XAttribute("name", p.Name), new XAttribute("usageType", "active"),
                    new XAttribute("missingValueTreatment", "returnInvalid"), new XAttribute("invalidValueTreatment", "returnInvalid")))),
            new XElement(
                Ns + "Output",
                new XElement(
                    Ns + "OutputField", new XAttribute("name", Probability), new XAttribute("optype", "continuous"), new XAttribute("dataType", "double"),
                    new XAttribute("feature", "probability"), new XAttribute("value", Event))),
            new XElement(
                Ns + "RegressionTable", new XAttribute("intercept", Number(model.Logistic.Intercept)), new XAttribute("targetCategory", Event),
                predictors.Select(p => new XElement(Ns + "NumericPredictor", new XAttribute("name", p.Name), new XAttribute("exponent", "1"), new XAttribute("coefficient", Number(p.Beta))))),
            new XElement(Ns + "RegressionTable", new XAttribute("intercept", "0"), new XAttribute("targetCategory", Other)),
            Verification(model.Logistic));
    }

    /// <summary>Made-up patients from the smallest to the largest value of every predictor, with what the model says of them.</summary>
    private static XElement? Verification(LogisticDocument model)
    {
        if (model.Predictors.Count == 0)
            return null;
        return new(
            Ns + "ModelVerification", new XAttribute("recordCount", VerificationRecords), new XAttribute("fieldCount", model.Predictors.Count + 1),
            new XElement(
                Ns + "VerificationFields",
                model.Predictors.Select((p, j) => VerificationField(p.Name, Column(j))), VerificationField(Probability, "probability")),
            new XElement(Ns + "InlineTable", Enumerable.Range(0, VerificationRecords).Select(Record)));

        XElement Record(int i)
        {
            // The second predictor runs the other way, so that the records do not all lie on one line.
            double[] values = [.. model.Predictors.Select((p, j) => Between(p, j % 2 == 0 ? i : VerificationRecords - 1 - i))];
            double logOdds = model.Intercept + model.Predictors.Zip(values, (p, v) => p.Beta * v).Sum();
            return new(
                Ns + "row",
                values.Select((v, j) => new XElement(Ns + Column(j), Number(v))), new XElement(Ns + "probability", Number(1 / (1 + Math.Exp(-logOdds)))));
        }
    }

    private static double Between(PredictorDocument p, int step) => step == VerificationRecords - 1 ? p.Maximum : p.Minimum + ((p.Maximum - p.Minimum) * step / (VerificationRecords - 1));

    private static XElement VerificationField(string field, string column) =>
        new(Ns + "VerificationField", new XAttribute("field", field), new XAttribute("column", column), new XAttribute("precision", "1E-9"));

    private static string Column(int j) => string.Create(CultureInfo.InvariantCulture, $"x{j + 1}");

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static byte[] Serialize(XElement root)
    {
        using MemoryStream bytes = new();
        XmlWriterSettings settings = new() { Encoding = new UTF8Encoding(false), Indent = true, NewLineChars = "\n" };
        using (XmlWriter writer = XmlWriter.Create(bytes, settings))
            new XDocument(root).Save(writer);
        bytes.WriteByte((byte)'\n');
        return bytes.ToArray();
    }
}
