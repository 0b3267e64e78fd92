namespace HccPipeline.ModelWorker.Training;

/// <summary>The cohort can't be learned from; the message names what is short and by how much.</summary>
public sealed class TrainingException(string message) : Exception(message);
