namespace HccPipeline.ModelWorker.Training;

/// <summary>A step of a training that is done; of every training there are as many, in no fixed order.</summary>
/// <param name="Name">What it is about, in words.</param>
/// <param name="Total">Steps in all.</param>
public readonly record struct TrainingStep(string Name, int Total);
