using System.Xml.Linq;
using HccPipeline.Contracts.Models;
using HccPipeline.ModelWorker.Export;
using HccPipeline.ModelWorker.Scoring;
using HccPipeline.ModelWorker.Training;
using HccPipeline.Persistence.Cohort;
using Xunit;

namespace HccPipeline.ModelWorker.Tests;

public sealed class ExportTests
{
    private static readonly CohortSnapshot Cohort = Cohorts.Make(120);
    private static readonly ModelDocument Document = ModelTrainer.Train(Cohort, Cohorts.Settings, CancellationToken.None);
    private static readonly string[] Submodels = ["imaging", "clinical", "combined"];

    [Fact]
    public void Write_EveryPatient_IsScoredByAnotherEngineAsByTheModel()
    {
        foreach (string name in Submodels)
        {
            SubmodelDocument model = Document.Models.Single(m => m.Name == name);
            PmmlEvaluator engine = new(Pmml(name));
            for (int row = 0; row < Cohort.Patients.Count; row++)
            {
                Dictionary<string, double> features = FeaturesOf(row);
                Assert.Equal(ModelScorer.Score(model, features).Probability, engine.Evaluate(features)!.Value, 1e-14);
            }
        }
    }

    [Fact]
    public void Write_InputMissingOrOutOfRange_GivesNoScore()
    {
        PredictorDocument predictor = Document.Models.Single(m => m.Name == "combined").Logistic.Predictors[0];
        PmmlEvaluator engine = new(Pmml("combined"));
        Dictionary<string, double> features = FeaturesOf(0);
        features[predictor.Name] = predictor.Maximum + 1e-9;
        Assert.Null(engine.Evaluate(features));
        features.Remove(predictor.Name);
        Assert.Null(engine.Evaluate(features));
    }

    [Fact]
    public void Write_VerificationRecords_AreWhatTheDocumentGives()
    {
        PmmlEvaluator engine = new(Pmml("combined"));
        (Dictionary<string, double> Inputs, double Expected)[] records = [.. engine.Records()];
        Assert.Equal(5, records.Length);
        Assert.All(records, r => Assert.Equal(r.Expected, engine.Evaluate(r.Inputs)!.Value, 1e-12));
        Assert.True(records.Select(r => r.Expected).Distinct().Count() > 1);
    }

    [Fact]
    public void Write_Document_HasThePartsOfPmmlInTheirOrder()
    {
        XElement root = Pmml("combined").Root!;
        Assert.Equal(("{http://www.dmg.org/PMML-4_4}PMML", "4.4"), (root.Name.ToString(), (string?)root.Attribute("version")));
        Assert.Equal(["Header", "DataDictionary", "RegressionModel"], root.Elements().Select(e => e.Name.LocalName));
        XElement dictionary = root.Elements().ElementAt(1), model = root.Elements().Last();
        Assert.Equal(["MiningSchema", "Output", "RegressionTable", "RegressionTable", "ModelVerification"], model.Elements().Select(e => e.Name.LocalName));
        Assert.Equal($"{dictionary.Elements().Count()}", (string?)dictionary.Attribute("numberOfFields"));
        string[] declared = [.. dictionary.Elements().Select(e => (string)e.Attribute("name")!)];
        Assert.Equal(declared, model.Elements().First().Elements().Select(e => (string)e.Attribute("name")!));
        Assert.Equal(PmmlWriter.Write(3, Document, "combined"), PmmlWriter.Write(3, Document, "combined"));
    }

    [Fact]
    public void Score_PointsOfThePredictors_AddUpToTheProbability()
    {
        SubmodelDocument model = Document.Models.Single(m => m.Name == "combined");
        for (int row = 0; row < 20; row++)
        {
            Prediction prediction = ModelScorer.Score(model, FeaturesOf(row));
            Assert.Equal(prediction.Probability, ModelNomogram.Of(model)!.Probability(prediction.Inputs.Sum(i => i.Points)), 1e-12);
            Assert.All(prediction.Inputs, i => Assert.InRange(i.Points, -1e-9, 100 + 1e-9));
        }
    }

    [Fact]
    public void Of_TwoVersions_ListsWhatDiffersAndNothingElse()
    {
        ModelDocument other = ModelTrainer.Train(Cohorts.Make(100), Cohorts.Settings with { Seed = 2, SnapshotSha256 = new string('c', 64), ClinicalCandidates = ["NLR"] }, CancellationToken.None);

        VersionDifference difference = VersionDifference.Of(Document, other);

        Assert.Equal(["snapshot", "seed", "patients", "with progression"], difference.Provenance.Select(p => p.Name));
        SubmodelDifference clinical = difference.Models.Single(m => m.Model == "clinical");
        Assert.Equal(["age"], clinical.CandidatesRemoved);
        Assert.Empty(clinical.CandidatesAdded);
        Assert.Equal((Document.Models[1].Logistic.Intercept, other.Models[1].Logistic.Intercept), (clinical.Coefficients[0].First, clinical.Coefficients[0].Second));
        Assert.Empty(VersionDifference.Of(Document, Document).Provenance);
        Assert.All(VersionDifference.Of(Document, Document).Models.SelectMany(m => m.Coefficients.Concat(m.Metrics)), n => Assert.Equal(n.First, n.Second));
    }

    private static XDocument Pmml(string submodel) => XDocument.Load(new MemoryStream(PmmlWriter.Write(3, Document, submodel)));

    private static Dictionary<string, double> FeaturesOf(int row) => Cohort.FeatureNames.ToDictionary(n => n, n => Cohort.Column(n)[row]);
}
