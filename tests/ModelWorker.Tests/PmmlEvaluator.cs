using System.Globalization;
using System.Xml.Linq;

namespace HccPipeline.ModelWorker.Tests;

/// <summary>Scores by a PMML document alone, as an engine would that knows nothing of its origin.</summary>
internal sealed class PmmlEvaluator(XDocument pmml)
{
    private static readonly XNamespace Ns = "http://www.dmg.org/PMML-4_4";

    private XElement Model => pmml.Root!.Element(Ns + "RegressionModel")!;

    /// <returns>Probability of the first category; null where an input is missing or invalid.</returns>
    public double? Evaluate(IReadOnlyDictionary<string, double> inputs)
    {
        foreach (XElement field in Model.Element(Ns + "MiningSchema")!.Elements(Ns + "MiningField").Where(f => (string?)f.Attribute("usageType") == "active"))
        {
            string name = (string)field.Attribute("name")!;
            XElement interval = pmml.Root!.Element(Ns + "DataDictionary")!.Elements(Ns + "DataField").Single(f => (string?)f.Attribute("name") == name).Element(Ns + "Interval")!;
            if (!inputs.TryGetValue(name, out double value) || value < Number(interval, "leftMargin") || value > Number(interval, "rightMargin"))
                return null;
        }
        XElement[] tables = [.. Model.Elements(Ns + "RegressionTable")];
        if (tables.Length != 2 || (string?)Model.Attribute("normalizationMethod") != "logit")
            throw new InvalidOperationException("Not a binary logistic regression.");
        double y = Number(tables[0], "intercept")
            + tables[0].Elements(Ns + "NumericPredictor").Sum(p => Number(p, "coefficient") * Math.Pow(inputs[(string)p.Attribute("name")!], Number(p, "exponent")));
        return 1 / (1 + Math.Exp(-y));
    }

    /// <summary>The records by which the document says an engine can check itself: inputs, and the probability that is expected.</summary>
    public IEnumerable<(Dictionary<string, double> Inputs, double Expected)> Records()
    {
        XElement verification = Model.Element(Ns + "ModelVerification")!;
        var fields = verification.Element(Ns + "VerificationFields")!.Elements().Select(f => ((string)f.Attribute("field")!, (string)f.Attribute("column")!)).ToArray();
        string output = (string)Model.Element(Ns + "Output")!.Element(Ns + "OutputField")!.Attribute("name")!;
        foreach (XElement row in verification.Element(Ns + "InlineTable")!.Elements(Ns + "row"))
        {
            Dictionary<string, double> values = fields.ToDictionary(f => f.Item1, f => double.Parse(row.Element(Ns + f.Item2)!.Value, CultureInfo.InvariantCulture));
            yield return (values, values[output]);
        }
    }

    private static double Number(XElement element, string attribute) => double.Parse((string)element.Attribute(attribute)!, CultureInfo.InvariantCulture);
}
